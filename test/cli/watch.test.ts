/** Verbs that watch, as processes: real files, a real environment, a real Ctrl-C. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { buildProgram } from '../program.ts';
import { CONFIG, environment, mailboxctl, ORGANIZATION, twoEdits } from './command-line.ts';

const program = await buildProgram();
afterAll(() => program.remove());

interface Watching {
  /** Resolves when the text was printed, after what was awaited before. */
  readonly says: (text: string) => Promise<void>;
  /** Presses Ctrl-C, and gives the exit code. */
  readonly end: () => Promise<number | null>;
}

function watching(args: readonly string[]): Watching {
  const child = spawn(process.execPath, [program.path, ...args], {
    env: { ...process.env, MAILBOXCTL_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let printed = '';
  let said = (): void => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      said();
    });
  const closed = once(child, 'close') as Promise<[number | null]>;
  void closed.then(() => said());
  return {
    says: async (text) => {
      while (!printed.includes(text)) {
        if (child.exitCode !== null) throw new Error(`It ended without "${text}": ${printed}`);
        await new Promise<void>((resolve) => {
          said = resolve;
        });
      }
      printed = printed.slice(printed.indexOf(text) + text.length);
    },
    end: async () => {
      child.kill('SIGINT');
      return (await closed)[0];
    },
  };
}

it('validate --watch validates again when a file changes', async () => {
  const folder = await twoEdits();
  const { says, end } = watching(['validate', folder, '--watch']);
  await says('Errors: 0.');
  await says('Waiting for a change');
  await writeFile(join(folder, 'mailboxctl.yaml'), `${CONFIG}unknown: 1\n`);
  await says('[unknown-key]');
  await says('Errors: 1.');
  await says('Waiting for a change');
  await writeFile(join(folder, 'mailboxctl.yaml'), CONFIG);
  await says('Errors: 0.');
  expect(await end()).toBe(130);
});

it('status --watch tells what an apply changes, through trouble', async () => {
  const { url, fault } = await environment(ORGANIZATION);
  const folder = await twoEdits(
    CONFIG.replace('{ url: emulator, data: organization.yaml }', `{ url: "${url}" }`),
  );
  const { says, end } = watching(['status', folder, '--watch', '--interval', '1s']);
  await says('Watching 5 mailboxes of local');
  const { exitCode } = await mailboxctl(['apply', folder, '--yes']);
  expect(exitCode).toBe(0);
  await says('mailbox:user/alice@contoso.com outgoing: server-side-sync → none');
  await fault({ status: 503, times: 1 });
  await says('The service answers 503; it is asked again.');
  await says('The environment can be read again');
  expect(await end()).toBe(130);
});

it.each<[readonly string[], string]>([
  [['--format', 'markdown'], '--watch has no format "markdown"'],
  [['--output', 'status.txt'], '--watch writes no file'],
])('status --watch refuses %s', async (args, message) => {
  const { exitCode, stderr } = await mailboxctl(['status', await twoEdits(), '--watch', ...args]);
  expect([exitCode, stderr]).toEqual([
    1,
    `Error: ${message}\n  Use --format text or json, and standard output.\n`,
  ]);
});

it('an interval without a watch is a mistake', async () => {
  const { exitCode, stderr } = await mailboxctl(['status', await twoEdits(), '--interval', '5s']);
  expect([exitCode, stderr]).toEqual([1, 'Error: --interval is for --watch\n  Add --watch.\n']);
});
