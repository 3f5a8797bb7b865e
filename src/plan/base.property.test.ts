/** Whatever two configurations say: everything that the base decided and would do is still there, or is told of. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Config } from '../model/config.ts';
import type { PlanBase } from '../model/plan.generated.ts';
import { canonical } from '../model/value.ts';
import {
  at,
  config,
  environment,
  mailboxItem,
  profile,
  rule,
  settings,
  user,
} from '../model/world.test-support.ts';
import { compareWithBase } from './base.ts';
import { makePlan } from './make-plan.ts';
import { contextOf } from './planned.test-support.ts';

const NAMES = ['ann@contoso.com', 'ben@contoso.com', 'cy@contoso.com'];
const UNTESTED = { approved: 'pending', 'tests.incoming': 'not-run', 'enabled.incoming': false };
const RESOURCES = [
  settings(),
  profile(),
  ...NAMES.map((name) => user(name)),
  user('di@contoso.com', { fields: UNTESTED }),
];

const method = fc.constantFrom('none', 'server-side-sync', 'outlook');
const fields = fc
  .record(
    { incoming: method, outgoing: method, approved: fc.boolean(), testAndEnable: fc.boolean() },
    { requiredKeys: [] },
  )
  .filter((some) => Object.keys(some).length > 0);
const rules = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('one', 'two', 'three'),
    fc.constantFrom('*', 'ann@*', '*@contoso.com', 'd*'),
    fields,
  ),
  { maxLength: 3, selector: ([name]) => name },
);
const items = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fields), {
  maxLength: 3,
  selector: ([name]) => name,
});
const mail = fc.constantFrom(null, { allow: ['ann@*'], others: 'leave' as const, source: at(3) });
const approvals = fc.constantFrom('apply' as const, 'hand-off' as const);

const configs: fc.Arbitrary<Partial<Config>> = fc.record({ rules, items, mail, approvals }).map((given) => ({
  environment: environment({ mail: given.mail, approvals: given.approvals }),
  rules: given.rules.map(([name, pattern, set], place) =>
    rule(name, set, { match: { emailAddress: [pattern] }, source: at(40 + place, 'mailboxctl.yaml', name) }),
  ),
  mailboxes: given.items.map(([name, set], place) =>
    mailboxItem('user', name, set, { source: at(60 + place) }),
  ),
}));

function sideOf(given: Partial<Config>) {
  const context = contextOf({ config: given, resources: RESOURCES });
  return { plan: makePlan(context), desired: context.desired };
}

type Side = ReturnType<typeof sideOf>;

function compared(head: Side, base: Side, given: Partial<Config>, before: Partial<Config>): PlanBase {
  const [{ rules: own }, { rules: baseRules }] = [config(given), config(before)];
  return compareWithBase(head, base, { rules: own, baseRules, references: [], isTargeted: () => true });
}

it('equal configurations differ in nothing', () => {
  fc.assert(
    fc.property(configs, (given) => {
      const side = sideOf(given);
      expect(compared(side, side, given, given)).toEqual({
        config_digest: side.plan.config_digest,
        pending: side.plan.steps.map(({ id }) => id),
        withdrawn: [],
        no_longer_managed: [],
        secret_references: [],
      });
    }),
  );
});

it('what the base would do is done, held back, or told as no longer done', () => {
  fc.assert(
    fc.property(configs, configs, (base, given) => {
      const [before, head] = [sideOf(base), sideOf(given)];
      const { withdrawn } = compared(head, before, given, base);
      const keys = (steps: readonly { id: string; set: readonly { field: string }[] }[]): readonly string[] =>
        steps.flatMap(({ id, set }) => set.map(({ field }) => `${id} ${field}`));
      const waiting = new Set(
        [...head.plan.held_back, ...head.plan.deferred].map(({ address, verb }) => `${address}#${verb}`),
      );
      const done = new Set(keys(head.plan.steps));
      const left = before.plan.steps.filter(
        ({ id }) => !waiting.has(id) || head.plan.steps.some((own) => own.id === id),
      );
      expect(keys(withdrawn)).toEqual(keys(left).filter((key) => !done.has(key)));
    }),
  );
});

it('what the base decided is decided, or told as no longer managed', () => {
  fc.assert(
    fc.property(configs, configs, (base, given) => {
      const [before, head] = [sideOf(base), sideOf(given)];
      const { no_longer_managed: lost } = compared(head, before, given, base);
      const fieldsOf = ({ desired }: Side): readonly string[] =>
        desired.resources.flatMap(({ address, fields: own }) =>
          [...own.keys()].map((field) => `${address} ${field}`),
        );
      const whole = new Set(lost.filter(({ field }) => field === null).map(({ address }) => address));
      const told = new Set(
        lost.filter(({ now }) => now === null).map(({ address, field }) => `${address} ${field}`),
      );
      const decided = new Set(fieldsOf(head));
      const withheld = new Set(head.desired.withheldApprovals.map(({ address }) => `${address} approved`));
      const untold = fieldsOf(before).filter(
        (key) =>
          !decided.has(key) && !told.has(key) && !withheld.has(key) && !whole.has(key.split(' ')[0] ?? ''),
      );
      expect(untold).toEqual([]);
      for (const key of told) expect(decided.has(key)).toBe(false);
      // What stays as it was decided is decided, whoever decides it.
      const valuesOf = ({ desired }: Side): ReadonlyMap<string, string> =>
        new Map(
          desired.resources.flatMap(({ address, fields: own }) =>
            [...own].map(([field, { value }]) => [`${address} ${field}`, canonical(value)] as const),
          ),
        );
      const [was, is] = [valuesOf(before), valuesOf(head)];
      const kept = lost.filter(({ address, field }) => is.has(`${address} ${field}`));
      for (const { address, field } of kept)
        expect(is.get(`${address} ${field}`)).not.toBe(was.get(`${address} ${field}`));
    }),
  );
});
