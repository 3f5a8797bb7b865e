/**
 * Makes a step into the writes of its rows: only with a reading, and only on the version that was read. Everything
 * that can fail before a byte leaves fails here. Sends nothing.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { EncodedCell, RawRecord, RawRow } from '../catalogue/field.ts';
import { type Address, addressKey } from '../model/address.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import type { Records, Sending, WriteResult } from '../model/ports.ts';
import type { RecordRef } from '../model/snapshot.ts';
import { type Columns, encodeStep } from './encode-step.ts';
import { knownServerType, type ProfileIndex } from './profile-index.ts';
import { etagOf, proofOf } from './proof.ts';
import { ENTITY_SETS, isTable, recordPath } from './tables.ts';
import type { WriteCondition } from './write-request.ts';

/** Where secrets come from, at the last moment. */
export interface SecretSource {
  resolve(reference: string): Promise<string>;
  /** Takes every secret that was resolved out of a text. */
  scrub(text: string): string;
}

export interface PrepareContext {
  readonly catalogue: Catalogue;
  readonly secrets: SecretSource;
}

type Body = Readonly<Record<string, unknown>>;

interface RowUpdate {
  readonly method: 'PATCH';
  readonly path: string;
  readonly body: Body;
  readonly condition: WriteCondition;
}

interface RowDeletion {
  readonly method: 'DELETE';
  readonly path: string;
  readonly body: null;
  readonly condition: WriteCondition;
}

export type RowWrite = RowUpdate | RowDeletion;

export type PreparedStep =
  | { readonly kind: 'settled'; readonly result: WriteResult }
  /** One write or two; the second may build on the first. */
  | { readonly kind: 'ready'; readonly writes: readonly [RowWrite, ...RowWrite[]] };

/** Throws `TypeError` for a reading that is not the reader's. */
export async function prepareStep(
  context: PrepareContext,
  { step, reading }: Sending,
  records: Records,
): Promise<PreparedStep> {
  const { record, profiles } = proofOf(reading);
  if (step.verb === 'create' && record !== null) return settled({ kind: 'conflict' });
  if (step.verb === 'delete' && record === null) return settled({ kind: 'done', at: reading.at });
  const refs = recordsOf(records, step.address);
  const bind = (address: Address): string => idOf(records, profiles, address);
  try {
    if (step.verb === 'create') return await prepareCreation(context, step, refs, bind, profiles);
    if (record === null) {
      return notPossible('The record is gone, or cannot be seen any more', 'Run plan again.');
    }
    if (step.verb === 'delete') return prepareDeletion(refs, record);
    return await prepareUpdate(context, step, refs, bind, record);
  } catch (error) {
    // A value, reference or secret that cannot be had: other steps can be sent all the same.
    if (!(error instanceof Error)) throw error;
    return notPossible(`${step.address}: ${error.message}; nothing was sent`, null);
  }
}

async function prepareCreation(
  context: PrepareContext,
  step: PlanStep,
  refs: readonly RecordRef[],
  bind: Bind,
  profiles: ProfileIndex,
): Promise<PreparedStep> {
  const type = step.set.find(({ field }) => field === 'type')?.to;
  const servertype = knownServerType(context.catalogue, profiles, type);
  const encoded = encodeStep(context.catalogue, step, {
    self: { servertype },
    owner: null,
    ownerTable: null,
  });
  const body = withoutInitialState(await bodyOf(context, encoded.self, bind));
  if (body === null) {
    return notPossible(
      'A new record is always active',
      'Leave "state" out, or run apply again once it is there.',
    );
  }
  const condition = { 'If-None-Match': '*' } as const;
  return { kind: 'ready', writes: [{ method: 'PATCH', path: pathOf(refs, 'self'), body, condition }] };
}

function prepareDeletion(refs: readonly RecordRef[], { self }: RawRecord): PreparedStep {
  const condition = versionOf(self);
  return { kind: 'ready', writes: [{ method: 'DELETE', path: pathOf(refs, 'self'), body: null, condition }] };
}

/** Owner first: what is written on the mailbox may build on it, never the other way round. */
async function prepareUpdate(
  context: PrepareContext,
  step: PlanStep,
  refs: readonly RecordRef[],
  bind: Bind,
  record: RawRecord,
): Promise<PreparedStep> {
  const encoded = encodeStep(context.catalogue, step, record);
  const writes: RowWrite[] = [];
  for (const role of ['owner', 'self'] as const) {
    const body = await bodyOf(context, encoded[role], bind);
    if (Object.keys(body).length === 0) continue;
    writes.push({ method: 'PATCH', path: pathOf(refs, role), body, condition: versionOf(record[role]) });
  }
  const [first, ...others] = writes;
  if (first === undefined) return notPossible('The step writes nothing', 'Run plan again.');
  return { kind: 'ready', writes: [first, ...others] };
}

type Bind = (address: Address) => string;

async function bodyOf({ secrets }: PrepareContext, columns: Columns, bind: Bind): Promise<Body> {
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

/** `*` where a row has no version: the row has to be there, so that the write creates nothing. */
function versionOf(row: RawRow | null): WriteCondition {
  return { 'If-Match': etagOf(row) ?? '*' };
}

/** Plans hold thousands of records, and every step looks some up. */
const FOLDED = new WeakMap<Records, ReadonlyMap<string, readonly RecordRef[]>>();

export function recordsOf(records: Records, address: Address): readonly RecordRef[] {
  let folded = FOLDED.get(records);
  if (folded === undefined) {
    folded = new Map(Object.entries(records).map(([known, refs]) => [addressKey(known), refs]));
    FOLDED.set(records, folded);
  }
  return folded.get(addressKey(address)) ?? [];
}

function pathOf(refs: readonly RecordRef[], role: RecordRef['role']): string {
  const ref = refs.find((known) => known.role === role);
  if (ref === undefined || !isTable(ref.table)) throw new TypeError(`The step has no ${role} record`);
  return recordPath(ref.table, ref.id);
}

function settled(result: WriteResult): PreparedStep {
  return { kind: 'settled', result };
}

function notPossible(message: string, hint: string | null): PreparedStep {
  return settled({ kind: 'refused', status: 0, code: null, message, hint });
}
