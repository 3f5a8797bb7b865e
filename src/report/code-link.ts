/** Where a code of ours is explained: every diagnostic, guard and reason has a paragraph of its own there. */

const CODES = 'https://github.com/mailboxctl/mailboxctl/blob/main/schemas/codes.md';

export function codeLink(code: string): string {
  return `${CODES}#${code}`;
}
