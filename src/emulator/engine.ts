/**
 * The sync engine's own writes: after each cycle the next times stand on the row of every active mailbox that is
 * synchronized (Microsoft Learn, "Server-side synchronization of email": every five minutes). Only its columns change.
 */

import { toStamp } from './clock.ts';
import { parseDuration } from './duration.ts';
import type { Row } from './odata/table.ts';
import { testedDirections } from './test-and-enable/directions.ts';
import { text, type World } from './world.ts';

export const enginePeriod = parseDuration('5m');

export function bumpMailboxes(world: World, at: number): void {
  const now = toStamp(at);
  const next = toStamp(at + enginePeriod);
  world.store.put('_engine', 'engine', { at });
  for (const mailbox of [...world.store.rows('mailbox')]) {
    if (isProcessed(mailbox)) {
      world.store.put('mailbox', text(mailbox.mailboxid), {
        ...mailbox,
        receivingpostponeduntil: next,
        receivingpostponeduntilforact: next,
        processinglastattemptedon: now,
      });
    }
  }
}

function isProcessed(mailbox: Row): boolean {
  return mailbox.statecode === 0 && text(mailbox.emailaddress) !== '' && testedDirections(mailbox).length > 0;
}
