/** The output of a command as Markdown: in a fence that no line of it ends. */

/** The end tells most, and all of it is in the log. */
const MOST_CHARACTERS = 4_000;

export function quoted(text: string): string {
  const plain = printable(text).trim();
  const shown = plain.length > MOST_CHARACTERS ? `…${plain.slice(-MOST_CHARACTERS)}` : plain;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}\n`;
}

/** Without colours, control characters and those that turn the direction of writing. */
function printable(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replaceAll(/\u001b\[[0-9;]*m/gu, '')
      .replaceAll('\r\n', '\n')
      .replaceAll(/[^\P{C}\n\t]|[\u2028\u2029]/gu, '\uFFFD')
  );
}
