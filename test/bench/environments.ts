/** Many environments: the list as matrices, and the plans of all merged into one report, by the built program. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan, PlanStep } from '../../src/model/plan.generated.ts';
import { change, declaredAt, makePlan, makeStep } from '../../src/report/fixtures/make-plan.ts';
import { inFolder } from './in-folder.ts';
import { measureProcess, type Usage } from './measured-process.ts';
import type { Figure, Section } from './report.ts';
import { fixed, median, type Row } from './table.ts';

const SIZES = [10, 100, 1_000];
const RUNS = 3;
/** Jobs of a matrix of GitHub Actions. */
const MATRIX_JOBS = 256;

interface Size {
  readonly environments: number;
  readonly steps: number;
  readonly megabytes: number;
  readonly list: Usage;
  readonly merge: Usage;
  readonly markdownBytes: number;
  readonly jsonBytes: number;
  /** Entries of the largest of as many matrices as are needed. */
  readonly largestMatrix: number;
  /** Environments in all matrices together. */
  readonly listed: number;
}

export const ENVIRONMENTS: Section = {
  name: 'environments',
  title: 'Many environments: matrices, and the plans of all as one report',
  measure: async ({ quick, program }) => {
    const path = await program();
    const least = await measureSize(path, 1, 1);
    const sizes: Size[] = [];
    for (const environments of SIZES) sizes.push(await measureSize(path, environments, quick ? 1 : RUNS));
    return {
      tables: [{ head: HEAD, rows: sizes.map(sizeRow) }],
      figures: [...sizes.slice(-1).flatMap(figuresOf), ...growthFigures(sizes, least)],
      notes: [
        'Each environment has a plan of 30 steps in the mean, a third of which others have too, in the stages of a roll-out. Times are those of whole processes; growth is that of processor time and of memory beyond what one environment takes. GitHub runs at most 256 jobs of a matrix: --shard splits the list.',
      ],
    };
  },
};

async function measureSize(program: string, environments: number, runs: number): Promise<Size> {
  return inFolder(async (folder) => {
    const plans = Array.from({ length: environments }, (_, index) => planOf(index));
    const texts = plans.map((plan) => `${JSON.stringify(plan, null, 2)}\n`);
    await mkdir(join(folder, 'plans'));
    const files = texts.map((_, index) => join(folder, 'plans', `${nameOf(index)}.json`));
    for (const [index, text] of texts.entries()) await writeFile(files[index] ?? '', text);
    await writeFile(join(folder, 'mailboxctl.yaml'), configOf(environments));
    const matrices = await matricesOf(program, folder, Math.ceil(environments / MATRIX_JOBS));
    const merge = (format: string): Promise<Usage> =>
      measured(program, ['report', '--merge', '--format', format, ...files]);
    return {
      environments,
      steps: plans.reduce((sum, { steps }) => sum + steps.length, 0),
      megabytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6,
      list: await middleOf(runs, () => measured(program, ['environments', folder, '--format', 'json'])),
      merge: await middleOf(runs, () => merge('text')),
      markdownBytes: Buffer.byteLength((await merge('markdown')).stdout),
      jsonBytes: Buffer.byteLength((await merge('json')).stdout),
      largestMatrix: Math.max(...matrices),
      listed: matrices.reduce((sum, number) => sum + number, 0),
    };
  });
}

async function measured(program: string, args: readonly string[]): Promise<Usage> {
  const usage = await measureProcess(program, args);
  if (usage.exitCode === 0) return usage;
  throw new Error(`${args[0]} ended with ${usage.exitCode}: ${usage.stdout.slice(-500)}`);
}

/** The one whose processor time is in the middle. */
async function middleOf(runs: number, work: () => Promise<Usage>): Promise<Usage> {
  const usages: Usage[] = [];
  for (let run = 0; run < runs; run += 1) usages.push(await work());
  const middle = median(usages.map(({ userMs }) => userMs));
  const [found] = usages.toSorted((a, b) => Math.abs(a.userMs - middle) - Math.abs(b.userMs - middle));
  if (found === undefined) throw new Error('Nothing was measured');
  return found;
}

/** How many environments each matrix has. */
async function matricesOf(program: string, folder: string, parts: number): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let part = 1; part <= parts; part += 1) {
    const args = ['environments', folder, '--format', 'json', '--shard', `${part}/${parts}`];
    const { stdout } = await measured(program, args);
    numbers.push((JSON.parse(stdout) as { include: readonly unknown[] }).include.length);
  }
  return numbers;
}

function nameOf(index: number): string {
  return `tenant-${String(index).padStart(4, '0')}`;
}

