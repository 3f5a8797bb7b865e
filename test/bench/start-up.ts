/** How long short commands take, as multiples of a Node that does nothing, each pair measured in turn. */

import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../program.ts';
import { fixed, median, type Row } from './table.ts';

const RUNS = 15;
const EXAMPLE = fileURLToPath(new URL('../../examples/contoso', import.meta.url));

export const START_UP_HEAD: Row = ['start-up', 'ms', '× node', 'aim'];

/** Medians of pairs: other work on the machine meets both alike. */
export async function measureStartUp(): Promise<readonly Row[]> {
  const program = await buildProgram();
  const folder = await mkdtemp(join(tmpdir(), 'mailboxctl-bench-'));
  try {
    await cp(EXAMPLE, folder, { recursive: true });
    const commands: readonly (readonly [string, readonly string[], string])[] = [
      ['mailboxctl --version', [program.path, '--version'], '1.6'],
      ['mailboxctl validate (example)', [program.path, 'validate', folder], ''],
      ['mailboxctl plan (example)', [program.path, 'plan', folder], '4'],
    ];
    return commands.map(([name, args, aim]) => {
      const pairs = Array.from({ length: RUNS }, () => ({ bare: timed(['-e', '0']), own: timed(args) }));
      const own = median(pairs.map((pair) => pair.own));
      const ratio = median(pairs.map((pair) => pair.own / pair.bare));
      return [name, Math.round(own), fixed(ratio, 1), aim];
    });
  } finally {
    await program.remove();
    await rm(folder, { recursive: true });
  }
}

function timed(args: readonly string[]): number {
  const started = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - started;
}
