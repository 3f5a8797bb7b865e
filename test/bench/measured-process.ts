/** Runs a script of Node in a process of its own, and tells what it took. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Usage {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** Processor time outside the system, on all cores. */
  readonly userMs: number;
  readonly peakMb: number;
  readonly exitCode: number;
  readonly stdout: string;
}

interface ResourceUsage {
  readonly userCPUTime: number;
  readonly maxRSS: number;
}

const LONGEST_MS = 300_000;
/** The process tells its use at its end, on a stream that nothing else writes to. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));",
)}`;

export async function measureProcess(script: string, args: readonly string[]): Promise<Usage> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', TELL, script, ...args], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    timeout: LONGEST_MS,
  });
  const told = child.stdio[3] as Readable;
  const [stdout, usage, [exitCode]] = await Promise.all([
    text(child.stdout as Readable),
    text(told),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  const ms = performance.now() - started;
  if (usage === '') throw new Error(`${script} ${args.join(' ')} was killed`);
  const { userCPUTime, maxRSS } = JSON.parse(usage) as ResourceUsage;
  return { ms, userMs: userCPUTime / 1e3, peakMb: maxRSS / 1e3, exitCode: exitCode ?? 1, stdout };
}
