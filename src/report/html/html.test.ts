/** Whole pages as files. Read the golden files: what stands in them is what people see before any script runs. */

import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { carefulPlan, wildPlan } from '../fixtures/careful-plans.ts';
import { exampleDrift, makeDrift } from '../fixtures/drifts.ts';
import { makePlan } from '../fixtures/make-plan.ts';
import { examplePlan, hugeEqualPlan, richPlan } from '../fixtures/plans.ts';
import { exampleStatus, makeMailbox, makeStatus } from '../fixtures/statuses.ts';
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
