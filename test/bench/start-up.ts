/** How long short commands take, as multiples of a Node that does nothing, each pair measured in turn. */

import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inFolder } from './in-folder.ts';
import type { Aim, Section } from './report.ts';
import { fixed, median, type Row } from './table.ts';

const RUNS = 15;
const EXAMPLE = fileURLToPath(new URL('../../examples/contoso', import.meta.url));
const HEAD: Row = ['command', 'ms', '× node'];

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly aim?: Aim;
}

interface Measured extends Command {
  readonly ms: number;
  readonly ratio: number;
}

export const START_UP: Section = {
  name: 'start-up',
  title: 'Start-up, against node -e 0',
  measure: ({ quick, program }) =>
    inFolder(async (folder) => {
      await cp(EXAMPLE, folder, { recursive: true });
      const path = await program();
      const commands: readonly Command[] = [
        { name: 'mailboxctl --version', args: [path, '--version'], aim: { atMost: 1.6 } },
        { name: 'mailboxctl validate (example)', args: [path, 'validate', folder] },
        { name: 'mailboxctl plan (example)', args: [path, 'plan', folder], aim: { atMost: 4 } },
      ];
      const measured = commands.map((command) => measureCommand(command, quick ? 5 : RUNS));
      return {
        tables: [
          { head: HEAD, rows: measured.map(({ name, ms, ratio }) => [name, fixed(ms, 0), fixed(ratio)]) },
        ],
        figures: measured.flatMap(({ name, ratio, aim }) =>
          aim === undefined ? [] : [{ what: name, value: ratio, unit: '× node', aim }],
        ),
        notes: [],
      };
    }),
};

/** Medians of pairs: other work on the machine meets both alike. */
function measureCommand(command: Command, runs: number): Measured {
  const pairs = Array.from({ length: runs }, () => ({ bare: timed(['-e', '0']), own: timed(command.args) }));
  return {
    ...command,
    ms: median(pairs.map(({ own }) => own)),
    ratio: median(pairs.map(({ own, bare }) => own / bare)),
  };
}

function timed(args: readonly string[]): number {
  const started = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - started;
}
