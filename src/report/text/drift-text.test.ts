import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import type { DriftFinding } from '../../model/drift.generated.ts';
import { makeDrift } from '../fixtures/drifts.ts';
import { driftText } from './drift-text.ts';

function textOf(difference: Pick<DriftFinding, 'field' | 'desired' | 'actual'>): string {
  const drift = makeDrift([
    {
      class: 'configuration',
      subclass: null,
      address: 'profile:Gmail',
      ...difference,
      since: null,
      by: null,
      source: null,
      severity: 'medium',
      message: null,
      is_new: false,
    },
  ]);
  return driftText(drift, { colors: picocolors.createColors(false), width: 80, unicode: true });
}

it('compares texts of several lines line by line', () => {
  const text = textOf({
    field: 'description',
    desired: 'Owner: IT\nSee the wiki\n',
    actual: 'Owner: nobody\nSee the wiki\n',
  });
  expect(text).toContain(`profile:Gmail  description  should be (+), is (-)
      - Owner: nobody
      + Owner: IT
        See the wiki
`);
});

it('says of what is to be deleted that it is there', () => {
  const text = textOf({ field: 'absent', desired: true, actual: false });
  expect(text).toContain('medium profile:Gmail  is there, should be deleted\n');
});
