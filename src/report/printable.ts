/**
 * Makes a document safe to print. Names, alerts and error texts come from the service, where anybody may have typed
 * them: a control character could redraw the terminal and hide what a plan does, an invisible one could make two names
 * look the same, and a log of a pipeline takes commands.
 */

/**
 * What makes a line of a log a command: of GitHub Actions at its beginning (`::name`), where a name may come to stand, or
 * anywhere (`##[name]`), of Azure Pipelines anywhere (`##vso[name]`).
 */
const COMMANDS = /(?<![0-9A-Za-z]):(?=:[A-Za-z])|#(?=#\w*\[)/gu;

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const LINE_BREAKS = /\r\n|[\n\r\u0085\u2028\u2029]/gu;
/**
 * Control characters, those that turn the direction of the text around them, invisible ones and halves of a pair. The
 * joiners that emoji and some scripts need (U+200C, U+200D) stay.
 */
const CONTROLS =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** What almost every text is made of; it needs no cleaning. */
const PLAIN = /^(?!.*(?:::|##))[ -~]*$/u;

/** Members that hold the value of a field, whose lines are compared one by one. */
const VALUES: ReadonlySet<string> = new Set(['from', 'to', 'desired', 'actual']);

/** Member that holds the path of a file, where a place in it is told. */
const PATH = 'file';

/** The same document, line breaks in its texts replaced by a space and control characters by their number. */
export function printable<T>(document: T): T {
  return cleaned(document, CLEAN) as T;
}

/**
 * The same, paths of files as they are: for formats that name a file to a program, which has to find it, and escape the
 * path by their own rules. Who puts such a path into a text cleans it there.
 */
export function printableButPaths<T>(document: T): T {
  return cleaned(document, { ...CLEAN, keepPaths: true }) as T;
}

interface Keeping {
  readonly keepLines: boolean;
  readonly keepPaths: boolean;
}

const CLEAN: Keeping = { keepLines: false, keepPaths: false };

function cleaned(data: unknown, keeping: Keeping): unknown {
  const { keepLines, keepPaths } = keeping;
  if (isPlain(data)) return data;
  if (typeof data === 'string') return keepLines ? printableLines(data) : printableText(data);
  if (Array.isArray(data)) return data.map((item) => cleaned(item, keeping));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      printableText(key),
      keepPaths && key === PATH && typeof value === 'string'
        ? value
        : cleaned(value, { keepPaths, keepLines: VALUES.has(key) }),
    ]),
  );
}

/** Whether it can stay as it is; copying a plan of thousands of steps would cost more than writing its page. */
function isPlain(data: unknown): boolean {
  if (typeof data === 'string') return PLAIN.test(data);
  if (Array.isArray(data)) return data.every(isPlain);
  if (typeof data !== 'object' || data === null) return true;
  const members = data as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) if (!PLAIN.test(key) || !isPlain(members[key])) return false;
  return true;
}

export function printableText(text: string): string {
  return text.replace(BREAKS, ' ').replace(CONTROLS, escaped).replace(COMMANDS, escaped);
}

function printableLines(text: string): string {
  return text.replace(LINE_BREAKS, '\n').split('\n').map(printableText).join('\n');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
