/** Names, values, places and codes of documents as Markdown. */

import picocolors from 'picocolors';
import type { PlanSource } from '../../model/plan.generated.ts';
import { isSecret, isSetFlag, isTestResults, isUnknown, type Value } from '../../model/value.ts';
import { codeLink } from '../code-link.ts';
import { countResources, shortName } from '../names.ts';
import { LINES_SHOWN, type Place, placesOf } from '../reason-text.ts';
import { thousands } from '../text.ts';
import { isLongText, textDiff } from '../text-diff.ts';
import { valueText } from '../value-text.ts';
import { nameList } from './blocks.ts';
import { code, fence, link, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { NOTHING, type Piece } from './room.ts';

/** One resource by its address, several by their number; with what is done, or is the matter, before it. */
export function subject(addresses: readonly string[], lead = ''): string {
  const [only] = addresses;
  if (addresses.length !== 1 || only === undefined)
    return `**${joined([lead, countResources(addresses)], ' ')}**`;
  return joined([lead === '' ? '' : `**${lead}**`, code(only)], ' ');
}

export function name(address: string): string {
  return code(shortName(address));
}

/** The names of several; of one the subject says it. */
export function namesOf(addresses: readonly string[]): Piece {
  return addresses.length > 1 ? nameList(addresses.map(name)) : NOTHING;
}

/** Words of ours about a value as they are; what it holds in a code span. */
export function value(what: Value): string {
  const text = valueText(what);
  // `(env:NAME, because …)`
  if (isSecret(what)) return code(what.secret) + prose(text.slice(what.secret.length + 1, -1));
  const isOurs = what === null || isSetFlag(what) || isUnknown(what) || isTestResults(what);
  return isOurs ? prose(text) : code(text);
}

export function beforeAfter(before: string, after: string): string {
  return `${before} → ${after}`;
}

/** Lines of a diff that are shown of a long text. */
const DIFF_SHOWN = 30;
const WIDTH = 400;

/** A change of a field: its values side by side, or line by line where they are long texts. */
export function difference(field: string, from: Value, to: Value): string {
  if (!isLongText(from) && !isLongText(to)) return `${code(field)}: ${beforeAfter(value(from), value(to))}`;
  return `${code(field)}:\n\n${diffFence(from, to)}`;
}

export function isLong(from: Value, to: Value): boolean {
  return isLongText(from) || isLongText(to);
}

export function diffFence(from: Value, to: Value): string {
  const lines = textDiff(from, to, 0, PLAIN);
  const shown = lines.slice(0, DIFF_SHOWN);
  const rest = lines.length - shown.length;
  return fence('diff', rest === 0 ? shown : [...shown, `(${thousands(rest)} more lines)`]);
}

const PLAIN = { colors: picocolors.createColors(false), unicode: true, width: WIDTH };

/** Places that are named of one thing. */
const PLACES_SHOWN = 4;

/** "rule `sales` (`people.yaml:6`)", each line a link where there is a page for it; empty without a source. */
export function places(sources: readonly PlanSource[], style: MarkdownStyle): string {
  const all = placesOf(sources);
  const rest = all.length - PLACES_SHOWN;
  const shown = all.slice(0, PLACES_SHOWN).map((place) => placeText(place, style));
  return [...shown, ...(rest > 0 ? [`and ${thousands(rest)} more places`] : [])].join('; ');
}

function placeText({ file, rule, lines }: Place, style: MarkdownStyle): string {
  const shown = lines.slice(0, LINES_SHOWN).map((line, at) => {
    const label = code(at === 0 ? `${file}:${line}` : String(line));
    return link(label, style.linkTo?.(file, line) ?? null);
  });
  const rest = lines.length - shown.length;
  const text = shown.join(', ') + (rest > 0 ? ` and ${thousands(rest)} more lines` : '');
  return rule === undefined ? text : `rule ${code(rule)} (${text})`;
}

/** A code of ours with the paragraph that explains it. */
export function codeName(what: string): string {
  return link(code(what), codeLink(encodeURIComponent(what)));
}

/** Parts of a sentence that may be empty. */
export function joined(parts: readonly string[], between: string): string {
  return parts.filter((part) => part !== '').join(between);
}

/** Ends a sentence, which may end already. */
export function sentence(text: string): string {
  return /[.!?:…]["'”’)]*$/u.test(text) ? text : `${text}.`;
}

/** First letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
