/** Child processes of the demo: none outlives it, however it ends. Knows nothing of the story. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const running = new Set<ChildProcess>();

/** Runs Node.js on these arguments to its end. */
export async function run(start: Start): Promise<Ended> {
  const child = spawnNode(start);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, stdout, stderr };
}

/** Starts a server and answers with the first line that it prints; rejects when it ends before that. */
export async function serve(start: Start): Promise<string> {
  const child = spawnNode(start);
  const errors = textOf(child.stderr);
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`The server ended: ${await errors}`);
}

/** Kills them at once: nothing that they could still save is of use to anybody. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

function spawnNode({ args, cwd, env }: Start) {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}
