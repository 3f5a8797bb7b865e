/** Plans of mailboxes that are each declared in YAML, against only parsing the same files. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateOrganization } from '../../src/emulator/index.ts';
import { buildComparedProgram } from './bench-programs.ts';
import { inFolder } from './in-folder.ts';
import { measureProcess, type Usage } from './measured-process.ts';
import type { Figure, Section } from './report.ts';
import { generatedInOwnProcess } from './service.ts';
import { fixed, median, type Row } from './table.ts';

const MAILBOXES = 10_000;
const FILES = [1, 100];
const RUNS = 5;
/** The least that an emulator over HTTP can be away. */
const ROUND_TRIP_MS = 1;
const HEAD: Row = [
  ...['mailboxes', 'files', 'parse', 'validate', 'plan', 'validate / parse', 'plan / parse', 'peak MB'],
];

interface Round {
  readonly parse: Usage;
  readonly validate: Usage;
  readonly plan: Usage;
}

interface Measured {
  readonly mailboxes: number;
  readonly files: number;
  readonly rounds: readonly Round[];
}

export const YAML: Section = {
  name: 'yaml',
  title: 'Plan of mailboxes that are each declared in YAML',
  measure: ({ quick, program }) =>
    inFolder(async (folder) => {
      const product = await program();
      const parser = await buildComparedProgram('parse-yaml', folder);
      const mailboxes = quick ? MAILBOXES / 10 : MAILBOXES;
      const service = await generatedInOwnProcess(product, mailboxes, ROUND_TRIP_MS);
      const measured: Measured[] = [];
      try {
        for (const files of FILES) {
          const project = join(folder, String(files));
          await writeProject(project, service.url, mailboxes, files);
          const rounds: Round[] = [];
          for (let run = 0; run < (quick ? 1 : RUNS); run += 1)
            rounds.push({
              parse: await measureProcess(parser, [project]),
              validate: await measureProcess(product, ['validate', project]),
              plan: await measureProcess(product, ['plan', project]),
            });
          measured.push({ mailboxes, files, rounds });
        }
      } finally {
        await service.close();
      }
      return {
        tables: [{ head: HEAD, rows: measured.map(measuredRow) }],
        figures: measured.flatMap(figuresOf),
        notes: [
          'Whole processes, start-up included; "parse" reads the same files with yaml and does nothing else. Peak memory is that of the plan.',
        ],
      };
    }),
};

async function writeProject(folder: string, url: string, mailboxes: number, files: number): Promise<void> {
  const { users = [] } = generateOrganization({ users: mailboxes, queues: 5, seed: 5 });
  const each = Math.ceil(users.length / files);
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(
    join(folder, 'mailboxctl.yaml'),
    `version: 1\nenvironments:\n  bench: { url: "${url}" }\ninclude: [config/*.yaml]\n`,
  );
  for (let file = 0; file < files; file += 1) {
    const items = users.slice(file * each, (file + 1) * each).map(({ signIn }) => itemOf(signIn));
    await writeFile(join(folder, 'config', `${file}.yaml`), `mailboxes:\n${items.join('')}`);
  }
}

function itemOf(signIn: string): string {
  return `  - user: ${signIn}
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: server-side-sync
    appointmentsContactsTasks: server-side-sync
    approved: true
    testAndEnable: true
`;
}

const medianMs = (rounds: readonly Round[], of: keyof Round): number =>
  median(rounds.map((round) => round[of].ms));
const ratioOf = (rounds: readonly Round[], of: keyof Round): number =>
  median(rounds.map((round) => round[of].ms / round.parse.ms));
const peakOf = (rounds: readonly Round[]): number => Math.max(...rounds.map(({ plan }) => plan.peakMb));

function measuredRow({ mailboxes, files, rounds }: Measured): Row {
  const times = (['parse', 'validate', 'plan'] as const).map((of) => `${fixed(medianMs(rounds, of), 0)} ms`);
  return [
    fixed(mailboxes, 0),
    files,
    ...times,
    fixed(ratioOf(rounds, 'validate')),
    fixed(ratioOf(rounds, 'plan')),
    fixed(peakOf(rounds), 0),
  ];
}

function figuresOf({ files, rounds }: Measured): readonly Figure[] {
  const what = files === 1 ? 'one file:' : `${files} files:`;
  return [
    { what: `${what} plan`, value: ratioOf(rounds, 'plan'), unit: '× parse', aim: { atMost: 2 } },
    { what: `${what} peak memory`, value: peakOf(rounds), digits: 0, unit: 'MB', aim: { atMost: 400 } },
  ];
}
