import { expect, it } from 'vitest';
import type { Clock } from '../model/ports.ts';
import { createSharedPause } from './pause.ts';
import { readWithRetry } from './retry-read.ts';

/** A clock that moves by sleeping alone. */
function sleepingClock(): Clock {
  let now = Date.parse('2026-11-21T09:00:00Z');
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

it.each([
  ['no pause', '0'],
  ['a pause that is over', 'Wed, 21 Oct 2015 07:28:00 GMT'],
])(
  'a service that is busy for ever and asks for %s is asked ever more rarely, and not for ever',
  async (_name, retryAfter) => {
    const clock = sleepingClock();
    const limits = { attempts: 6, totalMs: 15 * 60_000 };
    const context = {
      clock,
      random: () => 0.5,
      pause: createSharedPause(clock),
      limits,
      host: 'contoso.example',
    };
    let sent = 0;
    const read = readWithRetry(context, 'GET mailboxes', async () => {
      sent += 1;
      return { status: 429, headers: new Headers({ 'retry-after': retryAfter }), text: '' };
    });
    await expect(read).rejects.toMatchObject({ kind: 'throttled' });
    expect(sent).toBeGreaterThan(5);
    expect(sent).toBeLessThan(60);
  },
);
