/**
 * One data request from the moment it reached the service: time catches up, faults strike, limits hold it back, the
 * operation is carried out in its turn, what changed is kept.
 */

import { executeBatch, type PartRunner } from './batch.ts';
import type { VirtualClock } from './clock.ts';
import type { Core } from './core.ts';
import { parseDuration } from './duration.ts';
import { countRequest } from './edits.ts';
import { execute, type Incoming, logPart, segmentsOf } from './execute.ts';
import { cutBody, faultResponse, findFault } from './faults.ts';
import { type Limits, ThrottledError } from './limits.ts';
import type { LogPart } from './log.ts';
import type { FaultEntry } from './organization.ts';
import { errorReply, toErrorReply, toResponse } from './respond.ts';
import { findCaller, impersonate } from './security/caller.ts';
import { ServiceError } from './service-error.ts';
import type { Waits } from './waits.ts';

/** A request hangs this long before it is dropped, as a gateway would. */
const hangMs = 600_000;

export interface Service {
  readonly core: Core;
  readonly clock: VirtualClock;
  readonly waits: Waits;
  readonly limits: Limits;
  /** One request at a time touches the rows; a change set may wait in between. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface Arrived extends Omit<Incoming, 'caller'> {
  readonly signal: AbortSignal;
  /** Milliseconds of work, for the limits. */
  readonly work: number;
  readonly inFlight: number;
}

export interface Answered {
  readonly response: Response;
  readonly caller: string;
  readonly log: LogPart;
  readonly parts?: readonly LogPart[];
  /** drop-before, drop-after, hang: nothing reaches the client. response: a fault answered. */
  readonly fault?: 'drop-before' | 'drop-after' | 'hang' | 'response';
}

type Outcome = Omit<Answered, 'caller'>;

export async function exchange(service: Service, arrived: Arrived): Promise<Answered> {
  const { incoming, fault } = await service.inTurn(async () => receive(service, arrived));
  if (fault?.delay !== undefined) await service.waits.wait(parseDuration(fault.delay), arrived.signal);
  if (fault?.hang === true) await service.waits.wait(hangMs, arrived.signal);
  const refused = fault === undefined ? undefined : refuse(service, fault, incoming);
  const outcome = refused ?? (await service.inTurn(() => carryOut(service, incoming, arrived, fault)));
  outcome.response.headers.set('Date', new Date(service.clock.now()).toUTCString());
  return { ...outcome, caller: incoming.caller.token };
}

interface Received {
  readonly incoming: Incoming;
  readonly fault: FaultEntry | undefined;
}

/** Time catches up, with the edits that wait for this request; faults count it. */
function receive({ core }: Service, arrived: Arrived): Received {
  core.settle();
  countRequest(core.world);
  core.settle();
  const caller = findCaller(core.world, arrived.headers.get('authorization'));
  const incoming: Incoming = { ...arrived, caller };
  const fault = findFault(core.world, incoming);
  core.commit();
  return { incoming, fault };
}

/** What a fault does instead of the service. */
function refuse({ core }: Service, fault: FaultEntry, incoming: Incoming): Outcome | undefined {
  const dropped = fault.hang === true ? 'hang' : fault.drop === 'before' ? 'drop-before' : undefined;
  if (dropped !== undefined) {
    return { response: new Response(null), log: logPart(core.world, incoming, 0), fault: dropped };
  }
  const response = faultResponse(fault);
  if (response === undefined) return undefined;
  return { response, log: logPart(core.world, incoming, response.status), fault: 'response' };
}

async function carryOut(
  service: Service,
  incoming: Incoming,
  arrived: Arrived,
  fault: FaultEntry | undefined,
): Promise<Outcome> {
  const { core, clock, limits } = service;
  const { userId } = incoming.caller;
  core.settle();
  const done = await carryOutLimited(service, incoming, arrived);
  core.commit();
  for (const [name, value] of Object.entries(limits.headers(userId, clock.now()))) {
    done.response.headers.set(name, value);
  }
  const response = fault?.cut === undefined ? done.response : await cutBody(done.response, fault.cut);
  return { ...done, response, ...(fault?.drop === 'after' ? { fault: 'drop-after' } : {}) };
}

async function carryOutLimited(service: Service, incoming: Incoming, arrived: Arrived): Promise<Outcome> {
  const { core, clock, limits } = service;
  const { userId } = incoming.caller;
  try {
    limits.enter(userId, clock.now(), arrived.inFlight);
    limits.spent(userId, clock.now(), arrived.work);
    return await perform(service, withImpersonation(service, incoming));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const reply = errorReply(toErrorReply(error), incoming.headers.get('prefer'));
    const headers = error instanceof ThrottledError ? { 'Retry-After': String(error.retryAfter) } : {};
    return {
      response: toResponse({ ...reply, headers }),
      log: logPart(core.world, incoming, error.status),
    };
  }
}

async function perform({ core }: Service, incoming: Incoming): Promise<Outcome> {
  if (segmentsOf(incoming.url)[0] !== '$batch') return execute(core.world, incoming);
  const { response, parts } = await executeBatch(core.world, incoming, partRunner(core));
  return { response, parts, log: { ...logPart(core.world, incoming, response.status), keys: [] } };
}

/** Faults look at the parts of a batch as well; there they can only answer. */
function partRunner({ world }: Core): PartRunner {
  return async (part) => {
    const fault = findFault(world, part);
    const response = fault === undefined ? undefined : faultResponse(fault);
    if (response === undefined) return execute(world, part);
    return { response, log: logPart(world, part, response.status) };
  };
}

/** CallerObjectId: the work is done as another user, for callers that may act on behalf of others. */
function withImpersonation({ core }: Service, incoming: Incoming): Incoming {
  const objectId = incoming.headers.get('callerobjectid');
  if (objectId === null) return incoming;
  const caller = impersonate(core.world, objectId);
  if (caller !== undefined && incoming.caller.privileges.has('prvActOnBehalfOfAnotherUser')) {
    return { ...incoming, caller };
  }
  throw new ServiceError(
    403,
    '0x80040220',
    'The caller may not act on behalf of another user, or there is no such user.',
  );
}
