/** Who writes is told of the pauses that reads are asked for. */

import { expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { fault, json, START, wire } from './wire.test-support.ts';
import { createStepWriter } from './write-step.ts';

it('tells when each pause ends', async () => {
  const asked = ['600', '5'];
  const { transport, clock } = wire((_request, index) => {
    const seconds = asked[index];
    return seconds === undefined
      ? json({})
      : fault(429, '0x80072321', 'too much', { 'Retry-After': seconds });
  });
  const secrets = { resolve: async () => '', scrub: (text: string) => text };
  const told: number[] = [];
  createStepWriter(transport, CATALOGUE, secrets, clock).onPause((until) => told.push(until - START));
  await transport.get('WhoAmI');
  expect(told).toEqual([600_000, 605_000]);
});
