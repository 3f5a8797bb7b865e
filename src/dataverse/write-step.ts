/**
 * Carries out one step of a plan: only with a reading, and only on the version that was read. Never repeats a write;
 * who applies decides that after reading again.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { EncodedCell, RawRecord, RawRow, Table } from '../catalogue/field.ts';
import { type Address, addressKey } from '../model/address.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import type { Clock, Records, StepWriter, WriteResult } from '../model/ports.ts';
import type { Reading, RecordRef } from '../model/snapshot.ts';
import { type Columns, encodeStep } from './encode-step.ts';
import { knownServerType, type ProfileIndex } from './profile-index.ts';
import { etagOf, type Proof, proofOf } from './proof.ts';
import { ENTITY_SETS, isTable, recordPath } from './tables.ts';
import type { WriteTransport } from './transport.ts';
import type { WriteAnswer, WriteCondition } from './write-request.ts';

/** Where secrets come from, at the last moment. */
export interface SecretSource {
  resolve(reference: string): Promise<string>;
  /** Takes every secret that was resolved out of a text. */
  scrub(text: string): string;
}

interface StepContext {
  readonly transport: WriteTransport;
  readonly catalogue: Catalogue;
  readonly secrets: SecretSource;
  readonly clock: Clock;
}

/** The service refuses saves of a mailbox while its test is under way (TestEmailConfigurationScheduledInProgress). */
const TEST_UNDER_WAY = '0x8005e248';
/** Another record has these key values: 412 as well, but nothing that reading again would mend. */
const DUPLICATE_RECORD = '0x80040237';

export function createStepWriter(
  transport: WriteTransport,
  catalogue: Catalogue,
  secrets: SecretSource,
  clock: Clock,
): StepWriter {
  const context = { transport, catalogue, secrets, clock };
  return {
    write: async (step, records, reading) =>
      scrubbed(secrets, await writeStep(context, step, records, reading)),
  };
}

async function writeStep(
  context: StepContext,
  step: PlanStep,
  records: Records,
  reading: Reading,
): Promise<WriteResult> {
  const proof = proofOf(reading);
  const refs = recordsOf(records, step.address);
  if (step.verb === 'create') {
    return proof.record === null ? createRecord(context, step, records, proof) : { kind: 'conflict' };
  }
  if (proof.record === null) {
    return step.verb === 'delete'
      ? { kind: 'done', at: reading.at }
      : notPossible('The record is gone, or cannot be seen any more', 'Run plan again.');
  }
  if (step.verb === 'delete') return deleteRecord(context, refs, proof.record);
  return updateRecords(context, step, records, proof, proof.record);
}

async function createRecord(
  context: StepContext,
  step: PlanStep,
  records: Records,
  { profiles }: Proof,
): Promise<WriteResult> {
  const { transport, catalogue } = context;
  const ref = refOf(recordsOf(records, step.address), 'self');
  const type = step.set.find(({ field }) => field === 'type')?.to;
  const record: RawRecord = {
    self: { servertype: knownServerType(catalogue, profiles, type) },
    owner: null,
    ownerTable: null,
  };
  const prepared = await prepare(context, step, records, record, profiles);
  if (!prepared.ok) return prepared.result;
  const body = withoutInitialState(prepared.self);
  if (body === null) {
    return notPossible(
      'A new record is always active',
      'Leave "state" out, or run apply again once it is there.',
    );
  }
  const answer = await transport.patch(pathOf(ref), body, { 'If-None-Match': '*' });
  if (answer.kind === 'refused' && answer.status === 412) return { kind: 'conflict' };
  return resultOf(context, answer);
}

async function deleteRecord(
  context: StepContext,
  refs: readonly RecordRef[],
  record: RawRecord,
): Promise<WriteResult> {
  const answer = await context.transport.delete(pathOf(refOf(refs, 'self')), versionOf(record.self));
  if (answer.kind === 'refused' && answer.status === 404)
    return resultOf(context, { kind: 'accepted', at: null });
  return resultOf(context, answer);
}

/** Owner first: what is written on the mailbox may build on it, never the other way round. */
async function updateRecords(
  context: StepContext,
  step: PlanStep,
  records: Records,
  { profiles }: Proof,
  record: RawRecord,
): Promise<WriteResult> {
  const prepared = await prepare(context, step, records, record, profiles);
  if (!prepared.ok) return prepared.result;
  const refs = recordsOf(records, step.address);
  let result: WriteResult = notPossible('The step writes nothing', 'Run plan again.');
  for (const role of ['owner', 'self'] as const) {
    const body = prepared[role];
    if (Object.keys(body).length === 0) continue;
    const row = role === 'self' ? record.self : record.owner;
    const answer = await context.transport.patch(pathOf(refOf(refs, role)), body, versionOf(row));
    result = resultOf(context, answer);
    if (result.kind !== 'done') return result;
  }
  return result;
}

