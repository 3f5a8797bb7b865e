/** Follows the secrets of a scenario: each may stand in the request that sets it, and nowhere else, in no disguise. */

import { expect } from 'vitest';
import type { Plan } from '../../src/model/plan.generated.ts';
import { isSecret } from '../../src/model/value.ts';

type Intercept = (request: Request, pass: (request: Request) => Promise<Response>) => Promise<Response>;

export interface SecretsSeen {
  readonly intercept: Intercept;
  /** None of this holds a secret, as it is, in base64, or escaped for a URL or JSON. */
  readonly expectUnseen: (things: Readonly<Record<string, unknown>>) => void;
  /** The requests since the last call that held a secret are writes to records whose step sets one. */
  readonly expectSentBySteps: (plan: Plan) => void;
}

export function watchSecrets(env: Readonly<Record<string, string>>): SecretsSeen {
  const disguises = Object.values(env).flatMap(disguisesOf);
  const holdsOne = (text: string): boolean => disguises.some((disguise) => text.includes(disguise));
  let sent: string[] = [];
  return {
    intercept: async (request, pass) => {
      if (disguises.length === 0) return pass(request);
      const { method, url } = request;
      const [own = '', ...parts] = partsOf(await request.clone().text());
      const told = `${method} ${url}\n${JSON.stringify([...request.headers])}\n${own}`;
      if (holdsOne(told)) sent.push(`${method} ${url}`);
      for (const part of parts) if (holdsOne(part)) sent.push(part.replace(/ HTTP\/1\.1\b.*$/su, ''));
      return pass(request);
    },
    expectUnseen: (things) => {
      for (const [name, thing] of Object.entries(things)) {
        const text = typeof thing === 'string' ? thing : JSON.stringify(thing);
        expect(holdsOne(text), `a secret stands in: ${name}`).toBe(false);
      }
    },
    expectSentBySteps: ({ steps, records }) => {
      const setting = steps.filter(({ set }) => set.some(({ to }) => isSecret(to)));
      const ids = setting.flatMap(({ address }) => (records[address] ?? []).map(({ id }) => id));
      const strange = sent.filter(
        (request) => !request.startsWith('PATCH ') || !ids.some((id) => request.includes(`(${id})`)),
      );
      expect(strange, 'a secret was sent by a request that sets none').toEqual([]);
      sent = [];
    },
  };
}

/** The requests within a batch, each with its request line first; before them what belongs to none. */
function partsOf(body: string): readonly string[] {
  return body.split(/^(?=[A-Z]+ \S+ HTTP\/1\.1\r?$)/mu);
}

function disguisesOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}
