/**
 * One data request from the moment it reached the service: time catches up, faults strike, limits turn it away or let
 * it in, it is worked off, the operation is carried out in its turn, what changed is kept. All effects of a request –
 * of a batch as well – show at the end of its work.
 */

import { randomUUID } from 'node:crypto';
import { executeBatch, type PartRunner } from './batch.ts';
import type { VirtualClock } from './clock.ts';
import type { Core } from './core.ts';
import type { CostModel } from './cost.ts';
import { parseDuration } from './duration.ts';
import { countRequest } from './edits.ts';
import { type Done, execute, type Incoming, logPart, segmentsOf } from './execute.ts';
import { faultResponse, findFault } from './faults.ts';
import { type Limits, ThrottledError } from './limits.ts';
import type { LogPart } from './log.ts';
import type { Written } from './odata/index.ts';
import type { FaultEntry } from './organization.ts';
import { errorReply, toErrorReply, toResponse } from './respond.ts';
import { type Caller, findCaller, impersonate, impersonateById } from './security/caller.ts';
import { ServiceError } from './service-error.ts';
import type { Traffic } from './traffic.ts';
import type { Waits } from './waits.ts';

/** A request hangs this long before it is dropped, as a gateway would. */
const hangMs = 600_000;
/** By which the support of the service finds a request; an error within a batch has it as `REQ_ID`. */
const REQUEST_ID = 'x-ms-service-request-id';
/** By hand-moved time a request that costs nothing takes this long, so that versions and times differ. */
const requestMs = 1;

export interface Service {
  readonly core: Core;
  readonly clock: VirtualClock;
  readonly waits: Waits;
  readonly cost: CostModel;
  readonly limits: Limits;
  readonly traffic: Traffic;
  /** One request at a time touches the rows; a change set may wait in between. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface Arrived extends Omit<Incoming, 'caller'> {
  /** The client's: it ends what would be nothing but waiting. */
  readonly signal: () => AbortSignal;
  /** On the scale of the waits. */
  readonly at: number;
}

export interface Answered {
  readonly response: Written;
  readonly caller: string;
  readonly log: LogPart;
  readonly parts?: readonly LogPart[];
  /** drop-before, drop-after, hang: nothing reaches the client. response: a fault answered. */
  readonly fault?: 'drop-before' | 'drop-after' | 'hang' | 'response';
  /** What befalls the answer on its way. */
  readonly body?: Pick<FaultEntry, 'cut' | 'trickle'> | undefined;
  /** On the scale of the waits. */
  readonly endedAt: number;
}

type Outcome = Omit<Answered, 'caller' | 'endedAt'>;

export async function exchange(service: Service, arrived: Arrived): Promise<Answered> {
  const { clock, waits } = service;
  if (service.cost.isFree && clock.speed === 0) clock.advance(requestMs);
  const { incoming, fault } = await service.inTurn(async () => receive(service, arrived));
  if (fault?.delay !== undefined) await waits.wait(parseDuration(fault.delay), arrived.signal());
  if (fault?.hang === true) await waits.wait(hangMs, arrived.signal());
  const refused = fault === undefined ? undefined : refuse(service, fault, incoming);
  const { outcome, endedAt } =
    refused === undefined
      ? await attend(service, incoming, arrived, fault)
      : { outcome: refused, endedAt: waits.now() };
  const { headers } = outcome.response;
  headers.set('Date', new Date(clock.now()).toUTCString());
  // A page of a gateway comes from in front of the service.
  if (headers.get('content-type') !== 'text/html') {
    addRates(service, incoming, headers);
    headers.set(REQUEST_ID, headers.get('req_id') ?? randomUUID());
  }
  return { ...outcome, caller: incoming.caller.token, endedAt };
}

interface Received {
  readonly incoming: Incoming;
  readonly fault: FaultEntry | undefined;
}

/** Time catches up, with the edits that wait for this request; faults count it. */
function receive({ core }: Service, arrived: Arrived): Received {
  core.settle();
  if (countRequest(core.world)) core.settle();
  const caller = findCaller(core.world, arrived.headers.get('authorization'));
  const { method, url, headers, body } = arrived;
  const incoming: Incoming = { method, url, headers, body, caller };
  const fault = findFault(core.world, incoming);
  core.commit();
  return { incoming, fault };
}

/** What a fault does instead of the service. */
function refuse(service: Service, fault: FaultEntry, incoming: Incoming): Outcome | undefined {
  const { world } = service.core;
  const dropped = fault.hang === true ? 'hang' : fault.drop === 'before' ? 'drop-before' : undefined;
  if (dropped !== undefined) {
    return { response: unseen(), log: logPart(world, incoming, 0), fault: dropped };
  }
  const response = faultResponse(fault);
  if (response === undefined) return undefined;
  if (response.status === 429) service.traffic.throttle(fault.code ?? 'fault');
  return { response, log: logPart(world, incoming, response.status), fault: 'response' };
}

/** An answer that nobody gets to see. */
function unseen(status = 200): Written {
  return { status, headers: new Headers(), body: '' };
}

interface Attended {
  readonly outcome: Outcome;
  readonly endedAt: number;
}

