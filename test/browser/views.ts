/** The pages that are tried and looked at in a browser: small ones with everything on them, and large ones. */

import type { DriftFinding } from '../../src/model/drift.generated.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { Status, StatusAlert } from '../../src/model/status.generated.ts';
import { carefulPlan } from '../../src/report/fixtures/careful-plans.ts';
import { exampleDrift, makeDrift } from '../../src/report/fixtures/drifts.ts';
import {
  approval,
  change,
  declaredAt,
  makePlan,
  makeStep,
  test,
} from '../../src/report/fixtures/make-plan.ts';
import { richPlan, users } from '../../src/report/fixtures/plans.ts';
import { exampleStatus, makeMailbox, makeStatus, tests } from '../../src/report/fixtures/statuses.ts';
import { driftHtml } from '../../src/report/html/drift-html.ts';
import { mergedHtml } from '../../src/report/html/merged-html.ts';
import { planHtml } from '../../src/report/html/plan-html.ts';
import { statusHtml } from '../../src/report/html/status-html.ts';
import { mixed, rolledOut } from '../../src/report/merged-results.test-support.ts';

export const LARGE = 5000;

/** Everything that a page can say, by name. */
export function smallViews(): Readonly<Record<string, string>> {
  return {
    plan: planHtml(richPlan()),
    'plan-careful': planHtml(withBase(carefulPlan())),
    'plan-nothing': planHtml(makePlan()),
    drift: driftHtml(exampleDrift()),
    'drift-none': driftHtml(makeDrift([])),
    status: statusHtml(statusOfUnits()),
    'status-none': statusHtml(makeStatus([])),
    merged: mergedHtml(rolledOut()),
    'merged-mixed': mergedHtml(mixed()),
  };
}

/** As a request sees it that takes some of it back. */
function withBase(plan: Plan): Plan {
  const place = { file: 'people.yaml', line: 7, column: 5 };
  return {
    ...plan,
    base: {
      config_digest: `sha256:${'2d'.repeat(32)}`,
      pending: plan.steps.slice(0, 2).map(({ id }) => id),
      withdrawn: [
        {
          id: 'mailbox:user/zoe@contoso.com#edit',
          verb: 'edit',
          address: 'mailbox:user/zoe@contoso.com',
          set: [change('incoming', 'none', 'server-side-sync')],
        },
      ],
      no_longer_managed: [
        {
          address: 'mailbox:user/yves@contoso.com',
          field: 'outgoing',
          was: place,
          now: null,
          value: 'outlook',
        },
        {
          address: 'mailbox:user/yves@contoso.com',
          field: 'incoming',
          was: place,
          now: { file: 'mailboxctl.yaml', line: 47, column: 5, rule: 'everyone-in-sales' },
          value: 'server-side-sync',
        },
      ],
      secret_references: [
        {
          address: 'profile:Exchange',
          field: 'incoming.password',
          from: 'env:OLD_PASSWORD',
          to: 'keyVault:https://contoso.vault.azure.net/secrets/exchange',
          source: { file: 'mailboxctl.yaml', line: 23, column: 7 },
        },
      ],
    },
  };
}

function statusOfUnits(): Status {
  const status = exampleStatus();
  const mailboxes = status.mailboxes.map((mailbox, index) =>
    index % 3 === 2 ? mailbox : { ...mailbox, business_unit: index % 3 === 0 ? 'Sales' : 'Service EMEA' },
  );
  return { ...status, mailboxes };
}

/** Each mailbox is changed, approved and tested in a way of its own: nothing can be put together. */
export function largePlan(): Plan {
  const steps = users(LARGE).flatMap((address, index) => {
    const name = `person${index}@contoso.com`;
    const because = [declaredAt('config/people/of-all-regions.yaml', 3 + index * 4)];
    const consequence = { kind: 'consequence', why: `reason number ${index}` } as const;
    return [
      makeStep(address, 'readdress', {
        set: [
          change('emailAddress', `previous.${name}`, name),
          change('serverProfile', { ref: 'profile:Gmail' }, { ref: 'profile:Exchange Online' }),
        ],
        because,
      }),
      approval(address, name, { because: [...because, consequence] }),
      test(address, { incoming: 'not-run', outgoing: 'failure' }, { because: [...because, consequence] }),
    ];
  });
  return makePlan({
    steps,
    diagnostics: users(LARGE).map((address, index) => ({
      code: `practice-${index % 12}`,
      severity: 'warning',
      address,
      file: 'config/people/of-all-regions.yaml',
      line: 3 + index * 4,
      column: 5,
      message: `${address} is worth a look for reason number ${index}`,
      hint: 'Have a look.',
    })),
    risks: [
      {
        guard: 'max-changes',
        severity: 'refuse',
        message: '5,000 of 5,000 mailboxes change',
        addresses: users(LARGE),
        allowed_by: null,
      },
    ],
    forecast: { requests: 15_000, messages: LARGE, seconds: 20_000 },
  });
}

