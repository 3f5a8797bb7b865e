/** Times and durations for people. Times are the service's, in UTC: a report is read in several countries. */

/** `2026-11-21 09:00 UTC`. */
export function timeText(iso: string): string {
  return textUpTo(iso, 'YYYY-MM-DD HH:MM'.length);
}

/** `2026-11-21 09:00:42 UTC`. */
export function exactTimeText(iso: string): string {
  return textUpTo(iso, 'YYYY-MM-DD HH:MM:SS'.length);
}

function textUpTo(iso: string, length: number): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, length).replace('T', ' ')} UTC`;
}

/** `130 s`, `25 min`, `3 h 20 min`: as exact as a forecast is. */
export function durationText(seconds: number): string {
  if (seconds < 300) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** `00:42`, `1:02:03`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number: number): string => String(number).padStart(2, '0');
  const short = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? short : `${Math.floor(seconds / 3600)}:${short}`;
}
