/**
 * POST $batch: the parts in order, change sets as one, the first failure ends it unless continue-on-error is asked for
 * (Microsoft Learn, "Execute batch operations using the Web API").
 */

import { randomUUID } from 'node:crypto';
import { type Incoming, originOf } from './execute.ts';
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
} from './odata/index.ts';
import { errorReply, toErrorReply, toResponse } from './respond.ts';
import { readPreferences } from './routes/preferences.ts';
import { methodNotAllowed } from './service-error.ts';
import type { World } from './world.ts';

export interface BatchDone {
  readonly response: Response;
  readonly parts: readonly LogPart[];
}

/** What stands in the way of one part: the faults of the emulator look at every part. */
export type PartRunner = (
  incoming: Incoming,
) => Promise<{ readonly response: Response; readonly log: LogPart }>;

interface Progress {
  readonly result: BatchResult;
  readonly parts: readonly LogPart[];
  readonly failed: number | null;
}

export async function executeBatch(
  world: World,
  incoming: Incoming,
  runPart: PartRunner,
): Promise<BatchDone> {
  try {
    return await runBatch(world, incoming, runPart);
  } catch (error) {
    const reply = errorReply(toErrorReply(error), incoming.headers.get('prefer'));
    return { response: toResponse(reply), parts: [] };
  }
}

async function runBatch(world: World, incoming: Incoming, runPart: PartRunner): Promise<BatchDone> {
  if (incoming.method !== 'POST') throw methodNotAllowed(incoming.method, ['POST']);
  const items = parseBatch(incoming.headers.get('content-type') ?? '', incoming.body, originOf(incoming.url));
  const { continueOnError } = readPreferences(incoming.headers);
  const results: BatchResult[] = [];
  const parts: LogPart[] = [];
  let status = 200;
  for (const item of items) {
    const progress = await runItem(world, incoming, item, runPart);
    results.push(progress.result);
    parts.push(...progress.parts);
    if (progress.failed === null || continueOnError) continue;
    status = progress.failed;
    break;
  }
  const { contentType, body } = await formatBatch(results, randomUUID);
  const headers = {
    'Content-Type': contentType,
    'OData-Version': '4.0',
    ...(continueOnError ? { 'Preference-Applied': 'odata.continue-on-error' } : {}),
  };
  return { response: new Response(body, { status, headers }), parts };
}

async function runItem(
  world: World,
  batch: Incoming,
  item: BatchItem,
  runPart: PartRunner,
): Promise<Progress> {
  if (item.kind === 'changeset') return runChangeSet(world, batch, item.requests, runPart);
  const { response, log } = await runPart(partOf(batch, item.request));
  return {
    result: { kind: 'response', contentId: item.contentId, response },
    parts: [log],
    failed: response.status >= 400 ? response.status : null,
  };
}

/** Atomic: the first refusal puts every row back and is the only answer. */
async function runChangeSet(
  world: World,
  batch: Incoming,
  members: readonly BatchMember[],
  runPart: PartRunner,
): Promise<Progress> {
  const rollBack = world.store.begin();
  const locations = new Map<string, string>();
  const responses: ChangeSetResponse[] = [];
  const parts: LogPart[] = [];
  for (const { contentId, request } of members) {
    const resolved = resolveReferences(request, originOf(batch.url), locations);
    const { response, log } = await runPart(partOf(batch, resolved));
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
