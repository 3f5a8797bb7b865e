/** How resources are called: one by its address, many by their number and the first few names. */

import { parseAddress } from '../model/address.ts';
import { type Style, signs } from './style.ts';
import { count, cut, textWidth, thousands, wrapWords } from './text.ts';

const KIND_NOUNS = { profile: 'profile', settings: 'settings', mailbox: 'mailbox' } as const;
const PLURALS: Readonly<Record<string, string>> = { mailbox: 'mailboxes', settings: 'settings' };

/** Sign-in name of a user, `queue/Support`, profile name: short, and still accepted by `explain` or close to it. */
export function shortName(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.kind === 'settings') return address;
  return parsed.sort === null || parsed.sort === 'user' ? parsed.name : `${parsed.sort}/${parsed.name}`;
}

/** "38 mailboxes", "2 profiles and 1 mailbox". */
export function countResources(addresses: readonly string[]): string {
  return [...byNoun(addresses)].map(([noun, number]) => count(number, noun, PLURALS[noun])).join(' and ');
}

/** "38 mailboxes", "1 mailboxes": for lines that scripts search, where numbers never inflect words. */
export function countFrozen(addresses: readonly string[]): string {
  return [...byNoun(addresses)]
    .map(([noun, number]) => `${number} ${PLURALS[noun] ?? `${noun}s`}`)
    .join(', ');
}

function byNoun(addresses: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const address of addresses) {
    const parsed = parseAddress(address);
    const noun = parsed === null ? 'resource' : KIND_NOUNS[parsed.kind];
    numbers.set(noun, (numbers.get(noun) ?? 0) + 1);
  }
  return numbers;
}

/** One resource by its address, several by their number. */
export function subject(addresses: readonly string[]): string {
  const [only] = addresses;
  return addresses.length === 1 && only !== undefined ? only : countResources(addresses);
}

/** Lines that names may take before they are shortened. */
const FEW_LINES = 2;
/** Names that are shown of many. */
const FEW_NAMES = 5;

/** All names where they are few or all are wanted; else the first few, and the number of the others. */
export function nameLines(
  names: readonly string[],
  indent: number,
  style: Style,
  most = FEW_LINES,
): readonly string[] {
  const { width } = style;
  if (names.length === 0) return [];
  const all = style.verbose === true || names.length <= most * width;
  const lines = all ? wrapWords(breakable(withCommas(names), width - indent), { width, indent }) : [];
  if (all && (style.verbose === true || lines.length <= most)) return lines;
  if (names.length <= FEW_NAMES)
    return wrapWords(breakable(withCommas(names), width - indent), { width, indent });
  const few = names.slice(0, FEW_NAMES).map((name) => cut(name, width - indent - 1, signs(style).ellipsis));
  const rest = `and ${thousands(names.length - few.length)} more`;
  return wrapWords([...withCommas(few), rest], { width, indent });
}

/** Names stay whole on a line; those that are wider than it are broken at their spaces. */
function breakable(names: readonly string[], room: number): readonly string[] {
  return names.flatMap((name) => (textWidth(name) > room ? name.split(' ') : name));
}

function withCommas(names: readonly string[]): readonly string[] {
  return names.map((name, index) => (index < names.length - 1 ? `${name},` : name));
}
