import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { diagnosticsText } from './diagnostics-text.ts';

const FOUND: Diagnostic = {
  code: 'wrong-value',
  severity: 'error',
  address: 'mailbox:queue/Sales',
  source: { file: 'config/queues.yaml', line: 12, column: 15 },
  message: 'incoming "im\u001bap" is not known; use one of: none, outlook',
  hint: 'Write none.',
  frame: '> 12 |     incoming: imap\n     |               ^^^^',
};
const PLAIN = { colors: createColors(false) };

it('prints place, severity, address, message and code, the lines, and the way out', () => {
  const note: Diagnostic = { ...FOUND, severity: 'info', address: null, hint: null };
  expect(diagnosticsText([FOUND, note, { ...FOUND, severity: 'warning', source: null }], PLAIN)).toBe(
    `config/queues.yaml:12:15  error  mailbox:queue/Sales  incoming "im\\u001bap" is not known; use one of: none, outlook  [wrong-value]
  > 12 |     incoming: imap
       |               ^^^^
  → Write none.

config/queues.yaml:12:15  info  incoming "im\\u001bap" is not known; use one of: none, outlook  [wrong-value]

warning  mailbox:queue/Sales  incoming "im\\u001bap" is not known; use one of: none, outlook  [wrong-value]
  > 12 |     incoming: imap
       |               ^^^^
  → Write none.

Errors: 1. Warnings: 1.
`,
  );
});

it('prints zeros when nothing was found', () => {
  expect(diagnosticsText([], PLAIN)).toBe('Errors: 0. Warnings: 0.\n');
});

it('tells every error, and of the same advice the first few', () => {
  const many = [
    ...Array(40).fill(FOUND),
    ...Array.from({ length: 40 }, () => ({ ...FOUND, severity: 'warning' as const })),
  ];
  const lines = (verbose: boolean): readonly string[] =>
    diagnosticsText(many, { ...PLAIN, verbose }).split('\n');
  const heads = (verbose: boolean): number =>
    lines(verbose).filter((line) => line.includes('[wrong-value]')).length;
  expect([heads(false), heads(true)]).toEqual([65, 80]);
  expect(lines(false)).toContain('and 15 more of wrong-value; --verbose lists all');
  expect(lines(false).at(-2)).toBe('Errors: 40. Warnings: 40.');
});

it('colours by severity', () => {
  const text = diagnosticsText([FOUND], { colors: createColors(true) });
  expect(text).toContain('\u001b[31merror\u001b[39m');
});

it('breaks at spaces on a terminal, and leaves the lines of the file as they are', () => {
  const long = { ...FOUND, hint: 'Write none, or leave the whole line out if nothing is meant.' };
  expect(diagnosticsText([long], { ...PLAIN, terminal: true, width: 48 })).toBe(
    `config/queues.yaml:12:15  error
    mailbox:queue/Sales  incoming "im\\u001bap"
    is not known; use one of: none, outlook
    [wrong-value]
  > 12 |     incoming: imap
       |               ^^^^
  → Write none, or leave the whole line out if
    nothing is meant.

Errors: 1. Warnings: 0.
`,
  );
});
