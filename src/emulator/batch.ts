/**
 * POST $batch: the parts in order, change sets as one, the first failure ends it unless continue-on-error is asked for
 * (Microsoft Learn, "Execute batch operations using the Web API").
 */

import { randomUUID } from 'node:crypto';
import { type Done, type Incoming, originOf } from './execute.ts';
import type { LogPart } from './log.ts';
import {
  type BatchItem,
  type BatchMember,
  type BatchRequest,
  type BatchResult,
  type ChangeSetResponse,
  formatBatch,
  parseBatch,
  resolveReferences,
  type Written,
} from './odata/index.ts';
import { errorReply, toErrorReply, toResponse } from './respond.ts';
import { readPreferences } from './routes/preferences.ts';
import { methodNotAllowed } from './service-error.ts';
import type { World } from './world.ts';

export interface BatchDone {
  readonly response: Written;
  readonly parts: readonly LogPart[];
}

/** What stands in the way of one part: the faults of the emulator look at every part. */
export type PartRunner = (incoming: Incoming) => Done;

interface Progress {
  readonly result: BatchResult;
  readonly parts: readonly LogPart[];
  readonly failed: number | null;
}

export function executeBatch(world: World, incoming: Incoming, runPart: PartRunner): BatchDone {
  try {
    return runBatch(world, incoming, runPart);
  } catch (error) {
    const reply = errorReply(toErrorReply(error), incoming.headers.get('prefer'));
    return { response: toResponse(reply), parts: [] };
  }
}

function runBatch(world: World, incoming: Incoming, runPart: PartRunner): BatchDone {
  if (incoming.method !== 'POST') throw methodNotAllowed(incoming.method, ['POST']);
  const items = parseBatch(incoming.headers.get('content-type') ?? '', incoming.body, originOf(incoming.url));
  const { continueOnError } = readPreferences(incoming.headers);
  const results: BatchResult[] = [];
  const parts: LogPart[] = [];
  let status = 200;
  for (const item of items) {
    const progress = runItem(world, incoming, item, runPart);
    results.push(progress.result);
    parts.push(...progress.parts);
    if (progress.failed === null || continueOnError) continue;
    status = progress.failed;
    break;
  }
  const { contentType, body } = formatBatch(results, randomUUID);
  const headers = new Headers({
    'Content-Type': contentType,
    'OData-Version': '4.0',
    ...(continueOnError ? { 'Preference-Applied': 'odata.continue-on-error' } : {}),
  });
  return { response: { status, headers, body }, parts };
}

function runItem(world: World, batch: Incoming, item: BatchItem, runPart: PartRunner): Progress {
  if (item.kind === 'changeset') return runChangeSet(world, batch, item.requests, runPart);
  const { response, log } = runPart(partOf(batch, item.request));
  return {
    result: { kind: 'response', contentId: item.contentId, response },
    parts: [log],
    failed: response.status >= 400 ? response.status : null,
  };
}

/** Atomic: the first refusal puts every row back and is the only answer. */
function runChangeSet(
  world: World,
  batch: Incoming,
  members: readonly BatchMember[],
  runPart: PartRunner,
): Progress {
  const rollBack = world.store.begin();
  const locations = new Map<string, string>();
  const responses: ChangeSetResponse[] = [];
  const parts: LogPart[] = [];
  for (const { contentId, request } of members) {
    const resolved = resolveReferences(request, originOf(batch.url), locations);
    const { response, log } = runPart(partOf(batch, resolved));
    parts.push(log);
    if (response.status >= 400) {
      rollBack();
      return { result: { kind: 'response', contentId, response }, parts, failed: response.status };
    }
    const location = response.headers.get('odata-entityid');
    if (contentId !== null && location !== null) locations.set(contentId, location);
    responses.push({ contentId, response });
  }
  return { result: { kind: 'changeset', responses }, parts, failed: null };
}

function partOf(batch: Incoming, request: BatchRequest): Incoming {
  return { ...request, caller: batch.caller, inBatch: true };
}
