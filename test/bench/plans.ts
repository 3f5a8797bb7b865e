/** Plans by rules over many mailboxes: the built program against those that only read, or only receive, the same rows. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildComparedProgram } from './bench-programs.ts';
import { inChildren } from './in-children.ts';
import { inFolder } from './in-folder.ts';
import { type Reading, readingOf } from './lists.ts';
import { measureProcess, type Usage } from './measured-process.ts';
import type { PlanningResult, PlanningTask } from './planning-child.ts';
import type { Figure, Section } from './report.ts';
import { generatedInOwnProcess, logOf, type Service } from './service.ts';
import { fixed, median, type Row } from './table.ts';

const SIZES = [1_000, 10_000, 100_000];
const ROUND_TRIP_MS = 50;
const RUNS = 5;
/** Of the largest: each takes long, and chance matters less. */
const RUNS_OF_LARGE = 3;
const LARGE = 100_000;
/** What a plan asks besides its pages. */
const OTHER_REQUESTS = 6;

interface Programs {
  readonly product: string;
  readonly reader: string;
  readonly receiver: string;
}

/** The programs one after the other, so that other work on the machine meets all alike. */
interface Round {
  readonly plan: Usage;
  readonly read: Usage;
  readonly receive: Usage;
}

interface Size extends Rounds {
  readonly mailboxes: number;
  /** Of each round. */
  readonly parseMs: readonly number[];
  readonly ownMs: readonly number[];
  /** Processor time beyond that of the smallest plan. */
  readonly grownMs: number;
}

export const PLANS: Section = {
  name: 'plans',
  title: 'Plan of many mailboxes by rules, 50 ms away',
  measure: ({ quick, program }) =>
    inFolder(async (folder) => {
      const programs = {
        product: await program(),
        reader: await buildComparedProgram('read-alike', folder),
        receiver: await buildComparedProgram('receive-pages', folder),
      };
      const started = await startUp(programs);
      const sizes: Size[] = [];
      for (const mailboxes of quick ? SIZES.slice(0, 2) : SIZES)
        sizes.push(await measureSize(mailboxes, quick ? 1 : runsOf(mailboxes), programs, started));
      return {
        tables: [{ head: HEAD, rows: sizes.map(sizeRow) }],
        figures: [...sizes.slice(-1).flatMap(figuresOf), ...growthFigures(sizes)],
        notes: [
          '"own" is processor time: that of the plan, less that of a process which receives the same pages with fetch and parses them as JSON, less what the program needs for two mailboxes beyond what that process needs for them. The work of other threads (garbage collection, compiling) counts. "planning" is the time from what was read to the text of the plan, in a process that did it before. "read" is dynamics-web-api in a process of its own: the same columns, pages of 5,000, chains side by side.',
        ],
      };
    }),
};

function runsOf(mailboxes: number): number {
  return mailboxes >= LARGE ? RUNS_OF_LARGE : RUNS;
}

/** What is spent where there is next to nothing to plan; medians, in processor time. */
interface StartUp {
  readonly planMs: number;
  /** Beyond what the receiver spends. */
  readonly ownMs: number;
}

async function startUp(programs: Programs): Promise<StartUp> {
  const { rounds } = await measureRounds(2, RUNS, programs);
  return {
    planMs: median(rounds.map(({ plan }) => plan.userMs)),
    ownMs: median(rounds.map(({ plan, receive }) => plan.userMs - receive.userMs)),
  };
}

async function measureSize(
  mailboxes: number,
  runs: number,
  programs: Programs,
  least: StartUp,
): Promise<Size> {
  const { rounds, reading, alone } = await measureRounds(mailboxes, runs, programs);
  return {
    ...{ mailboxes, rounds, reading, alone },
    parseMs: rounds.map(({ receive }) => Number(receive.stdout)),
    ownMs: rounds.map(({ plan, receive }) => plan.userMs - receive.userMs - least.ownMs),
    grownMs: median(rounds.map(({ plan }) => plan.userMs)) - least.planMs,
  };
}

interface Rounds {
  readonly rounds: readonly Round[];
  readonly reading: Reading;
  /** Planning without reading, in a process that has planned before. */
  readonly alone: PlanningResult;
}

/** Each person has a personal queue, so that there are two mailboxes for each. */
async function measureRounds(mailboxes: number, runs: number, programs: Programs): Promise<Rounds> {
  const service = await generatedInOwnProcess(programs.product, mailboxes / 2, ROUND_TRIP_MS);
  try {
    return await inFolder((folder) => roundsOn(service, folder, runs, programs));
  } finally {
    await service.close();
  }
}

