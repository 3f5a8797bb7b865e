/** Promise 10: every planned value says where it comes from: its line, or the step that made it a consequence. */

import { expect, it } from 'vitest';
import { openWorld } from '../world.ts';
import { CONFIG, CONTOSO } from './contoso.ts';

it('every step has a reason: a place in the configuration, an earlier step, or what a test showed', async () => {
  const world = await openWorld(CONTOSO);
  const { steps } = await world.plan();
  const earlier = new Set<string>();
  const unexplained = steps.filter(({ id, because }) => {
    const explained = because.some(
      ({ kind, source, of }) =>
        (kind === 'config' && source !== undefined) ||
        (kind === 'consequence' && of !== undefined && earlier.has(of)),
    );
    earlier.add(id);
    return !explained;
  });
  expect(steps.length).toBeGreaterThan(10);
  expect(unexplained).toEqual([]);
  await world.close();
});

it('every changed field of every resource names the line that declares it', async () => {
  const world = await openWorld(CONTOSO);
  const { resource_changes, steps } = await world.plan();
  const lines = CONFIG.split('\n');
  const defaults = new Set(
    steps.flatMap(({ address, set }) =>
      set.filter((change) => change.default === true).map(({ field }) => `${address} ${field}`),
    ),
  );
  const wrong = resource_changes.flatMap(({ address, change, sources }) =>
    Object.keys(change.after ?? {})
      .filter(
        (field) => change.before?.[field] !== change.after?.[field] && !defaults.has(`${address} ${field}`),
      )
      .filter((field) => {
        const { line } = sources[field] ?? { line: 0 };
        const key = field.split('.').at(-1) ?? '';
        // The name of a forward mailbox stands at its key.
        return !(lines[line - 1] ?? '').includes(key === 'name' ? ': ' : `${key}:`);
      })
      .map((field) => `${address} ${field} ${JSON.stringify(sources[field])}`),
  );
  expect(wrong).toEqual([]);
  await world.close();
});

it('a value that a rule sets names the rule', async () => {
  const world = await openWorld(CONTOSO);
  const { steps } = await world.plan();
  const approve = steps.find(({ id }) => id === 'mailbox:user/alice@contoso.com#approve');
  const line = CONFIG.split('\n').findIndex((text) => text.includes('approved: true')) + 1;
  expect(approve?.because).toEqual([
    { kind: 'config', source: { file: 'mailboxctl.yaml', line, column: 15, rule: 'everyone' } },
  ]);
  await world.close();
});
