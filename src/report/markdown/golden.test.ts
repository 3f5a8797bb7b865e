/** Whole reports in Markdown, as they are posted. Read the golden files: they are how these reports look. */

import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.generated.ts';
import type { Problems } from '../../model/validate.generated.ts';
import { exampleApply, troubledApply } from '../fixtures/applies.ts';
import { carefulPlan, wildPlan } from '../fixtures/careful-plans.ts';
import { exampleDrift, hugeDrift, makeDrift } from '../fixtures/drifts.ts';
import { withHostileNames } from '../fixtures/hostile.ts';
import { declaredAt, makePlan } from '../fixtures/make-plan.ts';
import { examplePlan, hugeDifferentPlan, hugeEqualPlan, richPlan, users } from '../fixtures/plans.ts';
import { exampleStatus, makeMailbox, makeStatus } from '../fixtures/statuses.ts';
import { applyMarkdown } from './apply-markdown.ts';
import { driftMarkdown } from './drift-markdown.ts';
import { HOSTILE } from './made-plans.test-support.ts';
import { planMarkdown } from './plan-markdown.ts';
import { problemsOf } from './read-markdown.test-support.ts';
import { bytes } from './room.ts';
import { statusMarkdown } from './status-markdown.ts';
import { validateMarkdown } from './validate-markdown.ts';

const linkTo = (file: string, line: number): string => `https://code.example/mail/${file}#L${line}`;

/** Of the example, the edit was due before; the profile is of the request, with all that a base can tell. */
function planWithBase(): Plan {
  const was = { file: 'people.yaml', line: 6, column: 5, rule: 'everyone' };
  const now = { file: 'people.yaml', line: 13, column: 5, rule: 'sales' };
  const plan = richPlan();
  return {
    ...plan,
    applyable: true,
    risks: [],
    base: {
      config_digest: plan.config_digest,
      pending: plan.steps.filter(({ address }) => address.startsWith('mailbox:user/')).map(({ id }) => id),
      partly_pending: [{ id: 'mailbox:queue/サポート窓口#edit', fields: ['outgoing'] }],
      withdrawn: [
        {
          id: 'mailbox:queue/Fax#edit',
          verb: 'edit',
          address: 'mailbox:queue/Fax',
          set: [{ field: 'incoming', from: 'none', to: 'server-side-sync' }],
        },
      ],
      no_longer_managed: [
        ...users(7).map((address) => ({
          address,
          field: 'outgoing',
          was,
          now: null,
          value: 'server-side-sync',
        })),
        { address: 'mailbox:queue/Press', field: 'serverProfile', was, now, value: { ref: 'profile:Gmail' } },
        {
          address: 'mailbox:queue/Lobby',
          field: null,
          was: declaredAt('q.yaml', 3).source ?? was,
          now: null,
          value: null,
        },
      ],
      secret_references: [
        {
          address: 'mailbox:queue/Support',
          field: 'credentials.password',
          from: 'env:SUPPORT_PASSWORD',
          to: 'keyVault:https://vault.example/secrets/support',
          source: { file: 'queues.yaml', line: 9, column: 5 },
        },
      ],
    },
  };
}

function problems(diagnostics: readonly Diagnostic[]): Problems {
  return {
    format_version: '1.0',
    valid: diagnostics.every(({ severity }) => severity !== 'error'),
    environments: [{ name: 'prod', items: 12 }],
    files: ['mailboxctl.yaml', 'people.yaml'],
    diagnostics,
  };
}

const DIAGNOSTICS: readonly Diagnostic[] = [
  {
    code: 'unknown-key',
    severity: 'error',
    address: null,
    source: { file: 'people.yaml', line: 4, column: 5 },
    message: '"incomming" is not known',
    hint: 'Did you mean "incoming"?',
    frame: '> 4 |     incomming: none\n    |     ^^^^^^^^^',
  },
  {
    code: 'practice-outlook-method',
    severity: 'warning',
    address: 'mailbox:user/alice@contoso.com',
    source: null,
    message: 'outgoing "outlook" is deprecated by Microsoft',
    hint: null,
  },
];

const fresh = makeDrift(exampleDrift().findings.map((finding, at) => ({ ...finding, is_new: at % 2 === 0 })));

const REPORTS: readonly (readonly [name: string, report: () => string])[] = [
  ['plan-nothing', () => planMarkdown(makePlan())],
  ['plan-example', () => planMarkdown(examplePlan(), { planFile: 'plan.json', linkTo })],
  ['plan-rich', () => planMarkdown(richPlan())],
  ['plan-refused', () => planMarkdown(carefulPlan())],
  ['plan-3000-equal', () => planMarkdown(hugeEqualPlan(), { budget: 12_000 })],
  ['plan-3000-different', () => planMarkdown(hugeDifferentPlan(), { budget: 12_000 })],
  ['plan-3000-wild', () => planMarkdown(wildPlan(), { budget: 20_000 })],
  ['plan-hostile', () => planMarkdown(withHostileNames(richPlan(), HOSTILE))],
  ['plan-base', () => planMarkdown(planWithBase(), { planFile: 'plan.json', linkTo })],
  ['drift-none', () => driftMarkdown(makeDrift([]))],
  ['drift-example', () => driftMarkdown(exampleDrift())],
  ['drift-previous', () => driftMarkdown(fresh, { linkTo })],
  ['drift-3000', () => driftMarkdown(hugeDrift(), { budget: 12_000 })],
  ['drift-hostile', () => driftMarkdown(withHostileNames(exampleDrift(), HOSTILE))],
  ['apply-complete', () => applyMarkdown(exampleApply())],
  ['apply-incomplete', () => applyMarkdown(troubledApply())],
  ['apply-hostile', () => applyMarkdown(withHostileNames(troubledApply(), HOSTILE))],
  ['status-example', () => statusMarkdown(exampleStatus())],
  ['status-hostile', () => statusMarkdown(withHostileNames(exampleStatus(), HOSTILE))],
  ['validate-invalid', () => validateMarkdown(problems(DIAGNOSTICS), { linkTo })],
  ['validate-valid', () => validateMarkdown(problems([]))],
];

describe('reports', () => {
  it.each(REPORTS)('%s', async (name, report) => {
    await expect(report()).toMatchFileSnapshot(`golden/${name}.golden.md`);
  });

  it.each(REPORTS)('%s is whole, and no name in it does anything', (_, report) => {
    expect(problemsOf(report())).toEqual([]);
  });

  it.each([10_000, 20_000, 60_000])('of thousands fit into %i bytes', (budget) => {
    const status = makeStatus(users(3_000).map((address) => makeMailbox(address)));
    const files = problems(
      users(3_000).map((address) => ({
        ...(DIAGNOSTICS[0] as Diagnostic),
        address,
        message: `${address} is wrong`,
      })),
    );
    const drift = makeDrift(
      hugeDrift().findings.map((finding, at) => ({
        ...finding,
        actual: `method ${at}`,
        is_new: at % 2 === 0,
      })),
    );
    const texts = [
      planMarkdown(wildPlan(), { budget }),
      driftMarkdown(hugeDrift(), { budget }),
      driftMarkdown(drift, { budget }),
      statusMarkdown(status, { budget }),
      validateMarkdown(files, { budget }),
    ];
    for (const text of texts) {
      expect(bytes(text)).toBeLessThanOrEqual(budget);
      expect(problemsOf(text)).toEqual([]);
    }
  });
});
