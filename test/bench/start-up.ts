/** How long short commands take, as multiples of a Node that does nothing, each pair measured in turn. */

import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inFolder } from './in-folder.ts';
import type { Aim, Section } from './report.ts';
import { fixed, median, type Row } from './table.ts';

const RUNS = 15;
const EXAMPLE = fileURLToPath(new URL('../../examples/contoso', import.meta.url));
/** Node reads these certificates at each start, which takes it longer than everything else. */
const CERTIFICATES = 'NODE_EXTRA_CA_CERTS';
const HEAD: Row = ['command', 'first ms', 'ms', '× node', '× without certificates'];

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly aim?: Aim;
}

interface Measured extends Command {
  /** The first time: from Node 22 on, what is compiled then is kept for the next. */
  readonly firstMs: number;
  readonly ms: number;
  readonly ratio: number;
  /** Where the environment names none anyway, the same. */
  readonly plainRatio: number;
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
          {
            head: HEAD,
            rows: measured.map(({ name, firstMs, ms, ratio, plainRatio }) => [
              name,
              fixed(firstMs, 0),
              fixed(ms, 0),
              fixed(ratio),
              fixed(plainRatio),
            ]),
          },
        ],
        figures: measured.flatMap(({ name, ratio, aim }) =>
          aim === undefined ? [] : [{ what: name, value: ratio, unit: '× node', aim }],
        ),
        notes: [
          `${CERTIFICATES} is ${process.env[CERTIFICATES] === undefined ? 'not set' : 'set: a Node that does nothing reads what it names, too'}.`,
        ],
      };
    }),
};

function measureCommand(command: Command, runs: number): Measured {
  const { [CERTIFICATES]: _, ...plain } = process.env;
  const firstMs = timed(command.args, process.env);
  const pairs = pairsOf(command, runs, process.env);
  return {
    ...command,
    firstMs,
    ms: median(pairs.map(({ own }) => own)),
    ratio: median(pairs.map(ratioOf)),
    plainRatio: median(pairsOf(command, runs, plain).map(ratioOf)),
  };
}

interface Pair {
  readonly bare: number;
  readonly own: number;
}

/** In pairs: other work on the machine meets both alike. */
function pairsOf({ args }: Command, runs: number, env: NodeJS.ProcessEnv): readonly Pair[] {
  return Array.from({ length: runs }, () => ({ bare: timed(['-e', '0'], env), own: timed(args, env) }));
}

function ratioOf({ own, bare }: Pair): number {
  return own / bare;
}

function timed(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore', env });
  return performance.now() - started;
}
