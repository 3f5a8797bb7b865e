/** Promise 9: all problems of a phase in one go, each with its place, a frame, a code and the way out. */

import { afterEach, expect, it } from 'vitest';
import { type Folder, openFolder } from './command-line.ts';

const FILES = {
  'mailboxctl.yaml': `version: 1
environments:
  local: { url: emulator }
include: [config/*.yaml]
`,
  'config/profiles.yaml': `serverProfiles:
  - name: Support POP3
    type: pop3-smtp
    incomming: { server: pop3.contoso.com }
  - name: 2026
    type: exchange-online
`,
  'config/mailboxes.yaml': `mailboxes:
  - queue: Support
    incoming: imap
    emailAddress: support at contoso
  - queue: Sales
    outgoing: no
  - queue: Orders
    emailAddress: orders at contoso
  - queue: Billing
    outgoing: none
  - queue: billing
    outgoing: none
`,
  'config/rules.yaml': `rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    approved: yes
`,
};

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly source: { readonly file: string; readonly line: number; readonly column: number };
}

const PROBLEMS = [
  'config/mailboxes.yaml:3:15 wrong-value',
  'config/mailboxes.yaml:6:15 wrong-value',
  'config/mailboxes.yaml:8:19 address-unrecognized',
  'config/mailboxes.yaml:11:5 duplicate-item',
  'config/profiles.yaml:4:5 unknown-key',
  'config/profiles.yaml:5:11 name-not-text',
  'config/rules.yaml:4:15 wrong-type',
];

let folder: Folder | undefined;
afterEach(() => folder?.remove());

it('says everything that is wrong in every file, with place, frame, code and hint', async () => {
  folder = await openFolder(FILES);
  const { exitCode, stdout } = await folder.run('validate', '--format', 'json');
  const errors: readonly Problem[] = JSON.parse(stdout).diagnostics;
  expect(exitCode).toBe(3);
  expect(errors.map(({ code, source }) => `${source.file}:${source.line}:${source.column} ${code}`)).toEqual(
    PROBLEMS,
  );
  expect(errors.filter(({ code, message }) => code === '' || message === '')).toEqual([]);
});

it('shows each with a frame that marks the place, and the way out', async () => {
  folder = await openFolder(FILES);
  const { stdout, stderr } = await folder.run('validate');
  const blocks = `${stdout}${stderr}`.split('\n\n').filter((block) => block.includes('error  '));
  const seen = blocks.map((block) => {
    const [place = ''] = block.trimStart().split(' ');
    const [, line, column] = place.split(':').map(Number);
    const marked = block.split('\n').find((text) => text.includes('^')) ?? '';
    const framed = new RegExp(`> +${line} \\| `, 'u').exec(block);
    const start =
      (block.split('\n').find((text) => framed !== null && text.includes(framed[0])) ?? '').indexOf('| ') + 2;
    const code = /\[([a-z-]+)\]/u.exec(block)?.[1];
    return {
      problem: `${place} ${code}`,
      marked: marked.indexOf('^') === start + (column ?? 0) - 1,
      wayOut: /use one of|must be|→|is no|once/u.test(block),
    };
  });
  expect(seen).toEqual(PROBLEMS.map((problem) => ({ problem, marked: true, wayOut: true })));
});
