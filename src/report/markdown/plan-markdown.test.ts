/** What holds of every plan in Markdown: it fits, it is whole, it counts what it leaves out, and no name does anything. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../model/plan.generated.ts';
import { wildPlan } from '../fixtures/careful-plans.ts';
import { approval, makePlan, makeStep } from '../fixtures/make-plan.ts';
import { hugeDifferentPlan, hugeEqualPlan, richPlan, users } from '../fixtures/plans.ts';
import { planLine } from '../last-lines.ts';
import { planGroups } from '../plan-groups.ts';
import { hostileName, madePlan } from './made-plans.test-support.ts';
import { planMarkdown } from './plan-markdown.ts';
import { type Counted, countSections, problemsOf } from './read-markdown.test-support.ts';
import { bytes } from './room.ts';

const budgets = fc.constantFrom(10_000, 20_000, 60_000);

describe('of every plan', () => {
  it('the report fits', () => {
    fc.assert(
      fc.property(madePlan(hostileName), budgets, (plan, budget) => {
        expect(bytes(planMarkdown(plan, { budget }))).toBeLessThanOrEqual(budget);
      }),
      { numRuns: 60 },
    );
  });

  it('what is shown and what is counted as left out is the plan', () => {
    fc.assert(
      fc.property(madePlan(), budgets, (plan, budget) => {
        const sections = countSections(planMarkdown(plan, { budget }));
        expect([...sections.values()].flatMap(({ wrong }) => wrong)).toEqual([]);
        expect(totalsOf(sections)).toEqual(expectedOf(plan));
      }),
      { numRuns: 60 },
    );
  });

  it('folds, fences and tables are whole, and no name does anything', () => {
    fc.assert(
      fc.property(madePlan(hostileName), budgets, (plan, budget) => {
        expect(problemsOf(planMarkdown(plan, { budget, linkTo }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const linkTo = (file: string, line: number): string =>
  `https://code.example/${encodeURIComponent(file)}#L${line}`;

function totalsOf(sections: ReadonlyMap<string, Counted>): Readonly<Record<string, number>> {
  const total = (title: string): number => {
    const found = sections.get(title);
    return found === undefined ? 0 : found.items + found.left;
  };
  return {
    changes: total('Changes'),
    ceiling: total("Because of the environment's mail ceiling"),
    tests: total('Tests'),
    handoffs: total('For a person to do'),
    held: total('Held back'),
    missing: total('Missing or ambiguous'),
    warnings: total('Warnings'),
    // Findings of guards, and the addresses that are given access.
    noticed: total('What people will notice'),
  };
}

function expectedOf(plan: Plan): ReturnType<typeof totalsOf> {
  const { declared, capped, tests } = planGroups(plan);
  const approved = plan.steps.filter(({ verb }) => verb === 'approve').length;
  return {
    changes: declared.flat().length,
    ceiling: capped.flat().length,
    tests: tests.flat().length,
    handoffs: plan.handoffs.length,
    held: plan.held_back.length,
    missing: plan.findings.length,
    warnings: plan.diagnostics.length,
    noticed: plan.risks.length + approved,
  };
}

describe('a plan', () => {
  it('has its last lines each on a line of its own, for grep', () => {
    for (const plan of [richPlan(), makePlan(), hugeEqualPlan()])
      expect(planMarkdown(plan).split('\n')).toContain(planLine(plan));
  });

  it.each([
    ['equal', hugeEqualPlan()],
    ['different', hugeDifferentPlan()],
    ['wild', wildPlan()],
  ])('of 3,000 %s mailboxes uses the room that there is', (_, plan) => {
    const size = bytes(planMarkdown(plan));
    expect(size).toBeLessThanOrEqual(60_000);
    expect(size).toBeGreaterThan(55_000);
  });

  it('names every address that is given access as long as they alone have room', () => {
    const addresses = users(1_900);
    const steps = addresses.map((address) => approval(address, address.slice('mailbox:user/'.length)));
    const text = planMarkdown({ ...wildPlan(), steps });
    expect(
      addresses.filter((address) => !text.includes(`\`${address.slice('mailbox:user/'.length)}\``)),
    ).toEqual([]);
    expect(text).not.toContain('have no room here');
  });

  it('says in the verdict how many addresses have no room, and how to see all', () => {
    const [verdict = ''] = planMarkdown(hugeEqualPlan()).split('\n');
    const unnamed = Number(/\*\*(\d[\d,]*) of the e-mail/u.exec(verdict)?.[1]?.replace(',', ''));
    const text = planMarkdown(hugeEqualPlan());
    const line = text.split('\n\n').find((part) => part.endsWith(` and ${unnamed} more`)) ?? '';
    expect(line.match(/`[^`]+`/gu)?.length).toBe(3000 - unnamed);
    expect(verdict).toContain('`mailboxctl plan --env prod --verbose` lists all.');
  });

  it('names the addresses of this request first, whatever room there is for the others', () => {
    const due = users(3_000).map((address) => approval(address, address.slice('mailbox:user/'.length)));
    const own = ['ada', 'bo'].map((name) =>
      approval(`mailbox:user/${name}@contoso.com`, `${name}@contoso.com`),
    );
    const base = {
      config_digest: `sha256:${'2d'.repeat(32)}`,
      pending: due.map(({ id }) => id),
      withdrawn: [],
      no_longer_managed: [],
      secret_references: [],
    };
    const text = planMarkdown(makePlan({ steps: [...due, ...own], base }), { budget: 20_000 });
    expect(text).toContain(
      ':\n\nBy this request, 2:\n\n`ada@contoso.com`, `bo@contoso.com`\n\nDue before it, 3,000:\n\n`alice100@',
    );
    const unnamed = Number(/\*\*(\d[\d,]*) of the e-mail/u.exec(text)?.[1]?.replace(',', ''));
    expect(text).toContain(`\` and ${unnamed.toLocaleString('en')} more\n`);
    expect(bytes(text)).toBeLessThanOrEqual(20_000);
  });

  it('that guards refuse tells how to accept the risks apart from the command', () => {
    const risk = { guard: 'delete', severity: 'refuse', message: 'x', addresses: [] } as const;
    const plan = makePlan({
      steps: [makeStep('mailbox:queue/A', 'delete')],
      risks: [{ ...risk, allowed_by: null }],
    });
    const apply = `mailboxctl apply --env prod --plan PLAN --expect ${plan.plan_digest}`;
    const text = planMarkdown(plan);
    expect(text).toContain(`\n${apply}\n`);
    expect(text).toContain(`To accept the risks:\n\n\`\`\`sh\n${apply} --allow delete\n`);
  });

  it('names the unusual addresses first: of another name than the mailbox, then of rare domains', () => {
    const steps = [
      ...users(3_000).map((address) => approval(address, address.slice('mailbox:user/'.length))),
      approval('mailbox:user/zed@partner.example', 'zed@partner.example'),
      approval('mailbox:queue/Inbox', 'chief@contoso.com'),
    ];
    expect(planMarkdown(makePlan({ steps }))).toContain(
      ':\n\n`chief@contoso.com` for `queue/Inbox`, `zed@partner.example`, `alice100@contoso.com`,',
    );
  });
});
