/** Documents as JSON text, for programs: as they are, nothing shortened and nothing replaced. */

export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
