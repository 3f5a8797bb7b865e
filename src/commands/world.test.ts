import { describe, expect, it } from 'vitest';
import type { Project } from '../config/load-project.ts';
import type { RequestReport } from '../wire.ts';
import type { Io } from './io.ts';
import { LOG_LEVELS } from './options.ts';
import { tell, worldOptions } from './world.ts';

function terminal(): { readonly io: Io; readonly written: string[] } {
  const written: string[] = [];
  const output = { write: (text: string) => void written.push(text), isTerminal: false, width: 80 };
  const interrupted = new AbortController().signal;
  return { io: { stdout: output, stderr: output, env: {}, cwd: '/here', ask: null, interrupted }, written };
}

const PROJECT = { directory: '/project' } as Project;
const REPORT: RequestReport = {
  method: 'GET',
  path: 'mailboxes',
  status: 200,
  durationMs: 12.4,
  serviceTime: null,
  requestId: 'r-1',
};

describe('--log-level', () => {
  it.each([
    ['error', []],
    ['warn', ['warning\n']],
    ['info', ['warning\n', 'notice\n']],
    ['debug', ['warning\n', 'notice\n']],
  ] as const)('%s tells %j', (logLevel, expected) => {
    const { io, written } = terminal();
    tell(io, ['warning'], { logLevel }, 'warn');
    tell(io, ['notice'], { logLevel });
    expect(written).toEqual(expected);
  });

  it.each(LOG_LEVELS)('%s: requests are told by debug alone', (logLevel) => {
    const { io, written } = terminal();
    const { onRequest } = worldOptions(PROJECT, io, { logLevel });
    onRequest?.(REPORT);
    onRequest?.({ ...REPORT, status: null, requestId: null });
    expect(written).toEqual(
      logLevel === 'debug' ? ['GET mailboxes 200 12 ms r-1\n', 'GET mailboxes no answer 12 ms\n'] : [],
    );
  });
});

it('--record is relative to where the command runs', () => {
  const { io } = terminal();
  expect(worldOptions(PROJECT, io, { logLevel: 'info', record: 'run.jsonl' }).record).toBe('/here/run.jsonl');
  expect('record' in worldOptions(PROJECT, io, { logLevel: 'info' })).toBe(false);
});
