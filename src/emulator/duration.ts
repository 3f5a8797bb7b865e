/** Durations as people write them: 500ms, 10s, 3m, 2h, 1d. */

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function parseDuration(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text.trim());
  const unit = units[match?.[2] ?? ''];
  if (match === null || unit === undefined)
    throw new Error(`duration "${text}" is not understood; write for example 3m`);
  return Number(match[1]) * unit;
}