export function largeDrift(): ReturnType<typeof makeDrift> {
  const findings = users(LARGE).map(
    (address, index): DriftFinding => ({
      class: index % 3 === 0 ? 'health' : 'configuration',
      subclass: index % 3 === 0 ? 'failed' : null,
      address,
      field: 'emailAddress',
      desired: `wanted${index}@contoso.com`,
      actual: `found${index}@contoso.com`,
      since: '2026-11-20T08:30:00Z',
      by: `Person ${index % 50}`,
      source: { file: 'people.yaml', line: 3 + index, column: 5 },
      severity: index % 2 === 0 ? 'high' : 'medium',
      message: null,
      is_new: index % 10 === 0,
    }),
  );
  return makeDrift(findings);
}

export function largeStatus(): Status {
  const mailboxes = users(LARGE).map((address, index) => {
    const unit = { business_unit: `Unit ${index % 20}` };
    if (index % 10 !== 0) return makeMailbox(address, unit);
    return makeMailbox(address, {
      ...unit,
      tests: tests('failure', 'success', 'success'),
      alerts: [failure(address)],
    });
  });
  return makeStatus(mailboxes);
}

function failure(address: string): StatusAlert {
  return {
    level: 'error',
    time: '2026-11-21T03:10:00Z',
    text: `Email cannot be received for the mailbox of ${address}.`,
    code: '8005E272',
    hint: 'Exchange does not let the account in. Check the profile, and licence and password of the account.',
    cause: 'The account that the profile uses is not authorized.',
    effect: 'disabled',
    article:
      'https://learn.microsoft.com/troubleshoot/power-platform/dataverse/email-exchange-synchronization',
  };
}

export function largeViews(): Readonly<Record<string, string>> {
  return {
    plan: planHtml(largePlan()),
    drift: driftHtml(largeDrift()),
    status: statusHtml(largeStatus()),
  };
}

/** Names that would be markup, end an element, load something, or turn the text around them. */
export const HOSTILE: readonly string[] = [
  '<script>globalThis.harmed = true</script>',
  '<img src=x onerror="globalThis.harmed = true">',
  '</script><script>globalThis.harmed = true</script>',
  '</style><link rel=stylesheet href=https://example.invalid/a.css>',
  '"><svg onload=globalThis.harmed=true>',
  '<!--<script>',
  'javascript:globalThis.harmed=true',
  '{{constructor.constructor("globalThis.harmed=true")()}}',
  'safe\u202egnp.exe\u2066\u2069',
  '&lt;b&gt;&amp;',
];

/** The same pages where everybody's name is one of these. */
export function hostileViews(): Readonly<Record<string, string>> {
  const name = (index: number): string => HOSTILE[index % HOSTILE.length] ?? '';
  const harmful = <T>(document: T): T => {
    let next = 0;
    const texts = JSON.parse(JSON.stringify(document), (key, value: unknown) => {
      if (typeof value !== 'string' || KEPT.has(key)) return value;
      next += 1;
      return HARMED.has(key) ? `${value} ${name(next)}` : value;
    });
    return texts as T;
  };
  return {
    plan: planHtml(harmful(withBase(richPlan()))),
    drift: driftHtml(harmful(exampleDrift())),
    status: statusHtml(harmful(statusOfUnits())),
  };
}

/** Words that a document takes from a list of ours. */
const KEPT: ReadonlySet<string> = new Set(['format_version', 'verb', 'severity', 'class']);
const HARMED: ReadonlySet<string> = new Set([
  ...['address', 'email_address', 'name', 'url', 'message', 'hint', 'from', 'to', 'for', 'desired', 'actual'],
  ...['file', 'rule', 'by', 'text', 'code', 'cause', 'article', 'server_profile', 'business_unit', 'field'],
  ...['where', 'command', 'guard', 'detail'],
]);
