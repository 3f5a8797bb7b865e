/** Which document a text is, told by its shape; and what is wrong with one that is none. */

import { describe, expect, it } from 'vitest';
import { exampleApply } from '../report/fixtures/applies.ts';
import { healthyDoctor } from '../report/fixtures/doctors.ts';
import { makeDrift } from '../report/fixtures/drifts.ts';
import { makePlan } from '../report/fixtures/make-plan.ts';
import { examplePlan } from '../report/fixtures/plans.ts';
import { makeStatus } from '../report/fixtures/statuses.ts';
import { merged } from '../report/merged-results.test-support.ts';
import { DocumentError, readDocument } from './document.ts';

const DOCUMENTS = {
  plan: examplePlan(),
  apply: { format_version: '1.0', alerts: {}, stopped: null, ...exampleApply() },
  drift: makeDrift([]),
  status: makeStatus([]),
  doctor: healthyDoctor(),
  validate: { format_version: '1.0', valid: true, environments: [], files: [], diagnostics: [] },
  environments: { include: [] },
  report: merged([]),
} as const;

async function refusal(text: string): Promise<unknown> {
  const error: unknown = await readDocument(text).then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  if (!(error instanceof DocumentError)) return error;
  return [error.fault, error.message];
}

describe('a document', () => {
  it.each(Object.entries(DOCUMENTS))('of %s is known by its shape', async (kind, document) => {
    expect(await readDocument(JSON.stringify(document))).toEqual({ kind, document });
  });

  it('may have been written by a program that marks its encoding', async () => {
    expect(await readDocument(`\ufeff${JSON.stringify(DOCUMENTS.drift, null, 2)}\n`)).toEqual({
      kind: 'drift',
      document: DOCUMENTS.drift,
    });
  });

  it('of a newer minor version may say more', async () => {
    const newer = { ...makePlan(), format_version: '1.7', weather: 'fine' };
    expect(await readDocument(JSON.stringify(newer))).toEqual({ kind: 'plan', document: newer });
  });
});

describe('no document is', () => {
  const plan = JSON.stringify(makePlan());
  it.each<[string, string, readonly [string, string]]>([
    ['nothing', '', ['empty', 'is empty']],
    ['white space', ' \n', ['empty', 'is empty']],
    ['a part of one', plan.slice(0, -20), ['cut', 'ends in the middle of its document']],
    ['a report for people', 'Plan for prod\n', ['no-json', 'is no document of mailboxctl: it is not JSON']],
    [
      'what a failed command says',
      'Error: Sign-in failed\n  Do this.\n',
      ['error', 'holds an error and no result: Sign-in failed'],
    ],
    ['a list', '[]', ['other-kind', 'is no document of mailboxctl: it is no JSON object']],
    [
      'that of another program',
      '{"format_version":"1.0","results":[]}',
      [
        'other-kind',
        'is none of the documents that can be read: report, apply, plan, doctor, status, drift, validate, environments',
      ],
    ],
    [
      'that of another major version',
      JSON.stringify({ ...makePlan(), format_version: '2.0' }),
      ['other-version', 'has the format "2.0"; this version reads 1.0'],
    ],
    [
      'one without a version',
      JSON.stringify({ ...makePlan(), format_version: undefined }),
      ['other-version', 'has the format of no version; this version reads 1.0'],
    ],
    [
      'one that lacks a part',
      JSON.stringify({ ...makePlan(), risks: undefined }),
      ['wrong-shape', "is no whole plan document: / must have required property 'risks'"],
    ],
    [
      'one with more than its version has',
      JSON.stringify({ ...makePlan(), weather: 'fine' }),
      ['wrong-shape', 'is no whole plan document: / must NOT have additional properties: weather'],
    ],
    [
      'one of a newer version that says something else',
      JSON.stringify({ ...makePlan(), format_version: '1.2', applyable: 'perhaps', weather: 'fine' }),
      ['other-version', 'is of a newer version: /applyable must be boolean'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await refusal(text)).toEqual(expected);
  });
});
