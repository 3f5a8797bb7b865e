/** Results of several environments for tests, joined as the program joins them. */

import { merge } from '../merge/merge.ts';
import { type Mergeable, take } from '../merge/take.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { EnvironmentEntry } from '../model/environments.generated.ts';
import type { Plan, PlanDeclared, PlanDiagnostic, PlanStep } from '../model/plan.generated.ts';
import type { Merged, MergedProblem } from '../model/report.generated.ts';
import type { Value } from '../model/value.ts';
import { exampleApply, troubledApply } from './fixtures/applies.ts';
import { exampleDrift } from './fixtures/drifts.ts';
import { approval, change, declaredAt, makePlan, makeStep, test } from './fixtures/make-plan.ts';
import { users } from './fixtures/plans.ts';
import { exampleStatus } from './fixtures/statuses.ts';

export function environmentOf(name: string): Plan['environment'] {
  return {
    name,
    url: `https://contoso-${name}.crm4.dynamics.com`,
    organization_id: `7d000000-0000-0000-0000-${String(name.length).padStart(12, '0')}`,
  };
}

export function planIn(name: string, steps: readonly PlanStep[], parts: Partial<Plan> = {}): Mergeable {
  return { kind: 'plan', document: makePlan({ steps, environment: environmentOf(name), ...parts }) };
}

export function driftIn(name: string, drift: Drift): Mergeable {
  return { kind: 'drift', document: { ...drift, environment: environmentOf(name) } };
}

export function declares(
  item: string,
  field: string,
  value: Value,
  [resources, left]: readonly [number, number],
): PlanDeclared {
  return { item, field, value, resources, left };
}

export function entryOf(name: string): EnvironmentEntry {
  const { url, organization_id } = environmentOf(name);
  return { environment: name, purpose: 'production', url, organization_id, approvals: 'apply' };
}

/** Files are called as the result and the environment. */
export function merged(
  results: readonly Mergeable[],
  problems: readonly MergedProblem[] = [],
  declared: readonly EnvironmentEntry[] = [],
): Merged {
  const taken = results.map((result) => take(`${result.kind}-${nameOf(result)}.json`, result));
  return merge({ taken, problems, declared });
}

function nameOf(result: Mergeable): string {
  return result.kind === 'apply' ? result.document.plan.environment.name : result.document.environment.name;
}

const ONLINE = { ref: 'profile:Exchange Online' };
const GMAIL = { ref: 'profile:Gmail' };
const wave = declaredAt('config/rules.yaml', 14, 'wave-2');

function moved(address: string): PlanStep {
  return makeStep(address, 'edit', { set: [change('serverProfile', GMAIL, ONLINE)], because: [wave] });
}

/** Dev is done, test has half of wave 2 before it, production all of it and more, staging has left nothing behind. */
export function rolledOut(): Merged {
  const people = users(212);
  const support = 'mailbox:queue/Support';
  const settings = makeStep('settings:email', 'edit', {
    set: [change('tracking.folderLevel', false, true)],
    because: [declaredAt('config/settings.yaml', 3)],
  });
  const production = [
    settings,
    ...people.map(moved),
    makeStep('profile:Old POP3', 'delete', { set: [change('name', 'Old POP3', null)] }),
    approval(support, 'support@contoso.com'),
    { ...approval('mailbox:queue/Sales', 'sales@contoso.com'), hand_off: true },
    ...people.slice(0, 30).map((address) => test(address, { incoming: 'success', outgoing: 'success' })),
  ];
  const declared = (left: number): readonly PlanDeclared[] => [
    declares('rule:wave-2', 'serverProfile', ONLINE, [212, left]),
    declares('rule:wave-2', 'testAndEnable', true, [212, Math.min(30, left)]),
    declares('settings:email', 'tracking.folderLevel', true, [1, left > 100 ? 1 : 0]),
  ];
  return merged(
    [
      planIn('dev', [], { declared: declared(0) }),
      planIn('test', people.slice(0, 60).map(moved), { declared: declared(60) }),
      planIn('prod', production, {
        declared: declared(212),
        risks: [{ guard: 'delete', severity: 'refuse', message: 'deleted', addresses: [], allowed_by: null }],
      }),
    ],
    [
      { file: 'plan-eu.json', reason: 'empty', message: 'is empty' },
      { file: 'plan-us.json', reason: 'error', message: 'holds an error and no result: sign-in failed' },
    ],
    ['dev', 'test', 'staging', 'prod'].map(entryOf),
  );
}

