/** Reads a report back with a parser of somebody else's, and counts what is in it: an outside view of our Markdown. */

import { marked, type Token, type Tokens } from 'marked';

/** All tokens, at any depth. */
function tokensOf(markdown: string): readonly Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(markdown, { gfm: true }), (token) => {
    found.push(token);
  });
  return found;
}

export interface Counted {
  /** What the titles of the section's entries stand for, or its list items. */
  readonly items: number;
  /** What the section says is left out. */
  readonly left: number;
  /** Entries whose names, and those counted as left out, are not as many as the title says. */
  readonly wrong: readonly string[];
}

interface Counting {
  items: number;
  left: number;
  bullets: number;
  wrong: string[];
  entry: { title: string; number: number; named: number; inList: boolean } | null;
}

/** Of each section by its heading. */
export function countSections(markdown: string): ReadonlyMap<string, Counted> {
  const sections = new Map<string, Counting>();
  let current: Counting | null = null;
  for (const token of marked.lexer(markdown, { gfm: true })) {
    if (token.type === 'heading') {
      if (current !== null) close(current);
      current = { items: 0, left: 0, bullets: 0, wrong: [], entry: null };
      sections.set(token.text, current);
    } else if (current !== null) countBlock(token, current);
  }
  if (current !== null) close(current);
  return sections;
}

function countBlock(token: Token, counting: Counting): void {
  if (token.type === 'list') {
    countList(token as Tokens.List, counting);
    return;
  }
  if (token.type !== 'paragraph') return;
  const { text, codes } = inlineOf(token as Tokens.Paragraph);
  const left = /^… and ([\d,]+) more/u.exec(text);
  if (left !== null) {
    counting.left += numberOf(left[1]);
    return;
  }
  const number = titleNumber(token as Tokens.Paragraph, text);
  if (number === null) {
    countNames(text, codes, counting);
    return;
  }
  close(counting);
  counting.items += number;
  counting.entry = { title: text, number, named: 0, inList: IN_LIST.test(text) };
}

/** Fields of a change are in lists too; they are not counted. */
function countList({ items }: Tokens.List, counting: Counting): void {
  counting.bullets += items.length;
  if (counting.entry?.inList !== true) return;
  for (const { text } of items) {
    const more = /^and ([\d,]+) more$/u.exec(text);
    counting.entry.named += more === null ? 1 : numberOf(more[1]);
  }
}

/** Titles whose things are told in a list below. */
const IN_LIST = /^, ([\d,]+) (errors?|warnings?|infos?):$/u;

/** What the title of an entry stands for; `null` for what is no title. */
function titleNumber(paragraph: Tokens.Paragraph, text: string): number | null {
  const [first] = paragraph.tokens;
  const list = IN_LIST.exec(text);
  if (list !== null) return numberOf(list[1]);
  if (first?.type !== 'strong') return null;
  const strong = (first as Tokens.Strong).text;
  const numbers = strong.match(/\d[\d,]*(?= (mailbox|profile|settings|resource|e-mail address))/gu);
  if (numbers === null) return 1;
  return numbers.reduce((sum, one) => sum + numberOf(one), 0);
}

/** A line of nothing but names, whose they are, and what is left out. */
const NAMES = /^(, | for | \(\)| \(by a person\)| ?and [\d,]+ more)*$/u;

function countNames(text: string, codes: number, { entry }: Counting): void {
  if (entry === null || !NAMES.test(text)) return;
  const more = /and ([\d,]+) more$/u.exec(text);
  const owners = text.match(/ for | \(\)/gu)?.length ?? 0;
  entry.named += codes - owners + numberOf(more?.[1] ?? '0');
}

function close(counting: Counting): void {
  const { entry } = counting;
  if (entry !== null && entry.number > 1 && entry.named !== entry.number)
    counting.wrong.push(`${entry.title}: ${entry.number}, and ${entry.named} named or counted`);
  counting.entry = null;
  if (counting.items === 0) counting.items = counting.bullets;
}

/** The words of a paragraph without its code spans, and how many of those there are. */
function inlineOf({ tokens }: Tokens.Paragraph): { readonly text: string; readonly codes: number } {
  let text = '';
  let codes = 0;
  for (const token of tokens) {
    if (token.type === 'codespan') codes += 1;
    else if (token.type === 'text') text += token.raw;
    else if (token.type === 'strong') text += (token as Tokens.Strong).text;
  }
  return { text, codes };
}

function numberOf(text = '0'): number {
  return Number(text.replaceAll(',', ''));
}

const OWN_HTML = /^(<details><summary>[\w ,]+<\/summary>|<\/details>|<\/?code>)$/u;
const OWN_LINK =
  /^https:\/\/(github\.com\/mailboxctl|code\.example|learn\.microsoft\.com|admin\.powerplatform\.microsoft\.com)/u;
/** What GitHub makes something of in plain words: mentions, references, addresses, pictures, mathematics. */
const ACTIVE = /@|#\d|\bGH-\d|https?:\/\/|www\.|:[\w+-]+:|\$|\b[0-9a-f]{7,40}\b/iu;

/** What is not whole, or does something that only our own words may do; nothing where all is well. */
export function problemsOf(markdown: string): readonly string[] {
  const tokens = tokensOf(markdown);
  const html = tokens.filter(({ type }) => type === 'html').map(({ raw }) => raw.trim());
  const opened = html.filter((raw) => raw.startsWith('<details>')).length;
  const closed = html.filter((raw) => raw === '</details>').length;
  return [
    ...html.filter((raw) => !OWN_HTML.test(raw)).map((raw) => `HTML ${raw}`),
    ...(opened === closed ? [] : [`${opened} folds opened, ${closed} closed`]),
    ...tokens.filter((token) => isForbidden(token)).map(({ type, raw }) => `${type} ${raw}`),
    ...plainTexts(markdown)
      .filter((text) => ACTIVE.test(text))
      .map((text) => `text ${text}`),
    ...tokens.filter(isCutFence).map(({ raw }) => `fence ${raw}`),
  ];
}

function isCutFence(token: Token): boolean {
  const [, ticks] = token.type === 'code' ? (/^(`{3,})\w/u.exec(token.raw) ?? []) : [];
  return ticks !== undefined && !token.raw.trimEnd().endsWith(`\n${ticks}`);
}

function isForbidden(token: Token): boolean {
  if (token.type === 'link') return !OWN_LINK.test((token as Tokens.Link).href);
  if (token.type === 'heading') return (token as Tokens.Heading).depth !== 3;
  return ['image', 'blockquote', 'hr', 'del', 'em', 'def', 'br'].includes(token.type);
}

/** Words outside code: all that GitHub looks at for mentions and references. */
function plainTexts(markdown: string): readonly string[] {
  const texts: string[] = [];
  const walk = (tokens: readonly Token[]): void => {
    let isCode = false;
    for (const token of tokens) {
      if (token.raw === '<code>') isCode = true;
      if (token.raw === '</code>') isCode = false;
      const inner = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
      if (token.type === 'text' && inner.length === 0 && !isCode) texts.push(token.raw);
      if (!isCode) walk(inner);
      if (token.type === 'list') for (const item of (token as Tokens.List).items) walk(item.tokens);
      if (token.type === 'table')
        for (const cells of (token as Tokens.Table).rows) for (const cell of cells) walk(cell.tokens);
    }
  };
  walk(marked.lexer(markdown, { gfm: true }));
  return texts;
}
