/** What the mail servers behind the environment do, as the organization file says: by e-mail address and direction. */

import type { Row } from '../odata/table.ts';
import type { MailServerEntry } from '../organization.ts';
import { text, type World } from '../world.ts';

export type Outcome =
  | { readonly kind: 'success' | 'hang' }
  | { readonly kind: 'permanent'; readonly code: string }
  | { readonly kind: 'transient'; readonly times: number };

export function mailServerFor(world: World, mailbox: Row): MailServerEntry | undefined {
  const address = text(mailbox.emailaddress).toLowerCase();
  return world.organization.mailServers?.find((entry) => fits(entry.emailAddress.toLowerCase(), address));
}

const patterns = new Map<string, RegExp>();

/** `*` stands for any text. */
export function fits(pattern: string, address: string): boolean {
  const known = patterns.get(pattern) ?? compile(pattern);
  patterns.set(pattern, known);
  return known.test(address);
}

function compile(pattern: string): RegExp {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'i');
}

/** success | hang | permanent:<code> | transient:<times> */
export function parseOutcome(written: string | undefined): Outcome {
  const [kind = 'success', detail = ''] = (written ?? 'success').split(':');
  if (kind === 'success' || kind === 'hang') return { kind };
  if (kind === 'permanent') return { kind, code: detail === '' ? 'UnknownEmailIntegrationError' : detail };
  if (kind === 'transient' && /^\d*$/.test(detail))
    return { kind, times: detail === '' ? 1 : Number(detail) };
  throw new Error(
    `mailServers: "${written ?? ''}" is not understood; write success, hang, permanent:<code> or transient:<times>`,
  );
}