/** A pull request seen from two environments: what it does, what was due before it, what it lets go. */
export function requested(): Merged {
  const people = users(3);
  const support = 'mailbox:queue/Support';
  const at = (line: number) => ({ file: 'config/queues.yaml', line, column: 3 });
  const stops = {
    guard: 'mail-stops',
    severity: 'refuse',
    message: '2 mailboxes stop to send mail',
    addresses: ['mailbox:queue/Events', 'mailbox:queue/Press'],
    allowed_by: null,
  } as const;
  const steps = [
    ...people.map(moved),
    makeStep('profile:Partner', 'create', {
      set: [change('incoming.server', null, 'imap.partner.example')],
      because: [declaredAt('config/profiles.yaml', 4)],
    }),
    approval(support, 'support@contoso.com'),
    { ...approval('mailbox:queue/Sales', 'sales@contoso.com'), hand_off: true },
  ];
  const lost = (name: string, now: number | null) => ({
    ...{ address: `mailbox:queue/${name}`, field: 'incoming', was: at(7), value: 'server-side-sync' },
    now: now === null ? null : at(now),
  });
  const base = {
    config_digest: '',
    pending: [`${support}#approve`, ...people.slice(1).map((address) => `${address}#edit`)],
    withdrawn: [],
    no_longer_managed: [lost('Events', null), lost('Press', null), lost('Lobby', 12)],
    secret_references: [
      {
        address: 'profile:Gmail',
        field: 'incoming.password',
        from: 'env:OLD',
        to: 'env:NEW',
        source: { file: 'config/profiles.yaml', line: 9, column: 5 },
      },
    ],
  };
  const warning: PlanDiagnostic = {
    ...{ code: 'read-incomplete', severity: 'warning', address: null, file: null, line: null, column: null },
    ...{ message: 'memberships could not be read', hint: null },
  };
  return merged([
    planIn('prod', steps, { base, risks: [stops], diagnostics: [warning, warning] }),
    planIn('test', people.slice(0, 2).map(moved), { base: { ...base, pending: [], no_longer_managed: [] } }),
  ]);
}

/** More people are given access than have room in a comment. */
export function crowded(): Merged {
  return merged(
    ['prod', 'test'].map((name) =>
      planIn(
        name,
        users(2_000).map((address) => approval(address, address.slice('mailbox:user/'.length))),
      ),
    ),
  );
}

/** A plan, a drift report, a status and two applies side by side. */
export function mixed(): Merged {
  const status = exampleStatus();
  return merged([
    planIn('dev', []),
    driftIn('prod', exampleDrift()),
    driftIn('test', exampleDrift()),
    { kind: 'status', document: { ...status, environment: environmentOf('prod') } },
    applyIn('test', exampleApply()),
    applyIn('prod', troubledApply()),
  ]);
}

function applyIn(name: string, report: ReturnType<typeof exampleApply>): Mergeable {
  const plan = { ...report.plan, environment: environmentOf(name) };
  return { kind: 'apply', document: { alerts: {}, ...report, format_version: '1.0', stopped: null, plan } };
}

/** Names that somebody typed who means no good. */
export function hostile(): Merged {
  const name = '@everyone | <img src=x onerror=alert(1)> `</details>` ::error::x \u202e#12';
  return merged(
    [
      planIn(name, [moved(`mailbox:queue/${name}`)], {
        declared: [declares(`rule:${name}`, 'incoming', name, [1, 1])],
      }),
      planIn('dev', [], { declared: [declares(`rule:${name}`, 'incoming', name, [1, 0])] }),
    ],
    [{ file: `${name}.json`, reason: 'error', message: `holds an error and no result: ${name}` }],
  );
}

/** A thousand environments: a few stages of one roll-out, each with mailboxes of its own. */
export function thousand(): Merged {
  const results = Array.from({ length: 1_000 }, (_, index) => {
    const name = `tenant-${String(index).padStart(4, '0')}`;
    const left = index % 4;
    const own = Array.from({ length: left }, (__, at) => moved(`mailbox:user/person${at}@${name}.example`));
    return planIn(name, left === 0 ? [] : [moved('mailbox:queue/Support'), ...own], {
      declared: [declares('rule:wave-2', 'serverProfile', ONLINE, [4, left])],
    });
  });
  return merged(results);
}
