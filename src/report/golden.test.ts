/** Whole pages, as people see them. Read the golden files: they are the documentation of how reports look. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { exampleApply, troubledApply } from './fixtures/applies.ts';
import { basePlan, unchangedPlan } from './fixtures/base-plans.ts';
import { carefulPlan, wildPlan } from './fixtures/careful-plans.ts';
import { healthyDoctor, troubledDoctor } from './fixtures/doctors.ts';
import { exampleDrift, hugeDrift, makeDrift } from './fixtures/drifts.ts';
import { makePlan } from './fixtures/make-plan.ts';
import { examplePlan, hugeDifferentPlan, hugeEqualPlan, richPlan } from './fixtures/plans.ts';
import { exampleStatus, makeStatus } from './fixtures/statuses.ts';
import type { Documents, ReportVerb } from './formats.ts';
import { shortName } from './names.ts';
import { statusView } from './status-condition.ts';
import type { Style } from './style.ts';
import { applyText } from './text/apply-text.ts';
import { doctorText } from './text/doctor-text.ts';
import { driftText } from './text/drift-text.ts';
import { environmentsText } from './text/environments-text.ts';
import { mergedText } from './text/merged-text.ts';
import { planText } from './text/plan-text.ts';
import { statusText } from './text/status-text.ts';
import { validateText } from './text/validate-text.ts';
import { textWidth } from './text.ts';

const PLAIN: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };
const COLOURED = picocolors.createColors(true);

interface Page<Verb extends ReportVerb = ReportVerb> {
  readonly name: string;
  readonly verb: Verb;
  readonly document: Documents[Verb];
  readonly style?: Partial<Style>;
}

function pageOf<Verb extends ReportVerb>(
  name: string,
  verb: Verb,
  document: Documents[Verb],
  style: Partial<Style> = {},
): Page<Verb> {
  return { name, verb, document, style };
}

const PAGES = [
  pageOf('doctor-healthy', 'doctor', healthyDoctor()),
  pageOf('doctor-troubled', 'doctor', troubledDoctor()),
  pageOf('doctor-troubled-narrow', 'doctor', troubledDoctor(), { width: 40 }),
  pageOf('plan-nothing', 'plan', makePlan()),
  pageOf('plan-example', 'plan', examplePlan()),
  pageOf('plan-rich', 'plan', richPlan()),
  pageOf('plan-rich-wide', 'plan', richPlan(), { width: 120 }),
  pageOf('plan-rich-ascii', 'plan', richPlan(), { unicode: false }),
  pageOf('plan-rich-verbose', 'plan', richPlan(), { verbose: true }),
  pageOf('plan-example-coloured', 'plan', examplePlan(), { colors: COLOURED }),
  pageOf('plan-careful', 'plan', carefulPlan()),
  pageOf('plan-careful-narrow', 'plan', carefulPlan(), { width: 40 }),
  pageOf('plan-careful-ascii', 'plan', carefulPlan(), { unicode: false }),
  pageOf('plan-base', 'plan', basePlan()),
  pageOf('plan-base-unchanged', 'plan', unchangedPlan()),
  pageOf('plan-3000-wild', 'plan', wildPlan()),
  pageOf('plan-3000-equal', 'plan', hugeEqualPlan()),
  pageOf('plan-3000-different', 'plan', hugeDifferentPlan()),
  pageOf('apply-example', 'apply', exampleApply()),
  pageOf('apply-troubled', 'apply', troubledApply()),
  pageOf('apply-troubled-ascii', 'apply', troubledApply(), { unicode: false, width: 60 }),
  pageOf('drift-none', 'drift', makeDrift([])),
  pageOf('drift-example', 'drift', exampleDrift()),
  pageOf('drift-example-wide', 'drift', exampleDrift(), { width: 120 }),
  pageOf('drift-3000-equal', 'drift', hugeDrift()),
  pageOf('status-example', 'status', exampleStatus()),
  pageOf('status-example-wide', 'status', exampleStatus(), { width: 160 }),
  pageOf('status-example-narrow', 'status', exampleStatus(), { width: 60, unicode: false }),
  pageOf('status-failed', 'status', statusView(exampleStatus(), 'test-and-enable-failed')),
  pageOf('status-empty', 'status', statusView(makeStatus([]), 'test-and-enable-failed')),
];

type TextRenderer<Verb extends ReportVerb> = (document: Documents[Verb], style: Style) => string;

const TEXT: { readonly [Verb in ReportVerb]: TextRenderer<Verb> } = {
  validate: validateText,
  plan: planText,
  apply: applyText,
  drift: driftText,
  status: statusText,
  doctor: doctorText,
  environments: environmentsText,
  report: mergedText,
};

function render<Verb extends ReportVerb>(
  { verb, document, style }: Page<Verb>,
  change: Partial<Style> = {},
): string {
  const renderText = TEXT[verb] as TextRenderer<Verb>;
  return renderText(document, { ...PLAIN, ...style, ...change });
}

describe('pages', () => {
  it.each(PAGES)('$name', async (page) => {
    await expect(render(page)).toMatchFileSnapshot(`golden/${page.name}.golden.txt`);
  });

  it('say the same with and without colour', () => {
    for (const page of PAGES) {
      const coloured = render(page, { colors: COLOURED });
      expect(withoutColour(coloured)).toBe(render(page, { colors: PLAIN.colors }));
    }
  });

  it('use only ASCII signs of their own where Unicode is off', () => {
    for (const page of PAGES) expect(render(page, { unicode: false })).not.toMatch(/[→…✓✗·]/u);
  });

  it.each([48, 60, 80, 120])('are nowhere wider than %i columns, but for words and frozen lines', (width) => {
    for (const page of PAGES) {
      for (const line of render(page, { width, colors: PLAIN.colors }).split('\n')) {
        if (!isFrozen(line) && !holdsWideWord(line, width))
          expect([line, textWidth(line) <= width]).toEqual([line, true]);
      }
    }
  });

  it('break long names of queues at their spaces', () => {
    for (const page of PAGES.filter(
      ({ name, style }) => style?.width === undefined && !name.includes('3000'),
    )) {
      const lines = render({ ...page, document: withLongNames(page.document) } as Page).split('\n');
      const wide = lines.filter(
        (line) => !isFrozen(withoutColour(line)) && textWidth(withoutColour(line)) > 80,
      );
      expect(
        wide.filter((line) => line.includes('requests')),
        page.name,
      ).toEqual([]);
    }
  });

  it('are a page for 3,000 changes, whether they are equal or all different', () => {
    for (const plan of [hugeEqualPlan(), hugeDifferentPlan()]) {
      const lines = render(pageOf('huge', 'plan', plan)).split('\n');
      expect(lines.length).toBeLessThan(40);
    }
  });

  it('are a page and a half for thousands of changes of every kind', () => {
    for (const width of [60, 80, 120]) {
      const lines = render(pageOf('wild', 'plan', wildPlan(), { width })).split('\n');
      // A narrow page is longer, not poorer.
      expect(lines.length).toBeLessThanOrEqual(112 * Math.max(1, 80 / width));
    }
  });

  it('never speak of approvals that are known after a step, but of the address', () => {
    const text = render(pageOf('careful', 'plan', carefulPlan(), { width: 120 }));
    expect(text).toContain('(ends with the old address) → approved  for billing@contoso.com');
    expect(text).not.toContain('unknown after');
  });

  it('leave no step out when verbose', () => {
    const plan = richPlan();
    const text = render(pageOf('rich', 'plan', plan, { verbose: true, width: 10_000 }));
    const left = plan.steps.filter(({ address }) => !text.includes(shortName(address)));
    expect(left).toEqual([]);
  });

  it('do not hand off again what a run of the approvals has done', () => {
    const { plan } = exampleApply();
    const steps = plan.steps.filter(({ hand_off }) => hand_off === true);
    const outcomes = exampleApply().outcomes.flatMap((one) =>
      one.kind === 'handed-off' ? [{ ...one, kind: 'applied' as const, reason: null }] : [],
    );
    const counts = { ...exampleApply().counts, added: 0, changed: 0, tested: 0, handed_off: 0 };
    const text = render(pageOf('approvals', 'apply', { plan: { ...plan, steps }, outcomes, counts }));
    expect(text).not.toContain('For a person to do');
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      'Apply complete! Resources: 0 added, 0 changed, 0 destroyed. Actions: 1 approved, 0 tested.',
    );
  });

  it('list every mailbox when verbose', () => {
    const text = render(pageOf('huge', 'plan', hugeDifferentPlan(), { verbose: true }));
    expect(text.match(/→/gu)?.length).toBe(3000);
  });
});

/** The same with queues whose names are wider than a page. */
function withLongNames<T>(document: T): T {
  const long =
    'queue/All the requests of all the customers of all the regions that are old and are still open ';
  return JSON.parse(JSON.stringify(document).replaceAll('queue/', long)) as T;
}

function withoutColour(text: string): string {
  return text.replace(/\p{Cc}\[\d+m/gu, '');
}

function isFrozen(line: string): boolean {
  return /^(Plan|Apply (complete|incomplete)|No changes|No drift|Drift|Doctor|Waiting for a person|Left for the next run|Digest)\b/u.test(
    line,
  );
}

/** A word that does not fit behind the deepest indent stays whole. */
function holdsWideWord(line: string, width: number): boolean {
  const words = line.trim().split(' ');
  return (
    words.some((word) => textWidth(word) > width - 30) && words.filter((word) => word !== '').length <= 3
  );
}
