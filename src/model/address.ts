/**
 * The one codec of resource addresses (`profile:Exchange Online`, `settings:email`, `mailbox:queue/Support`) and
 * of the patterns that select them. The kind ends at the first `:`, a mailbox's sort at the first `/`; the rest
 * is literal. Addresses are compared NFC and case-insensitively and printed as the environment spells them.
 */

import { foldText } from './value.ts';

export type Kind = 'profile' | 'settings' | 'mailbox';
export type Sort = 'user' | 'queue' | 'forward';
/** `kind:key`, the stable natural key of a resource. */
export type Address = string;

export const KINDS: readonly Kind[] = ['profile', 'settings', 'mailbox'];
export const SORTS: readonly Sort[] = ['user', 'queue', 'forward'];
export const SETTINGS_ADDRESS: Address = 'settings:email';

export interface ParsedAddress {
  readonly kind: Kind;
  readonly sort: Sort | null;
  /** The natural key: profile name, `email`, sign-in name, queue name or forward mailbox name. */
  readonly name: string;
}

export function profileAddress(name: string): Address {
  return `profile:${name}`;
}

export function mailboxAddress(sort: Sort, name: string): Address {
  return `mailbox:${sort}/${name}`;
}

/** Takes an address apart; `null` when it is none. */
export function parseAddress(address: Address): ParsedAddress | null {
  const colon = address.indexOf(':');
  const kind = KINDS.find((known) => known === address.slice(0, colon).toLowerCase());
  const key = address.slice(colon + 1);
  if (colon < 0 || kind === undefined || key === '') return null;
  if (kind !== 'mailbox') return { kind, sort: null, name: key };
  const slash = key.indexOf('/');
  const sort = SORTS.find((known) => known === key.slice(0, slash).toLowerCase());
  if (slash < 0 || sort === undefined || slash === key.length - 1) return null;
  return { kind, sort, name: key.slice(slash + 1) };
}

/** The kind of an address that is known to be well formed. */
export function kindOf(address: Address): Kind {
  const parsed = parseAddress(address);
  if (parsed === null) throw new TypeError(`"${address}" is no resource address`);
  return parsed.kind;
}

/** The form under which an address is looked up. */
export function addressKey(address: Address): string {
  return foldText(address);
}

/** A matcher for text with `*` as the only wildcard (`\*` is a star), NFC and case-insensitive. */
export function textPattern(pattern: string): (text: string) => boolean {
  const fits = foldedPattern(pattern);
  return (text) => fits(foldText(text));
}

/**
 * The same for text that is folded already: who looks at many texts folds each once. Looks for the parts between the
 * stars from left to right, so that no pattern takes longer than the text is long.
 */
export function foldedPattern(pattern: string): (folded: string) => boolean {
  const parts = partsOf(foldText(pattern));
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let position = first.length;
    for (const part of others) {
      const found = text.indexOf(part, position);
      if (found < 0 || found + part.length > end) return false;
      position = found + part.length;
    }
    return true;
  };
}

/** What stands between the stars. */
function partsOf(pattern: string): readonly string[] {
  const parts = [''];
  for (const [sign] of pattern.matchAll(/\\\*|\*|[^*\\]+|\\/gu)) {
    if (sign === '*') parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign === '\\*' ? '*' : sign}`);
  }
  return parts;
}
