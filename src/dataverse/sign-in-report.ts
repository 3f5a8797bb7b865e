/** Tells of each request of a sign-in what a log may know: to which host, how it went and how long it took. */

import type { RequestReport } from './exchange.ts';
import type { Fetch } from './http.ts';

/** Path, query, headers and bodies stay out: they hold tenants, secrets and tokens. */
export function reportingSignIn(
  fetch: Fetch,
  onRequest: ((report: RequestReport) => void) | undefined,
  now: () => number = () => performance.now(),
): Fetch {
  if (onRequest === undefined) return fetch;
  return async (request) => {
    const started = now();
    const report = (status: number | null): void =>
      onRequest({
        method: request.method === 'POST' ? 'POST' : 'GET',
        path: `sign-in at ${new URL(request.url).host}`,
        query: '',
        attempt: 1,
        status,
        durationMs: now() - started,
        serviceTime: null,
        requestId: null,
      });
    try {
      const answer = await fetch(request);
      report(answer.status);
      return answer;
    } catch (error) {
      report(null);
      throw error;
    }
  };
}
