/** Asking for Test & Enable: the flag goes up, and a job is remembered that is due when the test will have run. */

import { parseDuration } from '../duration.ts';
import type { Reference, Row } from '../odata/table.ts';
import { countUp } from '../stats.ts';
import { isReference, patchRow, stamp, text, type World } from '../world.ts';
import { mailServerFor } from './mail-servers.ts';

export const testTable = '_tests';
/** Due never: a test that hangs, or an environment without background jobs. */
export const neverDue = Number.MAX_SAFE_INTEGER;
const usualDuration = '3m';

export function isTesting(world: World, mailboxId: string): boolean {
  const job = world.store.get(testTable, mailboxId);
  return job !== undefined && job.retrying !== true;
}

export function requestTest(world: World, mailbox: Row, by: Reference): Row {
  const counted = world.switches.retryCountDuringTest === '1' ? 1 : 0;
  const attempted =
    world.switches.newestColumns === 'true'
      ? { testandenablelastattemptedon: stamp(world), testandenablelastattemptedby: by }
      : {};
  countUp(world, 'tests', text(mailbox.mailboxid));
  const saved = patchRow(
    world,
    'mailbox',
    mailbox,
    {
      testemailconfigurationscheduled: true,
      testemailconfigurationretrycount: Number(mailbox.testemailconfigurationretrycount ?? 0) + counted,
      ...attempted,
    },
    by,
  );
  rememberTest(world, saved, by);
  return saved;
}

/** The job alone: for mailboxes that start out with a scheduled test. */
export function rememberTest(world: World, mailbox: Row, by: Row[string] | undefined): void {
  const id = text(mailbox.mailboxid);
  world.store.put(testTable, id, {
    mailboxid: id,
    dueat: world.switches.backgroundOperations === 'true' ? dueAt(world, mailbox) : neverDue,
    attempt: 0,
    retrying: false,
    by: isReference(by) ? by.id : '',
  });
}

/** The job starts once postponetestemailconfigurationuntil has passed. */
function dueAt(world: World, mailbox: Row): number {
  const postponed = Date.parse(text(mailbox.postponetestemailconfigurationuntil));
  const start = Math.max(world.clock.now(), Number.isNaN(postponed) ? 0 : postponed);
  const duration =
    mailServerFor(world, mailbox)?.duration ?? world.organization.testDuration ?? usualDuration;
  return start + parseDuration(duration);
}