function configOf(environments: number): string {
  const lines = Array.from(
    { length: environments },
    (_, index) => `  ${nameOf(index)}: { url: emulator, purpose: non-production }`,
  );
  return `version: 1\nenvironments:\n${lines.join('\n')}\n`;
}

const STAGES = 5;
const COMMON = 20;
const OWN = 40;

/** In one of the stages of a roll-out: so much of what is common is still to do, and as much of what is its own. */
function planOf(index: number): Plan {
  const random = randomOf(index + 1);
  const stage = index % STAGES;
  const left = (of: number): number => Math.round((of * stage) / (STAGES - 1));
  const steps = [
    ...Array.from({ length: left(COMMON) }, (_, at) => moved(`mailbox:queue/Team ${at}`, `field-${at % 4}`)),
    ...Array.from({ length: left(OWN) }, (_, at) =>
      moved(`mailbox:user/person${at}@${nameOf(index)}.example`, `field-${Math.floor(random() * 8)}`),
    ),
  ];
  const declared = Array.from({ length: COMMON }, (_, at) => ({
    item: `rule:wave-${at}`,
    field: `field-${at % 4}`,
    value: 'server-side-sync',
    resources: OWN,
    left: at < left(COMMON) ? 1 + Math.floor(random() * OWN) : 0,
  }));
  const id = String(index).padStart(12, '0');
  const environment = {
    name: nameOf(index),
    url: `https://${nameOf(index)}.crm4.dynamics.com`,
    organization_id: id,
  };
  return makePlan({ environment, steps, declared });
}

function moved(address: string, field: string): PlanStep {
  return makeStep(address, 'edit', {
    set: [change(field, 'none', 'server-side-sync')],
    because: [declaredAt('config/rules.yaml', 14, 'wave')],
  });
}

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HEAD: Row = [
  'environments',
  'steps',
  'plans',
  'list',
  'merge',
  'processor',
  'peak MB',
  'JSON',
  'Markdown',
];

function sizeRow(size: Size): Row {
  const { environments, steps, megabytes, list, merge, jsonBytes, markdownBytes } = size;
  return [
    fixed(environments, 0),
    fixed(steps, 0),
    `${fixed(megabytes, 1)} MB`,
    `${fixed(list.ms, 0)} ms`,
    `${fixed(merge.ms, 0)} ms`,
    `${fixed(merge.userMs, 0)} ms`,
    fixed(merge.peakMb, 0),
    `${fixed(jsonBytes / 1e6, 1)} MB`,
    `${fixed(markdownBytes, 0)} B`,
  ];
}

function figuresOf({
  environments,
  list,
  merge,
  listed,
  largestMatrix,
  markdownBytes,
}: Size): readonly Figure[] {
  const what = `${fixed(environments, 0)} environments:`;
  return [
    { what: `${what} merge`, value: merge.ms / 1_000, unit: 's', aim: { atMost: 5 } },
    { what: `${what} merge, peak memory`, value: merge.peakMb, digits: 0, unit: 'MB', aim: { atMost: 300 } },
    { what: `${what} list`, value: list.ms / 1_000, unit: 's', aim: { atMost: 2 } },
    { what: `${what} in all matrices`, value: listed, digits: 0, aim: { exactly: environments } },
    {
      what: `${what} largest matrix`,
      value: largestMatrix,
      digits: 0,
      unit: 'jobs',
      aim: { atMost: MATRIX_JOBS },
    },
    { what: `${what} Markdown`, value: markdownBytes, digits: 0, unit: 'bytes', aim: { atMost: 60_000 } },
  ];
}

/** From each size to the next, beyond what a single environment takes. */
function growthFigures(sizes: readonly Size[], least: Size): readonly Figure[] {
  const exponent = (before: Size, size: Size, of: (one: Size) => number): number =>
    Math.log(Math.max(1, of(size) - of(least)) / Math.max(1, of(before) - of(least))) /
    Math.log(size.environments / before.environments);
  return sizes.slice(1).flatMap((size, index) => {
    const before = sizes[index] ?? size;
    const range = `${fixed(before.environments, 0)} to ${fixed(size.environments, 0)}`;
    const unit = '(exponent)';
    return [
      {
        what: `growth of the merge's processor time, ${range}`,
        value: exponent(before, size, ({ merge }) => merge.userMs),
        ...{ unit, aim: { atMost: 1.1 } },
      },
      {
        what: `growth of the merge's memory, ${range}`,
        value: exponent(before, size, ({ merge }) => merge.peakMb),
        ...{ unit, aim: { atMost: 1.1 } },
      },
    ];
  });
}
