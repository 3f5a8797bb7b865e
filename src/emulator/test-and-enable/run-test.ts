/**
 * One run of a due test: each direction with server-side synchronization is tried; what passes is enabled, what fails
 * for good is disabled at once, what fails for a passing reason is tried again, ten times at intervals of five minutes
 * (Microsoft Learn, "Troubleshooting and monitoring server-side synchronization").
 */

import { approvalColumns, ownsMailbox } from '../approval.ts';
import { toStamp } from '../clock.ts';
import { parseDuration } from '../duration.ts';
import type { Row } from '../odata/table.ts';
import { findCallerById } from '../security/caller.ts';
import { countUp } from '../stats.ts';
import { never, patchAsEngine, text, type World } from '../world.ts';
import { mirrorToOwner } from '../writes/linked-rows.ts';
import { alertFailure, alertSuccess } from './alerts.ts';
import { type Direction, overallStatus, testedDirections } from './directions.ts';
import { linkMailbox } from './link-mailbox.ts';
import { mailServerFor, parseOutcome } from './mail-servers.ts';
import { failedPrecondition } from './preconditions.ts';
import { neverDue, testTable } from './request-test.ts';

const maximumRetries = 10;
export const retryInterval = parseDuration('5m');

type Result =
  | { readonly kind: 'success' | 'hang' }
  | { readonly kind: 'failure' | 'transient'; readonly code: string };

export function runTest(world: World, job: Row): void {
  const id = text(job.mailboxid);
  const found = world.store.get('mailbox', id);
  if (found === undefined || (found.testemailconfigurationscheduled !== true && job.retrying !== true)) {
    world.store.remove(testTable, id);
    return;
  }
  const mailbox = approveOwn(world, found, text(job.by));
  const attempt = Number(job.attempt);
  const results = new Map(
    testedDirections(mailbox).map((direction) => [
      direction,
      tryDirection(world, mailbox, direction, attempt),
    ]),
  );
  const kinds = new Set([...results.values()].map((result) => result.kind));
  if (kinds.has('hang')) world.store.put(testTable, id, { ...job, dueat: neverDue });
  else if (kinds.has('transient')) retryLater(world, mailbox, job, results);
  else finish(world, mailbox, results);
}

/** A person's test of an own mailbox approves it on the way (Microsoft Learn, "Connect to Exchange Online"). */
function approveOwn(world: World, mailbox: Row, userId: string): Row {
  if (mailbox.emailrouteraccessapproval === 1 || userId === '') return mailbox;
  const caller = findCallerById(world, userId);
  if (!ownsMailbox(world, caller, mailbox)) return mailbox;
  const approved = patchAsEngine(world, 'mailbox', mailbox, approvalColumns(world, caller, mailbox, 1));
  mirrorToOwner(world, mailbox, approved, undefined);
  return approved;
}

function tryDirection(world: World, mailbox: Row, direction: Direction, attempt: number): Result {
  const failed = failedPrecondition(world, mailbox, direction);
  if (failed !== null) return { kind: 'failure', code: failed };
  const outcome = parseOutcome(mailServerFor(world, mailbox)?.[direction.name]);
  if (outcome.kind === 'permanent') return { kind: 'failure', code: outcome.code };
  if (outcome.kind === 'hang') return { kind: 'hang' };
  const code = `Unknown${direction.code}IntegrationError -2147220891`;
  if (outcome.kind === 'transient' && attempt < outcome.times) {
    return { kind: attempt < maximumRetries ? 'transient' : 'failure', code };
  }
  return { kind: 'success' };
}

function retryLater(world: World, mailbox: Row, job: Row, results: ReadonlyMap<Direction, Result>): void {
  const keeps = world.switches.transientKeepsScheduled === 'true';
  const due = world.clock.now() + retryInterval;
  const columns = keeps ? {} : { ...resultColumns(results), ...ended(world) };
  const merged = { ...mailbox, ...columns };
  patchAsEngine(world, 'mailbox', mailbox, {
    ...columns,
    mailboxstatus: overallStatus(merged),
    transientfailurecount: Number(mailbox.transientfailurecount ?? 0) + 1,
    testemailconfigurationretrycount: runs(world, mailbox, job),
    postponetestemailconfigurationuntil: toStamp(due),
  });
  for (const [direction, result] of results) {
    if (result.kind === 'transient') alertFailure(world, mailbox, direction, result.code, true);
  }
  world.store.put(testTable, text(job.mailboxid), {
    ...job,
    dueat: due,
    attempt: Number(job.attempt) + 1,
    retrying: !keeps,
  });
}

/** The first run may have been counted when it was asked for. */
function runs(world: World, mailbox: Row, job: Row): number {
  const counted = job.attempt === 0 && world.switches.retryCountDuringTest === '1';
  return Number(mailbox.testemailconfigurationretrycount ?? 0) + (counted ? 0 : 1);
}

function finish(world: World, mailbox: Row, results: ReadonlyMap<Direction, Result>): void {
  const id = text(mailbox.mailboxid);
  const job = world.store.get(testTable, id) ?? {};
  const columns = { ...resultColumns(results), ...ended(world) };
  const saved = patchAsEngine(world, 'mailbox', mailbox, {
    ...columns,
    mailboxstatus: overallStatus({ ...mailbox, ...columns }),
    transientfailurecount: 0,
    testemailconfigurationretrycount: runs(world, mailbox, job),
    postponetestemailconfigurationuntil: never,
  });
  world.store.remove(testTable, id);
  if ([...results.values()].some(({ kind }) => kind === 'success')) linkMailbox(world, saved);
  reportResults(world, saved, results);
}

function ended(world: World): Row {
  return { testemailconfigurationscheduled: false, testmailboxaccesscompletedon: toStamp(world.clock.now()) };
}

function resultColumns(results: ReadonlyMap<Direction, Result>): Row {
  const columns: Record<string, Row[string]> = {};
  for (const [direction, result] of results) {
    columns[direction.status] = result.kind === 'success' ? 1 : 2;
    if (result.kind !== 'transient') columns[direction.enabled] = result.kind === 'success';
  }
  return columns;
}

function reportResults(world: World, mailbox: Row, results: ReadonlyMap<Direction, Result>): void {
  for (const [direction, result] of results) {
    if (result.kind === 'failure') alertFailure(world, mailbox, direction, result.code, false);
    if (result.kind === 'success' && direction.name === 'outgoing')
      countUp(world, 'messages', text(mailbox.emailaddress));
  }
  const passed = [...results.values()].filter((result) => result.kind === 'success').length;
  if (passed > 0 && passed === results.size) alertSuccess(world, mailbox);
}
