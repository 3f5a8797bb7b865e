/** Where a code of ours is explained: every diagnostic, guard and reason has a paragraph of its own there. */

import type { Style } from './style.ts';

const CODES = 'https://github.com/mailboxctl/mailboxctl/blob/main/schemas/codes.md';

export function codeLink(code: string): string {
  return `${CODES}#${code}`;
}

/** OSC 8: `ESC ] 8 ; ; address ESC \`, the text, and the same without an address. It takes no columns. */
const LINK = '\u001b]8;;';
const END = '\u001b\\';

/** A code, or words that stand for it, as a link to its paragraph where the terminal follows links. */
export function linked(code: string, { links }: Pick<Style, 'links'>, text = code): string {
  return links === true ? `${LINK}${codeLink(code)}${END}${text}${LINK}${END}` : text;
}
