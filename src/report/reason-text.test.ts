import { describe, expect, it } from 'vitest';
import type { PlanReason } from '../model/plan.generated.ts';
import { declaredAt, followsFrom, makeStep } from './fixtures/make-plan.ts';
import { causeText, sourceText } from './reason-text.ts';

const QUEUE = 'mailbox:queue/Support';

describe('cause', () => {
  it.each<[string, readonly PlanReason[], string]>([
    ['only declared', [declaredAt('a.yaml', 3)], ''],
    [
      'a field of the same resource',
      [followsFrom(`${QUEUE}#edit`, 'serverProfile')],
      'because serverProfile changes',
    ],
    [
      'a field of the profile',
      [followsFrom('profile:POP3#edit', 'incoming.server')],
      'because incoming.server of profile:POP3 changes',
    ],
    ['the resource is new', [{ kind: 'consequence', of: `${QUEUE}#create` }], 'because it is new'],
    ['the profile is new', [{ kind: 'consequence', of: 'profile:A#B#create' }], 'because profile:A#B is new'],
    [
      'a run that was killed',
      [{ kind: 'consequence', why: 'earlier-run' }],
      'because an earlier run changed it and ended before its test',
    ],
    ['asked for', [{ kind: 'request', why: 'retest' }], 'because of --retest'],
    [
      'its health',
      [
        { kind: 'health', field: 'tests.incoming', why: 'failure' },
        { kind: 'health', field: 'tests.outgoing', why: 'failure' },
        { kind: 'health', field: 'enabled.appointmentsContactsTasks', why: 'disabled' },
      ],
      'because not enabled: appointments, and the last test failed: incoming, outgoing',
    ],
  ])('%s', (_, because, expected) => {
    expect(causeText(makeStep(QUEUE, 'test', { because }))).toBe(expected);
  });
});

describe('source', () => {
  it.each<[string, readonly PlanReason[], string]>([
    ['one place', [declaredAt('a.yaml', 3)], 'a.yaml:3'],
    ['a rule', [declaredAt('a.yaml', 3, 'sales')], 'rule sales (a.yaml:3)'],
    [
      'lines of one file in order, once each',
      [9, 3, 9].map((line) => declaredAt('a.yaml', line)),
      'a.yaml:3, 9',
    ],
    ['many lines', [1, 2, 3, 4, 5].map((line) => declaredAt('a.yaml', line)), 'a.yaml:1, 2, 3 and 2 more'],
    ['two files', [declaredAt('a.yaml', 3), declaredAt('b.yaml', 4)], 'a.yaml:3; b.yaml:4'],
    ['no place', [{ kind: 'request', why: 'retest' }], ''],
  ])('%s', (_, because, expected) => {
    expect(sourceText([makeStep(QUEUE, 'edit', { because })])).toBe(expected);
  });
});
