/**
 * Carries out steps of a plan, several with one request where they come together. Never repeats a write; who applies
 * decides that after reading again.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Clock, Records, Sending, StepWriter, WriteResult } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { type PreparedStep, prepareStep, type RowWrite, type SecretSource } from './prepare-step.ts';
import { readBackOf } from './read-back.ts';
import type { WriteTransport } from './transport.ts';
import type { WriteAnswer } from './write-request.ts';

export type { SecretSource } from './prepare-step.ts';

interface StepContext {
  readonly transport: WriteTransport;
  readonly catalogue: Catalogue;
  readonly secrets: SecretSource;
  readonly clock: Clock;
}

/** A write that is due, of the step at this place. */
interface Due {
  readonly place: number;
  readonly sending: Sending;
  readonly write: RowWrite;
}

/** The service refuses saves of a mailbox while its test is under way (TestEmailConfigurationScheduledInProgress). */
const TEST_UNDER_WAY = '0x8005e248';
/** Another record has these key values: 412 as well, but nothing that reading again would mend. */
const DUPLICATE_RECORD = '0x80040237';
/** There is no such record; other answers of 404 say nothing of it (Microsoft Learn, "Web service error codes"). */
const RECORD_GONE = '0x80040217';
/** Below the service's most (Microsoft Learn, "Execute batch operations using the Web API"), with room for lookups. */
const MAX_WRITES = 900;

export function createStepWriter(
  transport: WriteTransport,
  catalogue: Catalogue,
  secrets: SecretSource,
  clock: Clock,
): StepWriter {
  const context = { transport, catalogue, secrets, clock };
  return {
    write: async (sendings, records) => {
      const results = await writeSteps(context, sendings, records);
      return results.map((result) => scrubbed(secrets, result));
    },
    inTurn: transport.inTurn,
    budget: transport.remaining,
    onPause: transport.onPause,
  };
}

/** In turns: the second row of a step is written when its first is done, never in one request with it. */
async function writeSteps(
  context: StepContext,
  sendings: readonly Sending[],
  records: Records,
): Promise<readonly WriteResult[]> {
  const steps: PreparedStep[] = [];
  for (const sending of sendings) steps.push(await prepareStep(context, sending, records));
  const results = new Map<number, WriteResult>();
  for (let turn = 0; ; turn += 1) {
    const due = dueAt(turn, sendings, steps, results);
    if (due.length === 0) break;
    for (const group of groupsOf(due)) {
      const answers = await sendGroup(context, group, records);
      for (const [index, { place }] of group.entries()) results.set(place, answers[index] ?? unanswered());
    }
  }
  return steps.map((step, place) =>
    step.kind === 'settled' ? step.result : (results.get(place) ?? unanswered()),
  );
}

function dueAt(
  turn: number,
  sendings: readonly Sending[],
  steps: readonly PreparedStep[],
  results: ReadonlyMap<number, WriteResult>,
): readonly Due[] {
  return sendings.flatMap((sending, place) => {
    const step = steps[place];
    if (step?.kind !== 'ready' || (turn > 0 && results.get(place)?.kind !== 'done')) return [];
    const write = step.writes[turn];
    return write === undefined ? [] : [{ place, sending, write }];
  });
}

/** As few as there can be without two writes of one row in one of them. */
function groupsOf(due: readonly Due[]): readonly (readonly Due[])[] {
  const groups: { readonly members: Due[]; readonly paths: Set<string> }[] = [];
  for (const one of due) {
    const path = one.write.path.toLowerCase();
    let group = groups.find(({ members, paths }) => members.length < MAX_WRITES && !paths.has(path));
    if (group === undefined) {
      group = { members: [], paths: new Set() };
      groups.push(group);
    }
    group.members.push(one);
    group.paths.add(path);
  }
  return groups.map(({ members }) => members);
}

/** A sign-in that fails halfway is an outcome of these writes, not of those that are done. */
async function sendGroup(
  context: StepContext,
  group: readonly Due[],
  records: Records,
): Promise<readonly WriteResult[]> {
  try {
    const [first, ...others] = group;
    if (first !== undefined && others.length === 0) return [await sendAlone(context, first)];
    return await sendTogether(context, group, records);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { status, code, message, hint } = error;
    return group.map(() => ({ kind: 'refused', status: status ?? 0, code, message, hint }));
  }
}

async function sendAlone(context: StepContext, { sending, write }: Due): Promise<WriteResult> {
  const { transport } = context;
  const answer =
    write.method === 'DELETE'
      ? await transport.delete(write.path, write.condition)
      : await transport.patch(write.path, write.body, write.condition);
  return resultOf(context, sending, answer);
}

async function sendTogether(
  context: StepContext,
  group: readonly Due[],
  records: Records,
): Promise<readonly WriteResult[]> {
  const sendings = group.map(({ sending }) => sending);
  const readBack = readBackOf(context.catalogue, sendings, records);
  const writes = group.map(({ write }) => write);
  const { answers, found, at } = await context.transport.batch(writes, readBack.lookups);
  const readings = readBack.readings(found, at ?? serviceTime(context));
  return group.map(({ sending }, index) => {
    const answer = answers[index];
    const result = answer === undefined ? unanswered() : resultOf(context, sending, answer);
    const after = readings.get(sending.step.address);
    return result.kind === 'done' && after !== undefined ? { ...result, after } : result;
  });
}

function resultOf(context: StepContext, { step }: Sending, answer: WriteAnswer): WriteResult {
  if (answer.kind === 'accepted') return { kind: 'done', at: answer.at ?? serviceTime(context) };
  if (answer.kind !== 'refused') return answer;
  if (step.verb === 'create' && answer.status === 412) return { kind: 'conflict' };
  const code = answer.code?.toLowerCase() ?? null;
  if (step.verb === 'delete' && answer.status === 404 && code === RECORD_GONE) {
    return { kind: 'done', at: serviceTime(context) };
  }
  if (code === TEST_UNDER_WAY) return { kind: 'busy' };
  if (answer.status === 412 && code !== DUPLICATE_RECORD) return { kind: 'conflict' };
  return answer;
}

function serviceTime({ transport, clock }: StepContext): string {
  return transport.lastServiceTime() ?? new Date(clock.now()).toISOString();
}

function unanswered(): WriteResult {
  return { kind: 'lost', message: 'The write has no answer of its own' };
}

function scrubbed(secrets: SecretSource, result: WriteResult): WriteResult {
  if (result.kind !== 'lost' && result.kind !== 'refused') return result;
  return { ...result, message: secrets.scrub(result.message) };
}
