/**
 * How long a connection to the mail server may take: a switch and a number of milliseconds on the row, one duration
 * in YAML (Microsoft Learn, "Email Server Profile table reference": TimeoutMailboxConnection and
 * TimeoutMailboxConnectionAfterAmount, 0 to 100,000).
 */

import { onSelf, unknownCell } from './codecs.ts';
import type { Codec } from './field.ts';

const SWITCH = 'timeoutmailboxconnection';
const AMOUNT = 'timeoutmailboxconnectionafteramount';

/** All that the column takes, in whole seconds. */
export const TIMEOUT_SCHEMA = { type: 'string', pattern: '^(none|1m|(100|[1-9][0-9]?)s)$' } as const;

export const timeoutCodec: Codec = {
  columns: { emailserverprofile: [SWITCH, AMOUNT] },
  decode: ({ self }) => {
    if (self[SWITCH] === false) return 'none';
    const amount = self[AMOUNT] ?? null;
    if (amount === null) return null;
    if (typeof amount !== 'number') return unknownCell(amount);
    return amount % 1000 === 0 ? `${amount / 1000}s` : `${amount}ms`;
  },
  encode: (value) => {
    if (value === 'none') return onSelf({ [SWITCH]: false });
    const seconds = typeof value === 'string' ? /^(\d+)s$/u.exec(value)?.[1] : undefined;
    if (seconds === undefined) throw new TypeError(`${AMOUNT} takes no ${JSON.stringify(value)}`);
    return onSelf({ [SWITCH]: true, [AMOUNT]: Number(seconds) * 1000 });
  },
};

/** Minutes as seconds, so that `1m` and `60s` are one value. */
export function parseTimeout(yaml: unknown): string | undefined {
  if (yaml === '1m') return '60s';
  return typeof yaml === 'string' ? yaml : undefined;
}
