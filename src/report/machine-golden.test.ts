/** Whole outputs for programs, as services read them. Read the golden files: they are what a pipeline shows. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { exampleApply, troubledApply } from './fixtures/applies.ts';
import { exampleDrift, makeDrift } from './fixtures/drifts.ts';
import { makePlan } from './fixtures/make-plan.ts';
import { examplePlan, richPlan } from './fixtures/plans.ts';
import { exampleProblems, makeProblems } from './fixtures/problems.ts';
import { exampleStatus } from './fixtures/statuses.ts';
import { type Documents, type ReportVerb, rendererOf } from './formats.ts';
import type { Style } from './style.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true, folder: 'mail/' };
const ENDINGS = { sarif: 'sarif', junit: 'xml', github: 'txt' } as const;

async function render<Verb extends ReportVerb>(
  verb: Verb,
  document: Documents[Verb],
  format: string,
): Promise<string> {
  const renderer = await rendererOf(verb, format);
  return [...(renderer?.(document, STYLE) ?? ['there is no such format'])].join('');
}

interface Output<Verb extends ReportVerb = ReportVerb> {
  readonly name: string;
  readonly verb: Verb;
  readonly format: keyof typeof ENDINGS;
  readonly document: Documents[Verb];
}

function outputsOf<Verb extends ReportVerb>(
  verb: Verb,
  formats: readonly Output['format'][],
  documents: Readonly<Record<string, Documents[Verb]>>,
): readonly Output<Verb>[] {
  return Object.entries(documents).flatMap(([name, document]) =>
    formats.map((format) => ({ name: `${verb}-${name}`, verb, format, document })),
  );
}

const ALL = ['sarif', 'junit', 'github'] as const;

describe('outputs', () => {
  it.each([
    ...outputsOf('validate', ALL, { valid: makeProblems(), example: exampleProblems() }),
    ...outputsOf('plan', ALL, { nothing: makePlan(), example: examplePlan(), rich: richPlan() }),
    ...outputsOf('apply', ['junit', 'github'], { example: exampleApply(), troubled: troubledApply() }),
    ...outputsOf('drift', ALL, { none: makeDrift([]), example: exampleDrift() }),
    ...outputsOf('status', ['junit'], { example: exampleStatus() }),
  ])('$name as $format', async ({ name, verb, format, document }) => {
    const file = `golden/${name}-${format}.golden.${ENDINGS[format]}`;
    await expect(await render(verb, document, format)).toMatchFileSnapshot(file);
  });
});