type Body = Readonly<Record<string, unknown>>;

type Prepared =
  | { readonly ok: true; readonly self: Body; readonly owner: Body }
  | { readonly ok: false; readonly result: WriteResult };

/** Everything that can fail before a byte leaves: values, references, secrets. */
async function prepare(
  context: StepContext,
  step: PlanStep,
  records: Records,
  record: RawRecord,
  profiles: ProfileIndex,
): Promise<Prepared> {
  try {
    const encoded = encodeStep(context.catalogue, step, record);
    const bind = (address: Address): string => idOf(records, profiles, address);
    return {
      ok: true,
      self: await bodyOf(context, encoded.self, bind),
      owner: await bodyOf(context, encoded.owner, bind),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, result: notPossible(`${step.address}: ${error.message}; nothing was sent`, null) };
  }
}

async function bodyOf(
  { secrets }: StepContext,
  columns: Columns,
  bind: (address: Address) => string,
): Promise<Body> {
  const body: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(columns)) {
    // The navigation property of both lookups that are written has the name of its column.
    if (isReference(cell)) body[`${column}@odata.bind`] = `/${ENTITY_SETS[cell.table]}(${bind(cell.ref)})`;
    else if (isSecretCell(cell)) body[column] = await secrets.resolve(cell.secret);
    else body[column] = cell;
  }
  return body;
}

type ReferenceCell = Extract<EncodedCell, { readonly ref: Address }>;
type SecretCell = Extract<EncodedCell, { readonly secret: string }>;

function isReference(cell: EncodedCell): cell is ReferenceCell {
  return typeof cell === 'object' && cell !== null && 'ref' in cell;
}

function isSecretCell(cell: EncodedCell): cell is SecretCell {
  return typeof cell === 'object' && cell !== null && 'secret' in cell;
}

function idOf(records: Records, profiles: ProfileIndex, address: Address): string {
  const id = recordsOf(records, address).find(({ role }) => role === 'self')?.id ?? profiles.idOf(address);
  if (id === null) throw new TypeError(`${address} is not there, or more than one has this name`);
  return id;
}

/** A new row is active by itself, and its state is not valid on creation; `null`: another state was asked for. */
function withoutInitialState(body: Body): Body | null {
  const { statecode, statuscode, ...rest } = body;
  const active = (statecode ?? 0) === 0 && (statuscode ?? 1) === 1;
  return active ? rest : null;
}

function resultOf({ transport, clock }: StepContext, answer: WriteAnswer): WriteResult {
  if (answer.kind === 'accepted') {
    const at = answer.at ?? transport.lastServiceTime() ?? new Date(clock.now()).toISOString();
    return { kind: 'done', at };
  }
  if (answer.kind !== 'refused') return answer;
  const code = answer.code?.toLowerCase() ?? null;
  if (code === TEST_UNDER_WAY) return { kind: 'busy' };
  if (answer.status === 412 && code !== DUPLICATE_RECORD) return { kind: 'conflict' };
  return answer;
}

/** `*` where a row has no version: the row has to be there, so that the write creates nothing. */
function versionOf(row: RawRow | null): WriteCondition {
  return { 'If-Match': etagOf(row) ?? '*' };
}

/** Plans hold thousands of records, and every step looks some up. */
const FOLDED = new WeakMap<Records, ReadonlyMap<string, readonly RecordRef[]>>();

function recordsOf(records: Records, address: Address): readonly RecordRef[] {
  let folded = FOLDED.get(records);
  if (folded === undefined) {
    folded = new Map(Object.entries(records).map(([known, refs]) => [addressKey(known), refs]));
    FOLDED.set(records, folded);
  }
  return folded.get(addressKey(address)) ?? [];
}

function refOf(refs: readonly RecordRef[], role: RecordRef['role']): RecordRef & { readonly table: Table } {
  const ref = refs.find((known) => known.role === role);
  if (ref === undefined || !isTable(ref.table)) throw new TypeError(`The step has no ${role} record`);
  return { ...ref, table: ref.table };
}

function pathOf({ table, id }: RecordRef & { readonly table: Table }): string {
  return recordPath(table, id);
}

function notPossible(message: string, hint: string | null): WriteResult {
  return { kind: 'refused', status: 0, code: null, message, hint };
}

function scrubbed(secrets: SecretSource, result: WriteResult): WriteResult {
  if (result.kind === 'lost') return { ...result, message: secrets.scrub(result.message) };
  if (result.kind !== 'refused') return result;
  return { ...result, message: secrets.scrub(result.message) };
}
