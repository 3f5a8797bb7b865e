/**
 * Text of others in Markdown: it shows what it is and does nothing else. Names come from the environment, where anybody
 * may have typed them: they must not break the markup, mention people, refer to issues, or become links, mathematics
 * or pictures. Everything doubtful becomes a code span, in which GitHub does none of that.
 */

import { printableText } from '../printable.ts';
import { cutText } from './room.ts';

/** Longer than any name or address that the service takes; one text may not use up a report. */
const LONGEST = 400;

/** A name, an address or a value: exactly as it is, to be copied. */
export function code(text: string): string {
  const shown = cutText(printableText(text), LONGEST);
  if (shown === '') return '`(empty)`';
  // A table ends its cell at `|` even within a code span; parsers differ about backticks within backticks; and what
  // begins with `[…]:` defines a link and is not shown, whatever the brackets are in.
  if (/[|`[\]]/u.test(shown)) return `<code>${entities(shown)}</code>`;
  return /^ .*\S.* $/u.test(shown) ? `\` ${shown} \`` : `\`${shown}\``;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
}

function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

/** A sentence with names in it: the words that could do something become code spans, the others stay as they are. */
export function prose(text: string): string {
  const words = cutText(printableText(text), LONGEST_SENTENCE).trim().split(/\s+/u);
  return words
    .map((word, index) => (index === 0 && isBlockLead(word) ? code(word) : proseWord(word)))
    .join(' ');
}

const LONGEST_SENTENCE = 2000;
/** What encloses a word or follows it in a sentence, and means nothing in Markdown. */
const WORD = /^(["'(“‘„«]*)(.*?)([.,;:!?"')”’»…]*)$/su;

function proseWord(word: string): string {
  if (word === '&') return '&amp;';
  if (!isDoubtful(word)) return word;
  const [, before = '', core = '', after = ''] = WORD.exec(word) ?? [];
  return core === '' ? code(word) : before + code(core) + after;
}

/** A list, a rule or a heading would begin. */
function isBlockLead(word: string): boolean {
  return /^([-+=]|\d{1,9}[.)])/u.test(word);
}

/** Signs of Markdown, HTML, mathematics, mentions and references. */
const SIGNS = /[*_#<>@[\]|~^$\\`&]/u;
const LINK = /:\/\/|www\.|mailto:|xmpp:/iu;
const SHORTCODE = /:[\w+-]+:/u;
/** `GH-12`, `CVE-2026-1`, `TICKET-7`: a repository may have references of its own. */
const REFERENCE = /(^|[^\p{L}])([A-Z]{2,}|gh)-\w/u;
const COMMIT = /(^|[^0-9a-z])[0-9a-f]{7,40}([^0-9a-z]|$)/iu;

function isDoubtful(word: string): boolean {
  return [SIGNS, LINK, SHORTCODE, REFERENCE, COMMIT].some((pattern) => pattern.test(word));
}

/** Lines as they are, to be copied as a whole. */
export function fence(language: 'text' | 'sh' | 'yaml' | 'diff', lines: readonly string[]): string {
  const body = lines.map(printableText).join('\n');
  const ticks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${ticks}${language}\n${body}\n${ticks}`;
}

/** A link on what is Markdown already; only what can be opened becomes one. */
export function link(label: string, url: string | null): string {
  if (url === null || !/^https?:\/\//iu.test(url)) return label;
  const target = url.replace(/[^\w\-.~:/?#@!$'+,;=%]/gu, (character) =>
    character === '&' ? '&amp;' : percent(character),
  );
  return `[${label}](${target})`;
}

function percent(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
