/** Promise 2: every written column belongs to exactly one step of the plan; a step that is not needed sends nothing. */

import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { expectOnlySteps, writesIn } from '../scenarios/requests-seen.ts';
import { openWorld } from '../world.ts';
import { CONTOSO } from './contoso.ts';

interface Write {
  readonly during: readonly string[];
  readonly id: string;
}

/** The write itself, or those inside of a batch. */
const WRITTEN = /(?:PATCH|PUT|DELETE) \S*\(([0-9a-f-]{36})\)/gu;

/** The steps that had been announced and not answered when each write arrived. */
async function applyWatched() {
  const writes: Write[] = [];
  const open = new Set<string>();
  const world = await openWorld({
    ...CONTOSO,
    intercept: async (request, pass) => {
      const { method, url } = request;
      const text = method === 'POST' ? await request.clone().text() : `${method} ${url}`;
      for (const [, id = ''] of text.matchAll(WRITTEN)) writes.push({ during: [...open], id });
      return pass(request);
    },
  });
  const plan = await world.plan();
  const before = world.emulator.log.length;
  const result = await world.apply(
    plan,
    { lanes: { start: 1, most: 1 } },
    {
      onEvent: ({ event, step }) => {
        if (event === 'intent' && step !== undefined) open.add(step);
        if (event === 'answered' && step !== undefined) open.delete(step);
      },
    },
  );
  return { world, plan, result, writes, log: world.emulator.log.slice(before) };
}

it('writes nothing but what a step sets, after it was announced, on its own records', async () => {
  const { world, plan, writes, log } = await applyWatched();
  expectOnlySteps(log, plan, CATALOGUE);
  expect(writes.length).toBe(writesIn(log).length);
  const strange = writes.filter(({ during, id }) => {
    const announced = plan.steps.filter((step) => during.includes(step.id));
    const own = announced.filter(({ address }) => plan.records[address]?.some((record) => record.id === id));
    return own.length !== 1;
  });
  expect(strange).toEqual([]);
  await world.close();
});

it('no two steps of a plan set the same field of the same resource', async () => {
  const world = await openWorld(CONTOSO);
  const { steps } = await world.plan();
  const fields = steps.flatMap(({ address, set }) => set.map(({ field }) => `${address} ${field}`));
  expect(new Set(fields).size).toBe(fields.length);
  await world.close();
});

it('has an outcome for every step of the plan, and for nothing else', async () => {
  const { world, plan, result } = await applyWatched();
  expect(result.outcomes.map(({ step }) => step)).toEqual(plan.steps.map(({ id }) => id));
  await world.close();
});

it('sends nothing for a step that somebody else carried out', async () => {
  const world = await openWorld(CONTOSO);
  const plan = await world.plan();
  const step = plan.steps.find(({ verb }) => verb === 'activate');
  await world.edit([{ table: 'mailbox', name: 'Asleep', set: { statecode: 0, statuscode: 1 } }]);
  const before = world.emulator.log.length;
  const { outcomes } = await world.apply(plan);
  const ids = (plan.records[step?.address ?? ''] ?? []).map(({ id }) => id);
  const written = writesIn(world.emulator.log.slice(before)).filter(({ path }) =>
    ids.some((id) => path.includes(id)),
  );
  expect(ids.length).toBeGreaterThan(0);
  expect(written).toEqual([]);
  expect(outcomes.find((outcome) => outcome.step === step?.id)).toMatchObject({
    kind: 'applied',
    already: true,
  });
  await world.close();
});
