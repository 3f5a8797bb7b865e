/** Durations and shares as people write them; the schema has checked their shape. */

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `15m`, `24h`, `7d` in milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+)([smhd])$/u.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match === null || unit === undefined) throw new TypeError(`"${text}" is no duration`);
  return Number(match[1]) * unit;
}

/** `20%` as 0.2. */
export function parseShare(text: string): number {
  const match = /^(\d+) ?%$/u.exec(text);
  if (match === null) throw new TypeError(`"${text}" is no percentage`);
  return Number(match[1]) / 100;
}
