/** A whole report in Markdown, in no more bytes than there may be; says so where something is left out. */

import { bytes, type Piece, stacked } from './room.ts';

export interface Limits {
  readonly budget: number;
  /** Where everything can be read that has no room here: a sentence. */
  readonly everything: string;
}

export function fitReport(pieces: readonly Piece[], limits: Limits): string {
  const all = stacked(pieces);
  if (isWithin(pieces, limits)) return `${all.full}\n`;
  const last = lastLine(limits);
  return all.write(limits.budget - bytes(last)) + last;
}

/** Whether nothing has to be left out. */
export function isWithin(pieces: readonly Piece[], { budget }: Limits): boolean {
  return bytes(stacked(pieces).full) < budget;
}

/** What cannot be less, whatever is left out. */
export function leastBytes(pieces: readonly Piece[], limits: Limits): number {
  return bytes(stacked(pieces).least) + bytes(lastLine(limits));
}

function lastLine({ everything }: Limits): string {
  return `\n\nNot everything has room here: what is left out is counted in its place. ${everything}\n`;
}
