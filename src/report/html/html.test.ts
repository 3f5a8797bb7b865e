/** Whole pages as files. Read the golden files: what stands in them is what people see before any script runs. */

import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { basePlan } from '../fixtures/base-plans.ts';
import { carefulPlan, wildPlan } from '../fixtures/careful-plans.ts';
import { exampleDrift, makeDrift } from '../fixtures/drifts.ts';
import { approval, makePlan } from '../fixtures/make-plan.ts';
import { examplePlan, hugeEqualPlan, richPlan } from '../fixtures/plans.ts';
import { exampleStatus, makeMailbox, makeStatus } from '../fixtures/statuses.ts';
import { planMarkdown } from '../markdown/plan-markdown.ts';
import { driftHtml, driftPage } from './drift-html.ts';
import { unpack } from './pack.ts';
import { membersOf } from './page/match.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './page-assets.inlined.ts';
import { planHtml, planPage } from './plan-html.ts';
import { statusHtml, statusPage } from './status-html.ts';

const PAGES = [
  { name: 'plan-example', html: planHtml(examplePlan()), page: planPage(examplePlan()) },
  { name: 'plan-nothing', html: planHtml(makePlan()), page: planPage(makePlan()) },
  { name: 'drift-example', html: driftHtml(exampleDrift()), page: driftPage(exampleDrift()) },
  { name: 'drift-none', html: driftHtml(makeDrift([])), page: driftPage(makeDrift([])) },
  { name: 'status-example', html: statusHtml(exampleStatus()), page: statusPage(exampleStatus()) },
];

const DATA = /(<script type="application\/json" id="data">)([^<]*)(?=<\/script>)/u;

describe('pages', () => {
  it.each(PAGES)('$name', async ({ name, html }) => {
    await expect(readable(html)).toMatchFileSnapshot(`golden/${name}.golden.html`);
  });

  it.each(PAGES)('$name carries its data', ({ html, page }) => {
    expect(unpack(DATA.exec(html)?.[2] ?? '')).toEqual(page);
  });
});

/** Script and style are tried in a browser, the data below; here their names stand in their place. */
function readable(html: string): string {
  return html
    .replace(SCRIPT, '(script)')
    .replace(STYLE, '(style)')
    .replace(SCRIPT_HASH, 'sha256-(script)')
    .replace(STYLE_HASH, 'sha256-(style)')
    .replace(DATA, '$1(data)')
    .replaceAll(/(<\/(?:li|tr|p|h[1-6]|section|header|nav|label|div|ul|table|thead|tbody)>)/gu, '$1\n');
}

/** Half of it was due before the request. */
function comparedPlan(): Plan {
  const plan = richPlan();
  const pending = plan.steps.filter((_, index) => index % 2 === 0).map(({ id }) => id);
  const nothing = { withdrawn: [], no_longer_managed: [], secret_references: [] };
  return { ...plan, base: { config_digest: plan.config_digest, pending, ...nothing } };
}

describe('a plan', () => {
  it.each([
    ['rich', richPlan()],
    ['careful', carefulPlan()],
    ['wild', wildPlan()],
    ['huge', hugeEqualPlan()],
    ['compared with its base', comparedPlan()],
  ])('that is %s has every step on its page, in one place', (_, plan) => {
    const done = ['changes', 'ceiling', 'pending', 'tests', 'hand-offs'];
    const shown = planPage(plan)
      .sections.filter(({ id }) => done.includes(id))
      .flatMap(({ rows }) => rows.flatMap((row) => membersOf(row) ?? []))
      .map(({ address }) => address);
    const own = plan.steps.filter(({ hand_off }) => hand_off !== true);
    const isChange = ({ verb }: PlanStep): boolean => !['approve', 'reject', 'test'].includes(verb);
    const changed = own.filter(isChange);
    const expected = [
      ...new Set(changed.map(({ address }) => address)),
      ...own.filter((step) => !isChange(step)).map(({ address }) => address),
      ...plan.handoffs.map(({ step }) => step.slice(0, step.lastIndexOf('#'))),
    ];
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });
});

describe('a plan that was compared with its base', () => {
  const { sections } = planPage(basePlan());

  it('tells first what is let go, then what is done', () => {
    expect(sections.map(({ id }) => id)).toEqual([
      'notice',
      'no-longer-managed',
      'secret-references',
      'withdrawn',
      'changes',
      'tests',
      'pending',
    ]);
  });

  it('tells of each thing that people will notice whether it is of this request', () => {
    const plan = basePlan();
    const own = approval('mailbox:queue/Support', 'support@contoso.com');
    const page = planPage({
      ...plan,
      steps: [...plan.steps, own],
      forecast: { ...plan.forecast, messages: 15 },
    });
    const rows = page.sections.find(({ id }) => id === 'notice')?.rows ?? [];
    const granted = 'Access is granted to the mail of these e-mail addresses';
    expect(rows.map(({ cells: [what], facets }) => [what, facets.cause])).toEqual([
      [{ is: 'text', lines: [granted, 'by this request'], tone: 'warn' }, 'this request'],
      [{ is: 'text', lines: [granted, 'due before this request'], tone: 'warn' }, 'due before'],
      [
        {
          is: 'text',
          lines: [
            '15 test messages are sent, each by a mailbox to itself, 1 of them because of this request',
          ],
        },
        'this request',
      ],
    ]);
  });
});

describe('how to apply it', () => {
  it('is the command that Markdown gives, with what accepts the risks apart', () => {
    const plan = carefulPlan();
    const style = { directory: 'mail', planFile: 'my plan.json' };
    const apply = `mailboxctl apply mail --env prod --plan 'my plan.json' --expect ${plan.plan_digest}`;
    const { closing } = planPage(plan, style);
    expect([closing?.command, closing?.accept?.command]).toEqual([
      apply,
      `${apply} --allow protected --allow primary-org`,
    ]);
    expect(planHtml(plan, style)).toContain('To accept the risks:');
    expect(planMarkdown(plan, style)).toContain(`\n${apply}\n`);
  });
});

describe('business units', () => {
  it('have a column and a filter where the report tells them', () => {
    const told = statusPage(
      makeStatus([makeMailbox('mailbox:user/a@contoso.com', { business_unit: 'Sales' })]),
    );
    const untold = statusPage(makeStatus([makeMailbox('mailbox:user/a@contoso.com')]));
    const titles = ({ sections: [first] }: typeof told): readonly string[] =>
      (first?.columns ?? []).map(({ title }) => title);
    expect(titles(told).filter((title) => !titles(untold).includes(title))).toEqual(['Business unit']);
    expect(told.sections[0]?.rows[0]?.facets.unit).toBe('Sales');
  });
});

describe('mailboxes without an address', () => {
  const page = statusPage(exampleStatus());

  it('stand last, and can be left out', () => {
    const rows = page.sections[0]?.rows ?? [];
    expect(rows.map(({ facets }) => facets.address)).toEqual([...Array(11).fill('there'), 'none']);
  });

  it('are not counted among methods and approvals, which is said', () => {
    const counted = page.charts.filter(({ rest }) => rest?.startsWith('Not counted: 1 mailbox '));
    expect(counted.map(({ title }) => title)).toEqual(['Methods', 'Approval']);
    expect(counted[0]?.bars[0]?.parts.reduce((sum, { value }) => sum + value, 0)).toBe(11);
  });
});
