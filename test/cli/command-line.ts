/**
 * The command line in this process, with a made-up terminal, on projects in folders of their own; and an embedded
 * Dataverse behind real HTTP, whose log tells what was sent.
 */

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/commands/io.ts';
import { runCommandLine } from '../../src/commands/program.ts';
import { createEmulator, type LogPart, parseOrganization, serveEmulator } from '../../src/emulator/index.ts';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of stdout and stderr, where they are a terminal. */
  readonly terminal?: number;
  /** What is answered to the question; without it there is nobody to ask. */
  readonly answer?: string;
  readonly interrupted?: AbortSignal;
  readonly onStderr?: (text: string) => void;
}

export async function mailboxctl(args: readonly string[], options: Terminal = {}): Promise<Run> {
  const { cwd = '/', env = {}, terminal, answer, interrupted = new AbortController().signal } = options;
  const written = { stdout: '', stderr: '' };
  const output = (stream: keyof typeof written): Io['stdout'] => ({
    write: (text) => {
      written[stream] += text;
      if (stream === 'stderr') options.onStderr?.(text);
    },
    isTerminal: terminal !== undefined,
    width: terminal ?? 80,
  });
  const exitCode = await runCommandLine(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    cwd,
    ask:
      answer === undefined
        ? null
        : async (question) => {
            written.stderr += question;
            return answer;
          },
    interrupted,
  });
  return { exitCode, ...written };
}

/** A folder with these files, gone after the test. */
export async function project(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await folder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return directory;
}

/** A copy of the project that the demo shows. */
export async function contoso(): Promise<string> {
  const directory = await folder();
  const example = fileURLToPath(new URL('../../examples/contoso', import.meta.url));
  await cp(example, directory, { recursive: true, filter: (path) => !path.includes('.mailboxctl') });
  return directory;
}

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-cli-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface ServedEnvironment {
  readonly url: string;
  /** Requests that could have changed something, as `METHOD path`. */
  readonly writes: () => readonly string[];
  readonly requests: () => number;
  /** Moves the clock of the service. */
  readonly advance: (by: string) => Promise<void>;
  /** Every request that fits fails, until the end. */
  readonly fault: (fault: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** An embedded Dataverse on a free port, gone after the test. */
export async function environment(organization: string): Promise<ServedEnvironment> {
  const emulator = createEmulator({ organization: parseOrganization(organization, 'organization.yaml') });
  const served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  onTestFinished(async () => {
    await served.close();
    await emulator.close();
  });
  return {
    url: served.url,
    requests: () => emulator.log.length,
    writes: () =>
      emulator.log
        .flatMap((entry): readonly LogPart[] => entry.parts ?? [entry])
        .filter(({ method, path }) => method !== 'GET' && !path.includes('$batch'))
        .map(({ method, path }) => `${method} ${path}`),
    advance: async (by) => {
      const body = JSON.stringify({ advance: by });
      const response = await fetch(`${served.url}/_emulator/clock`, { method: 'POST', body });
      if (!response.ok) throw new Error(`The emulator refused the time: ${await response.text()}`);
    },
    fault: async (fault) => {
      const body = JSON.stringify({ times: 1_000, ...fault });
      const response = await fetch(`${served.url}/_emulator/faults`, { method: 'POST', body });
      if (!response.ok) throw new Error(`The emulator refused the fault: ${await response.text()}`);
    },
  };
}

/** An address on which nobody listens. */
export async function closedPort(): Promise<string> {
  const emulator = createEmulator({ organization: parseOrganization(ORGANIZATION, 'organization.yaml') });
  const served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  await served.close();
  await emulator.close();
  return served.url;
}

export const ORGANIZATION_ID = '7d000000-0000-4000-8000-000000000001';

/** Two people whose mailboxes do not work yet, and a queue. */
export const ORGANIZATION = `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: 2026-11-21T09:00:00Z
users:
  - { signIn: alice@contoso.com, name: Alice }
  - { signIn: bob@contoso.com, name: Bob }
queues:
  - { name: Support, emailAddress: support@contoso.com, works: true }
`;

/** Two edits, and nothing else. */
export const CONFIG = `
version: 1
environments:
  local: { url: emulator, data: organization.yaml }
mailboxes:
  - user: alice@contoso.com
    outgoing: none
  - user: bob@contoso.com
    outgoing: none
`;

export function twoEdits(config: string = CONFIG): Promise<string> {
  return project({ 'mailboxctl.yaml': config, 'organization.yaml': ORGANIZATION });
}
