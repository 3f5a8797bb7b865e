/** How many requests a run has under way at once. */

/** Where the service recommends nothing. */
const DEFAULT_LANES = 4;
/** The service's own limit of concurrent requests is 52 (Microsoft Learn, "Service protection API limits"). */
const MOST_LANES = 16;

/** What was asked for, else what the service recommends, within what is good for it. */
export function lanesFor(wanted: number | null, recommended: number | null): number {
  return Math.max(1, Math.min(wanted ?? recommended ?? DEFAULT_LANES, MOST_LANES));
}

/** One silent refusal is enough of an application user; a person's rights may be seen late. */
export function refusalsUntilHandOff(caller: { readonly applicationUser: boolean } | null): number {
  return caller !== null && !caller.applicationUser ? 3 : 1;
}
