/** Plans of every shape for property tests: few and many, equal and different, with names as wanted. */

import fc from 'fast-check';
import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { approval, change, declaredAt, makePlan, makeStep, test } from '../fixtures/make-plan.ts';

/** Names that an environment can hold, and that want to be something else in Markdown. */
export const HOSTILE: readonly string[] = [
  '| a | b |',
  '`code`',
  '``` fence',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details>',
  '<!-- hidden',
  '-->',
  '[link](https://evil.example)',
  '![img](https://evil.example/a.png)',
  '[ref]: https://evil.example',
  '*bold* _it_ ~~del~~',
  '# heading',
  '- item',
  '+ item',
  '1. item',
  '1) item',
  '> quote',
  '---',
  '===',
  '@octocat',
  '@contoso/admins please',
  '#12',
  'GH-12',
  'contoso/mail#3',
  'a1b2c3d4e5f6',
  'www.evil.example',
  'https://evil.example/?a=1&b=2',
  'HTTP://EVIL.EXAMPLE',
  '$x^2$ and $$y$$',
  ':tada: :+1:',
  '&lt;b&gt; & &#64;octocat',
  '\\`not code\\`',
  '\\',
  '`',
  '`` ` ``',
  ' spaces around ',
  '[^1]',
  '[x] done',
  '$`1+1`$',
  'line\nbreak\r\n# heading',
  '::warning::x',
  '%0A::error::x',
  'mailto:a@b.example',
  "it's '; rm -rf ~ #",
  'Zoë \u202eevil',
  '\u2028# x',
];

export const hostileName = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'`|<>[]()*_#@!$:&\\~-+= \n.1ab'), minLength: 1, maxLength: 30 }),
);

const plainName = fc.constantFrom('alice', 'bob', 'carol', 'dave', 'erin', 'zoë', 'サポート');

interface Made {
  readonly verb:
    | 'edit'
    | 'create'
    | 'delete'
    | 'approve'
    | 'handed-off'
    | 'test'
    | 'held'
    | 'missing'
    | 'warned'
    | 'capped';
  readonly name: string;
  readonly variant: number;
  readonly copies: number;
}

export function madePlan(names: fc.Arbitrary<string> = plainName): fc.Arbitrary<Plan> {
  const one: fc.Arbitrary<Made> = fc.record({
    verb: fc.constantFrom(
      'edit',
      'create',
      'delete',
      'approve',
      'handed-off',
      'test',
      'held',
      'missing',
      'warned',
      'capped',
    ),
    name: names,
    variant: fc.nat(40),
    copies: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 50, max: 400 })),
  });
  return fc.array(one, { maxLength: 25 }).map(planOf);
}

function planOf(all: readonly Made[]): Plan {
  const each = all.flatMap((made, at) =>
    Array.from({ length: made.copies }, (_, copy) => ({
      ...made,
      address: `mailbox:queue/${made.name} ${at}-${copy}`,
    })),
  );
  const of = (...verbs: readonly Made['verb'][]) => each.filter(({ verb }) => verbs.includes(verb));
  const steps = of('edit', 'create', 'delete', 'approve', 'handed-off', 'test', 'capped').map(stepOf);
  const first = each[0]?.name ?? 'nobody';
  return makePlan({
    steps,
    applyable: all.length % 3 !== 0,
    handoffs: of('handed-off').map(({ address, variant }) => ({
      step: `${address}#approve`,
      who: [`somebody of ${first}`],
      why: 'no-role',
      where: 'https://admin.powerplatform.microsoft.com',
      command: `mailboxctl apply --only approvals ${variant % 3}`,
    })),
    held_back: of('held').map(({ address, name, variant }) => ({
      address,
      verb: 'test',
      reason: variant % 2 === 0 ? 'stuck' : 'in-use',
      detail: `${name} ${variant}`,
    })),
    findings: of('missing').map(({ address, name, variant }) => ({
      kind: 'missing',
      address,
      source: { file: `${name}.yaml`, line: variant + 1, column: 1 },
      message: `No queue "${name}"`,
      hint: name,
      candidates: [name],
    })),
    diagnostics: of('warned').map(({ address, name, variant }) => ({
      code: `code-${variant % 7}`,
      severity: 'warning',
      address,
      file: `${name}.yaml`,
      line: variant + 1,
      column: 1,
      message: `${name} is worth a look`,
      hint: null,
    })),
    risks: all.slice(0, 8).map(({ name, variant }) => ({
      guard: `guard-${variant}`,
      severity: variant % 2 === 0 ? 'refuse' : 'notice',
      message: `Look at ${name}`,
      addresses: each.map(({ address }) => address),
      allowed_by: null,
    })),
  });
}

function stepOf({ verb, address, name, variant }: Made & { readonly address: string }): PlanStep {
  const because = [declaredAt(`${name}.yaml`, variant + 1, variant % 2 === 0 ? name : undefined)];
  if (verb === 'approve') return approval(address, `${address.slice(14)}@contoso.com`, { because });
  if (verb === 'handed-off') return approval(address, `${address.slice(14)}@contoso.com`, { hand_off: true });
  if (verb === 'test')
    return test(address, { incoming: variant % 2 === 0 ? 'failure' : 'success' }, { because });
  const set = [
    change('incoming', `${name} ${variant}`, verb === 'delete' ? null : 'server-side-sync'),
    change('description', 'one\ntwo', `${name}\n${name}`),
  ];
  if (verb === 'capped') return makeStep(address, 'edit', { set, because: [{ kind: 'ceiling' }] });
  return makeStep(address, verb === 'create' || verb === 'delete' ? verb : 'edit', { set, because });
}
