/** A saved plan comes back as it was, and one that is not intact does not come back at all. */

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.generated.ts';
import { canonicalPieces } from '../model/value.ts';
import { mailboxItem, profile, profileItem, settings, user } from '../model/world.test-support.ts';
import { planCore } from '../plan/make-plan.ts';
import { planOf } from '../plan/planned.test-support.ts';
import { sha256 } from './digest.ts';
import { PlanFileError, readPlanFile, writePlanFile } from './plan-file.ts';

const plan = planOf({
  config: {
    profiles: [profileItem('New', { type: 'exchange-online' })],
    mailboxes: [
      mailboxItem('user', 'a@contoso.com', { serverProfile: { ref: 'profile:New' }, testAndEnable: true }),
    ],
  },
  resources: [settings(), profile(), user('a@contoso.com')],
});

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-plan-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** What reading a file of this text says, without the path. */
async function refusal(text: string): Promise<string> {
  const path = join(directory, 'changed.json');
  await writeFile(path, text);
  const error = await readPlanFile(path, sha256).then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  if (error === 'accepted') return 'accepted';
  expect(error).toBeInstanceOf(PlanFileError);
  return String(error).replaceAll(path, 'FILE');
}

/** The plan as a newer version of the program would have written it, with the digest that fits. */
function newer(members: Readonly<Record<string, unknown>>): Plan {
  const changed = { ...plan, ...members, format_version: '1.7' } as unknown as Plan;
  return { ...changed, plan_digest: sha256(canonicalPieces(planCore(changed))) };
}

const CHANGED =
  'PlanFileError: FILE was changed since it was written: its digest does not match. Plan again.';

describe('a plan that is intact', () => {
  it('comes back as it was, and only its owner may read it', async () => {
    const path = join(directory, 'plan.json');
    await writePlanFile(path, plan);
    expect(await readPlanFile(path, sha256)).toEqual(plan);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(plan, null, 2)}\n`);
  });

  it('of a newer minor version may say more about anything but what is written', async () => {
    const path = join(directory, 'newer.json');
    const written = newer({ weather: 'fine' });
    await writeFile(path, JSON.stringify(written));
    expect(await readPlanFile(path, sha256)).toEqual(written);
  });

  it('may be printed in another way', async () => {
    expect(await refusal(JSON.stringify(plan))).toBe('accepted');
  });
});

describe('a plan that is not', () => {
  const [first, ...steps] = plan.steps;
  const [change, ...changes] = plan.resource_changes;
  it.each<[string, unknown, string]>([
    [
      'another format',
      { ...plan, format_version: '2.0' },
      'PlanFileError: FILE has the format "2.0"; this version reads 1.0. Plan again.',
    ],
    [
      'a step that says more than this version knows',
      newer({ steps: [{ ...first, hurry: true }, ...steps] }),
      'PlanFileError: FILE has the format "1.7", of which this version does not know: /steps/0 must NOT have additional properties. Plan again.',
    ],
    [
      'a newer format with a member less',
      { ...plan, format_version: '1.7', steps: undefined },
      'PlanFileError: FILE has the format "1.7", of which this version does not know: / must have required property \'steps\'. Plan again.',
    ],
    ['another digest in a newer format', { ...plan, format_version: '1.7' }, CHANGED],
    ['no format', {}, 'PlanFileError: FILE has the format undefined; this version reads 1.0. Plan again.'],
    ['a list', [], 'PlanFileError: FILE has the format undefined; this version reads 1.0. Plan again.'],
    ['null', null, 'PlanFileError: FILE is no plan: / must be object'],
    [
      'a member less',
      { ...plan, steps: undefined },
      "PlanFileError: FILE is no plan: / must have required property 'steps'",
    ],
    [
      'a member more',
      { ...plan, note: '' },
      'PlanFileError: FILE is no plan: / must NOT have additional properties',
    ],
    ['a step less', { ...plan, steps }, CHANGED],
    ['another value', { ...plan, steps: [{ ...first, set: [] }, ...steps] }, CHANGED],
    [
      'another organization',
      { ...plan, environment: { ...plan.environment, organization_id: 'other' } },
      CHANGED,
    ],
    [
      'a risk less',
      {
        ...plan,
        risks: [{ guard: 'max-changes', severity: 'refuse', message: '', addresses: [], allowed_by: null }],
      },
      CHANGED,
    ],
    ['another digest', { ...plan, plan_digest: `sha256:${'0'.repeat(64)}` }, CHANGED],
    [
      'resource changes that hide a step from policy tools',
      { ...plan, resource_changes: changes },
      'PlanFileError: FILE was changed since it was written: resource_changes do not follow from its steps. Plan again.',
    ],
    [
      'resource changes that say something else',
      { ...plan, resource_changes: [{ ...change, change: { ...change?.change, after: {} } }, ...changes] },
      'PlanFileError: FILE was changed since it was written: resource_changes do not follow from its steps. Plan again.',
    ],
  ])('%s', async (_name, data, expected) => expect(await refusal(JSON.stringify(data))).toBe(expected));

  it.each([
    ['empty', ''],
    ['cut off', JSON.stringify(plan).slice(0, -20)],
    ['text', 'Plan: 1 to add'],
  ])('%s', async (_name, text) =>
    expect(await refusal(text)).toBe('PlanFileError: FILE is no plan: it is not JSON'),
  );

  it('not there', async () => {
    const path = join(directory, 'nowhere.json');
    await expect(readPlanFile(path, sha256)).rejects.toMatchObject({
      name: 'PlanFileError',
      unreadable: true,
      message: expect.stringContaining(`The plan ${path} cannot be read: ENOENT`),
    });
  });
});