/** Turned away at the door, or worked off. */
async function attend(
  service: Service,
  incoming: Incoming,
  arrived: Arrived,
  fault: FaultEntry | undefined,
): Promise<Attended> {
  const { clock, limits, traffic, waits } = service;
  const { userId } = incoming.caller;
  try {
    limits.enter(userId, clock.now());
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error;
    traffic.throttle(error.code);
    const headers = { 'Retry-After': String(error.retryAfter) };
    return { outcome: errorOutcome(service, incoming, error, headers), endedAt: waits.now() };
  }
  traffic.enter();
  const worked = await service.cost.work(countOperations(incoming), Math.max(arrived.at, waits.now()));
  traffic.leave(worked.milliseconds);
  limits.leave(userId, clock.now(), worked.milliseconds);
  const outcome = await service.inTurn(async () => carryOut(service, incoming, fault));
  traffic.count(outcome.parts?.length ?? 1, worked.endedAt);
  return { outcome, endedAt: worked.endedAt };
}

function carryOut(service: Service, incoming: Incoming, fault: FaultEntry | undefined): Outcome {
  const { core } = service;
  core.settle();
  const done = performOrRefuse(service, incoming);
  core.commit();
  return { ...done, body: fault, ...(fault?.drop === 'after' ? { fault: 'drop-after' } : {}) };
}

function performOrRefuse(service: Service, incoming: Incoming): Outcome {
  try {
    return perform(service, incoming);
  } catch (error) {
    if (error instanceof ServiceError) return errorOutcome(service, incoming, error);
    throw error;
  }
}

function perform(service: Service, received: Incoming): Outcome {
  const { core } = service;
  const incoming = withImpersonation(service, received);
  if (!isBatch(incoming)) return execute(core.world, incoming);
  const line = { isDown: false };
  const { response, parts } = executeBatch(core.world, incoming, partRunner(service, received.caller, line));
  const log = { ...logPart(core.world, incoming, response.status), keys: [] };
  return { response, parts, log, ...(line.isDown ? { fault: 'drop-after' } : {}) };
}

/**
 * Faults look at the parts of a batch as well. One that drops the connection there is the end of the service in the
 * middle of its work: the parts before are done, those behind are not, the answer is lost.
 */
function partRunner(service: Service, sender: Caller, line: { isDown: boolean }): PartRunner {
  const { core, traffic } = service;
  const { world } = core;
  const down = (part: Incoming): Done => answerPart(world, part, unseen(503));
  return (part) => {
    if (line.isDown) return down(part);
    const fault = findFault(world, part, true);
    line.isDown = fault?.drop !== undefined;
    if (fault?.drop === 'before') return down(part);
    const response = fault === undefined ? undefined : faultResponse(fault);
    if (response === undefined) return executePart(service, sender, part);
    if (response.status === 429) traffic.throttle(fault?.code ?? 'fault');
    return answerPart(world, part, response);
  };
}

function answerPart(world: Core['world'], part: Incoming, response: Written): Done {
  return { response, log: logPart(world, part, response.status) };
}

function errorOutcome(
  { core }: Service,
  incoming: Incoming,
  error: ServiceError,
  headers: Readonly<Record<string, string>> = {},
): Outcome {
  const reply = errorReply(toErrorReply(error), incoming.headers.get('prefer'));
  return {
    response: toResponse({ ...reply, headers }),
    log: logPart(core.world, incoming, error.status),
  };
}

function addRates({ limits, clock }: Service, { caller }: Incoming, headers: Headers): void {
  for (const [name, value] of Object.entries(limits.headers(caller.userId, clock.now()))) {
    headers.set(name, value);
  }
}

function isBatch({ url }: Incoming): boolean {
  const [first, ...rest] = segmentsOf(url);
  return first === '$batch' && rest.length === 0;
}

const requestLine = /^(GET|POST|PUT|PATCH|DELETE) \S.* HTTP\/1\.1\s*$/gm;

/** Requests of a batch, seen without parsing it. */
function countOperations(incoming: Incoming): number {
  return isBatch(incoming) ? Math.max(1, incoming.body.match(requestLine)?.length ?? 1) : 1;
}

/**
 * CallerObjectId, or the older MSCRMCallerID: the work is done as another user, for callers that may act on behalf of
 * others (Microsoft Learn, "Impersonate another user using the Web API").
 */
function withImpersonation({ core: { world } }: Service, incoming: Incoming): Incoming {
  const objectId = incoming.headers.get('callerobjectid');
  const userId = incoming.headers.get('mscrmcallerid');
  if (objectId === null && userId === null) return incoming;
  const caller = objectId === null ? impersonateById(world, userId ?? '') : impersonate(world, objectId);
  if (caller !== undefined && incoming.caller.privileges.has('prvActOnBehalfOfAnotherUser')) {
    return { ...incoming, caller };
  }
  throw new ServiceError(
    403,
    '0x80040220',
    'The caller may not act on behalf of another user, or there is no such user.',
  );
}

/** A part of a batch with a header of its own; whoever sent the batch must be allowed to. */
function executePart(service: Service, sender: Caller, part: Incoming): Done {
  const { world } = service.core;
  try {
    const { caller } = withImpersonation(service, { ...part, caller: sender });
    return execute(world, caller === sender ? part : { ...part, caller });
  } catch (error) {
    if (error instanceof ServiceError) return errorOutcome(service, part, error);
    throw error;
  }
}
