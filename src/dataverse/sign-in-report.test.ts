import { expect, it } from 'vitest';
import type { RequestReport } from './exchange.ts';
import { reportingSignIn } from './sign-in-report.ts';

it.each<readonly [string, () => Promise<Response>, number | null]>([
  ['an answer', async () => Response.json({ access_token: 'canary' }), 200],
  ['a refusal', async () => Response.json({ error: 'canary' }, { status: 401 }), 401],
  ['no answer', () => Promise.reject(new TypeError('canary')), null],
])('tells host, status and time alone: %s', async (_name, reply, status) => {
  const told: RequestReport[] = [];
  let now = 0;
  const clock = (): number => {
    now += 20;
    return now;
  };
  const fetch = reportingSignIn(reply, (report) => told.push(report), clock);
  const body = 'client_secret=canary';
  const url = 'https://login.example.test/canary/oauth2/v2.0/token?canary=1';
  await fetch(new Request(url, { method: 'POST', body })).catch(() => null);
  expect(told).toEqual([
    {
      method: 'POST',
      path: 'sign-in at login.example.test',
      query: '',
      attempt: 1,
      status,
      durationMs: 20,
      serviceTime: null,
      requestId: null,
    },
  ]);
});
