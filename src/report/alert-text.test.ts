import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { alertLines } from './alert-text.ts';
import type { ReportedAlert } from './apply-report.ts';

const STYLE = { colors: createColors(false), width: 200, unicode: true };
const TIME = '2026-11-21T03:10:00Z';
const NO_LICENCE = {
  hint: 'Give the licence.',
  cause: 'It has none.',
  effect: 'disabled',
  article: 'https://learn.microsoft.com/x',
} as const;

function alert(text: string, parts: Partial<ReportedAlert> = {}): ReportedAlert {
  return { level: 'error', time: TIME, text, code: null, ...parts };
}

function shown(...alerts: readonly ReportedAlert[]): readonly string[] {
  return alertLines(alerts, STYLE).map((line) => line.trim());
}

const EXPLAINED = [
  'Give the licence.',
  'It has none. The service has turned it off until it is tested again.',
  'https://learn.microsoft.com/x',
];

describe('alerts', () => {
  it('are explained: what to do, why, what the service does, where to read', () => {
    expect(shown(alert('It failed.', NO_LICENCE))).toEqual([
      'error It failed. 2026-11-21 03:10 UTC',
      ...EXPLAINED,
    ]);
  });

  it('of one reason are explained once, after the last', () => {
    expect(shown(alert('In failed.', NO_LICENCE), alert('Out failed.', NO_LICENCE))).toEqual([
      'error In failed. 2026-11-21 03:10 UTC',
      'error Out failed. 2026-11-21 03:10 UTC',
      ...EXPLAINED,
    ]);
  });

  it('of a code that nobody knows are shown as they are', () => {
    expect(
      shown(alert('It failed.', { code: 'SomethingNew', hint: null, cause: null, effect: null })),
    ).toEqual(['error It failed. (SomethingNew) 2026-11-21 03:10 UTC']);
  });

  it('that the service retries say so', () => {
    expect(shown(alert('It failed.', { effect: 'retried' }))).toEqual([
      'error It failed. 2026-11-21 03:10 UTC',
      'The service tries again by itself.',
    ]);
  });
});
