/** Documents are what their schemas say, and JSON gives them back as they are. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { exampleApply, troubledApply } from './fixtures/applies.ts';
import { carefulPlan, wildPlan } from './fixtures/careful-plans.ts';
import { healthyDoctor, troubledDoctor } from './fixtures/doctors.ts';
import { exampleDrift, hugeDrift, makeDrift } from './fixtures/drifts.ts';
import { makePlan } from './fixtures/make-plan.ts';
import { examplePlan, hugeDifferentPlan, hugeEqualPlan, richPlan } from './fixtures/plans.ts';
import { exampleStatus, makeStatus } from './fixtures/statuses.ts';
import { formatsOf, rendererOf } from './formats.ts';
import { merged, mixed, rolledOut } from './merged-results.test-support.ts';
import { statusView } from './status-condition.ts';

const STYLE = { colors: picocolors.createColors(false), width: 80, unicode: true };

function validator(name: string): (document: unknown) => unknown {
  const schema: unknown = JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  );
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema as object);
  return (document) => (validate(document) ? null : validate.errors);
}

const VALIDATORS = {
  plan: validator('plan'),
  drift: validator('drift'),
  status: validator('status'),
  doctor: validator('doctor'),
  report: validator('report'),
};

describe('documents', () => {
  it.each([
    ['plan', 'nothing', makePlan()],
    ['plan', 'example', examplePlan()],
    ['plan', 'rich', richPlan()],
    ['plan', 'careful', carefulPlan()],
    ['plan', '3,000 of everything', wildPlan()],
    ['plan', '3,000 equal', hugeEqualPlan()],
    ['plan', '3,000 different', hugeDifferentPlan()],
    ['plan', 'applied', exampleApply().plan],
    ['plan', 'applied with trouble', troubledApply().plan],
    ['drift', 'none', makeDrift([])],
    ['drift', 'example', exampleDrift()],
    ['drift', '3,000', hugeDrift()],
    ['status', 'empty', makeStatus([])],
    ['status', 'example', exampleStatus()],
    ['report', 'of nothing', merged([])],
    ['report', 'rolled out', rolledOut()],
    ['report', 'of every kind', mixed()],
    ['doctor', 'healthy', healthyDoctor()],
    ['doctor', 'troubled', troubledDoctor()],
    ['status', 'failed', statusView(exampleStatus(), 'test-and-enable-failed')],
  ] as const)('%s %s satisfies its schema', (name, _, document) => {
    expect(VALIDATORS[name](document)).toBeNull();
  });

  it.each([
    ['plan', { ...makePlan(), steps: [{}] }],
    ['drift', { ...makeDrift([]), clean: 'yes' }],
    ['status', { ...makeStatus([]), view: 'failed' }],
    ['doctor', { ...healthyDoctor(), summary: {} }],
    ['report', { ...merged([]), lags: [{}] }],
  ] as const)('a wrong %s does not', (name, document) => {
    expect(VALIDATORS[name](document)).not.toBeNull();
  });
});

describe('formats', () => {
  it.each([
    ['validate', ['text', 'json', 'markdown', 'sarif', 'junit', 'github']],
    ['plan', ['text', 'json', 'markdown', 'html', 'sarif', 'junit', 'github']],
    ['apply', ['text', 'json', 'markdown', 'junit', 'github']],
    ['drift', ['text', 'json', 'markdown', 'html', 'sarif', 'junit', 'github']],
    ['status', ['text', 'json', 'markdown', 'html', 'junit']],
    ['doctor', ['text', 'json']],
    ['environments', ['text', 'json']],
    ['report', ['text', 'json', 'markdown', 'html']],
  ] as const)('of %s', (verb, formats) => {
    expect(formatsOf(verb)).toEqual(formats);
  });

  it('are loaded when they are asked for, and not before', () => {
    const text = readFileSync(new URL('./formats.ts', import.meta.url), 'utf8');
    const atOnce = [...text.matchAll(/^import (?!type )[^;]*? from '([^']+)'/gmu)].map(([, name]) => name);
    expect(atOnce).toEqual(['../model/json-pieces.ts']);
  });

  it('JSON is the document, indented, with a final line break', async () => {
    const render = await rendererOf('plan', 'json');
    const text = [...(render?.(examplePlan(), STYLE) ?? [])].join('');
    expect(JSON.parse(text)).toEqual(examplePlan());
    expect(text).toMatch(/^\{\n {2}"format_version": "1\.0",\n.*\n\}\n$/su);
  });

  it.each(['yaml', 'toString', ''])('there is no format "%s"', async (format) => {
    expect(await rendererOf('plan', format)).toBeUndefined();
  });
});
