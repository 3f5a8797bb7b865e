/** What a person answers for who carries out the approvals of a plan alone. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/plan.schema.json' with { type: 'json' };
import type { DeclaredResource } from '../model/config.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Observed } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import {
  environment,
  mailboxItem,
  profile,
  settings,
  settingsItem,
  user,
} from '../model/world.test-support.ts';
import { approvalsOf } from './approvals-of.ts';
import type { PlanOptions } from './context.ts';
import { planOf } from './planned.test-support.ts';

const A = 'mailbox:user/a@contoso.com';
const B = 'mailbox:user/b@contoso.com';

type Fields = Readonly<Record<string, Value>>;

/** Mail of `b` stops by an edit of the caller; everything about approval is left to a person. */
function planned(
  declared: Fields,
  actual: Fields,
  more: {
    readonly config?: Fields;
    readonly settings?: Fields;
    readonly options?: Partial<PlanOptions>;
  } = {},
): Plan {
  const mailboxes: DeclaredResource[] = [
    mailboxItem('user', 'a@contoso.com', declared),
    mailboxItem('user', 'b@contoso.com', { outgoing: 'none' }),
  ];
  const resources: Observed[] = [
    settings(more.settings),
    profile(),
    user('a@contoso.com', { fields: actual }),
    user('b@contoso.com'),
  ];
  return planOf({
    config: {
      environment: environment({ approvals: 'hand-off' }),
      settings: more.config === undefined ? null : settingsItem(more.config),
      mailboxes,
    },
    resources,
    options: more.options ?? {},
  });
}

function risksOf({ risks }: Plan): unknown {
  return risks.map(({ guard, addresses }) => [guard, addresses]);
}

/** Of the edit. */
const EDITED = [
  ['mail-stops', [B]],
  ['breaks-working-mailbox', [B]],
];

describe('the risks of the approvals', () => {
  const REQUIRED = { settings: { 'onlyApproved.users': false }, config: { 'onlyApproved.users': true } };

  it.each<[string, Plan, unknown, unknown]>([
    ['are not those of the edits', planned({ approved: true }, { approved: 'pending' }), EDITED, []],
    [
      'an approval against the word of a person',
      planned({ approved: true }, { approved: 'rejected' }),
      [...EDITED, ['approve-rejected', [A]]],
      [['approve-rejected', [A]]],
    ],
    [
      'mail that stops with an approval',
      planned({ approved: false }, {}),
      [
        ['mail-stops', [A, B]],
        ['breaks-working-mailbox', [B]],
      ],
      [['mail-stops', [A]]],
    ],
    [
      'what the configuration protects',
      planned({ approved: true, protect: true }, { approved: 'pending' }),
      [...EDITED, ['protected', [A]]],
      [['protected', [A]]],
    ],
    [
      'approval that is required no more',
      planned({}, {}, { config: { 'onlyApproved.users': false } }),
      [...EDITED, ['approval-off', ['settings:email']]],
      [['approval-off', ['settings:email']]],
    ],
    [
      'a mailbox that works without the approval that is required then',
      planned({}, { approved: 'pending' }, REQUIRED),
      [
        ['mail-stops', [B]],
        ['breaks-working-mailbox', [A, B]],
      ],
      [['breaks-working-mailbox', [A]]],
    ],
  ])('%s', (_name, plan, whole, own) => {
    expect([risksOf(plan), risksOf(approvalsOf(plan))]).toEqual([whole, own]);
  });

  it('count in the words of what they are about', () => {
    const plan = approvalsOf(planned({ approved: false }, {}));
    expect(plan.risks.map(({ message }) => message)).toEqual(['Mail that moves now stops for mailboxes: 1']);
  });

  it('are accepted where the plan was made', () => {
    const options = { allow: new Set(['mail-stops']) };
    const { risks } = approvalsOf(planned({ approved: false }, {}, { options }));
    expect(risks.map(({ allowed_by }) => allowed_by)).toEqual(['--allow mail-stops']);
  });

  it('are those of the targets', () => {
    const options = { targets: [(address: string) => address === 'settings:email'] };
    const plan = planned({ approved: false }, {}, { options, config: { 'onlyApproved.users': false } });
    expect(risksOf(approvalsOf(plan))).toEqual([['approval-off', ['settings:email']]]);
  });

  it('are those of the whole in a plan that does not tell them apart', () => {
    const { handoff_risks: _, ...earlier } = planned({ approved: true }, { approved: 'pending' });
    expect(risksOf(approvalsOf(earlier))).toEqual(EDITED);
  });
});

describe('the plan that hands off', () => {
  const plan = planned({ approved: false }, {});
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  it('is that of the schema', () => {
    expect([validate(plan), validate.errors]).toEqual([true, null]);
  });

  it('narrowed hands nothing off any more', () => {
    const { steps, handoffs, summary, handoff_risks } = approvalsOf(plan);
    expect([steps.map(({ id, hand_off }) => [id, hand_off]), handoffs, handoff_risks]).toEqual([
      [[`${A}#reject`, undefined]],
      [],
      undefined,
    ]);
    expect(summary).toEqual({ add: 0, change: 0, destroy: 0, approve: 1, test: 0, left: 0 });
  });
});