async function roundsOn(
  service: Service,
  folder: string,
  runs: number,
  { product, reader, receiver }: Programs,
): Promise<Rounds> {
  const config = configOf(service.url);
  await writeFile(join(folder, 'mailboxctl.yaml'), config);
  const before = (await logOf(service)).length;
  // The first plan warms the service, and shows what it asks.
  await planOf(product, folder);
  const reading = await readingOf(service, before);
  const others = [service.url, JSON.stringify(reading.lists)];
  const rounds: Round[] = [];
  for (let run = 0; run < runs; run += 1)
    rounds.push({
      plan: await planOf(product, folder),
      read: await measureProcess(reader, others),
      receive: await measureProcess(receiver, others),
    });
  return { rounds, reading, alone: await planAlone({ config }) };
}

async function planAlone(task: PlanningTask): Promise<PlanningResult> {
  const script = new URL('planning-child.ts', import.meta.url);
  const [result] = await inChildren<PlanningTask, PlanningResult>(script, [task]);
  if (result === undefined) throw new Error('The process that plans gave no answer');
  return result;
}

async function planOf(product: string, folder: string): Promise<Usage> {
  const usage = await measureProcess(product, ['plan', folder]);
  if (usage.exitCode === 0) return usage;
  throw new Error(`The plan ended with ${usage.exitCode}: ${usage.stdout.slice(-500)}`);
}

/** Most is as declared; some of it has to be approved or tested. */
function configOf(url: string): string {
  return `version: 1
environments:
  bench: { url: "${url}", purpose: production, tests: { perRun: 100000 } }
rules:
  - name: people
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: server-side-sync
    approved: true
    testAndEnable: true
  - name: queues
    match: { mailboxOf: queue, include: [personal-queues] }
    incoming: server-side-sync
    outgoing: server-side-sync
`;
}

const HEAD: Row = [
  ...['mailboxes', 'plan', 'read', 'plan / read', 'peak MB'],
  ...['requests', 'own', 'JSON.parse', 'own / parse', 'planning'],
];

function sizeRow(size: Size): Row {
  const { mailboxes, rounds, reading, ownMs, parseMs } = size;
  return [
    fixed(mailboxes, 0),
    milliseconds(median(rounds.map(({ plan }) => plan.ms))),
    milliseconds(median(rounds.map(({ read }) => read.ms))),
    fixed(ratioToRead(size)),
    fixed(peakMb(size), 0),
    reading.requests,
    milliseconds(median(ownMs)),
    milliseconds(median(parseMs)),
    fixed(ratioToParse(size)),
    milliseconds(size.alone.planningMs),
  ];
}

function milliseconds(ms: number): string {
  return `${fixed(ms, 0)} ms`;
}

const ratioToRead = ({ rounds }: Size): number => median(rounds.map(({ plan, read }) => plan.ms / read.ms));
const ratioToParse = ({ ownMs, parseMs }: Size): number =>
  median(ownMs.map((own, round) => own / (parseMs[round] ?? Number.NaN)));
const peakMb = ({ rounds }: Size): number => Math.max(...rounds.map(({ plan }) => plan.peakMb));

function figuresOf(size: Size): readonly Figure[] {
  const { requests, pages } = size.reading;
  const what = `${fixed(size.mailboxes, 0)} mailboxes:`;
  return [
    { what: `${what} plan`, value: ratioToRead(size), unit: '× reading', aim: { atMost: 1.6 } },
    {
      what: `${what} requests besides pages`,
      value: requests - pages,
      digits: 0,
      aim: { atMost: OTHER_REQUESTS },
    },
    { what: `${what} peak memory`, value: peakMb(size), digits: 0, unit: 'MB', aim: { atMost: 450 } },
    { what: `${what} own time`, value: ratioToParse(size), unit: '× JSON.parse', aim: { atMost: 1 } },
    {
      what: `${what} planning alone`,
      value: size.alone.planningMs / size.alone.parseMs,
      unit: '× JSON.parse',
      aim: { atMost: 1 },
    },
  ];
}

/** From each size to the next, of the processor time beyond that for two mailboxes. */
function growthFigures(sizes: readonly Size[]): readonly Figure[] {
  return sizes.slice(1).map((size, index) => {
    const before = sizes[index] ?? size;
    const value = Math.log(size.grownMs / before.grownMs) / Math.log(size.mailboxes / before.mailboxes);
    const what = `growth of processor time, ${fixed(before.mailboxes, 0)} to ${fixed(size.mailboxes, 0)}`;
    return { what, value, unit: '(exponent)', aim: { atMost: 1.1 } };
  });
}
