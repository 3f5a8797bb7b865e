/**
 * What planning costs on this machine, for the bench: everything after the bytes have arrived, beside what JSON or YAML
 * itself takes for the same bytes in the same process.
 */

import { parse } from 'yaml';
import { loadProject } from '../../src/config/load-project.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { generateOrganization } from '../../src/emulator/generate-organization.ts';
import type { Organization } from '../../src/emulator/index.ts';
import { openForReading } from '../../src/library/open-environment.ts';
import { planText } from '../../src/report/plan-text.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { memoryFiles, PROJECT } from '../config/memory-files.ts';
import { plainStyle } from './plain-style.ts';

export interface PlanningCost {
  readonly mailboxes: number;
  readonly steps: number;
  /** From the snapshot to the text of the plan. */
  readonly ms: number;
  /** `JSON.parse` of the pages that were read. */
  readonly jsonParseMs: number;
  readonly bytes: number;
  /** What the heap holds more than before resolving, the plan included. */
  readonly heapMb: number;
  /** The most that this process took so far; the embedded Dataverse is in it. */
  readonly rssMb: number;
}

export interface YamlCost {
  readonly items: number;
  readonly files: number;
  /** Loading the project: parsing, the schema, the rules. */
  readonly ms: number;
  /** `parse` of yaml of the same texts. */
  readonly parseMs: number;
  readonly rssMb: number;
}

/** Everything as declared, or one field of everybody to be changed and tested. */
export type PlanningWorld = 'unchanged' | 'changed';

const ROUNDS = 3;
const NEVER = { now: () => 1_800_000_000_000, sleep: async () => {} };

function projectText(world: PlanningWorld): string {
  const more = world === 'changed' ? '\n    appointmentsContactsTasks: server-side-sync' : '';
  return `version: 1
environments:
  bench: { url: http://127.0.0.1, purpose: production, tests: { perRun: 100000 } }
rules:
  - name: people
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    serverProfile: Microsoft Exchange Online
    incoming: server-side-sync
    outgoing: server-side-sync${more}
    approved: true
    testAndEnable: true
  - name: queues
    match: { mailboxOf: queue, include: [personal-queues] }
    incoming: server-side-sync
    outgoing: server-side-sync
`;
}

/** Half of the mailboxes are those of people, half those of their personal queues; some of queues that are shared. */
export async function measurePlanning(
  mailboxes: number,
  world: PlanningWorld = 'unchanged',
): Promise<PlanningCost> {
  const pages: string[] = [];
  const emulator = createEmulator({ organization: workingOrganization(mailboxes) });
  const project = await loadProject(PROJECT, memoryFiles({ 'mailboxctl.yaml': projectText(world) }));
  const environment = await openForReading(project, 'bench', {
    env: {},
    clock: NEVER,
    fetch: async (request) => {
      const answer = await emulator.fetch(request);
      const text = await answer.text();
      pages.push(text);
      return new Response(text, answer);
    },
  });
  const seen = await environment.see();
  const before = process.memoryUsage().heapUsed;
  const rounds: number[] = [];
  let steps = 0;
  let heapUsed = before;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const desired = resolve(seen.config, seen.snapshot);
    const plan = await environment.plan({ ...seen, desired });
    planText(plan, plainStyle(120));
    rounds.push(performance.now() - start);
    steps = plan.steps.length;
    heapUsed = Math.max(heapUsed, process.memoryUsage().heapUsed);
  }
  const bodies = pages.flatMap((page) => page.split(/\r?\n/u).filter((line) => line.startsWith('{')));
  await environment.close();
  return {
    mailboxes,
    steps,
    ms: median(rounds),
    jsonParseMs: timed(() => bodies.forEach((body) => void JSON.parse(body))),
    bytes: bodies.reduce((sum, body) => sum + body.length, 0),
    heapMb: (heapUsed - before) / 1e6,
    rssMb: peakMb(),
  };
}

/** Where everything works nothing is left to do. */
function workingOrganization(mailboxes: number): Organization {
  const queues = Math.round(mailboxes / 20);
  const organization = generateOrganization({ users: Math.round((mailboxes - queues) / 2), queues, seed: 1 });
  const { users = [], queues: shared = [] } = organization;
  return {
    ...organization,
    users: users.map(({ disabled: _, approval: __, mailbox: ___, ...user }) => ({
      ...user,
      licensed: true,
      works: true,
    })),
    queues: shared.map((queue) => ({ ...queue, works: true })),
  };
}

export async function measureYaml(items: number, files = 1): Promise<YamlCost> {
  const texts = Array.from({ length: files }, (_, file) => itemsText(file, Math.ceil(items / files)));
  const contents = Object.fromEntries(texts.map((text, index) => [`config/m${index}.yaml`, text]));
  const root =
    'version: 1\nenvironments:\n  bench: { url: emulator }\ninclude: [config/*.yaml]\nserverProfiles:\n  - { name: Exchange Online, type: exchange-online }\n';
  const project = memoryFiles({ ...contents, 'mailboxctl.yaml': root });
  const rounds: number[] = [];
  const parses: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    parses.push(timed(() => texts.forEach((text) => void parse(text))));
    const start = performance.now();
    const { diagnostics } = await loadProject(PROJECT, project);
    rounds.push(performance.now() - start);
    if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  }
  return { items, files, ms: median(rounds), parseMs: median(parses), rssMb: peakMb() };
}

function itemsText(file: number, items: number): string {
  const lines = Array.from({ length: items }, (_, index) => {
    const name = `person${file}x${index}@contoso.com`;
    return `  - user: ${name}\n    serverProfile: Exchange Online\n    incoming: server-side-sync\n    outgoing: server-side-sync\n    appointmentsContactsTasks: server-side-sync\n    approved: true\n    testAndEnable: true\n`;
  });
  return `mailboxes:\n${lines.join('')}`;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function peakMb(): number {
  return process.resourceUsage().maxRSS / 1e3;
}
