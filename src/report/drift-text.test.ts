import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { driftText } from './drift-text.ts';
import { makeDrift } from './fixtures/drifts.ts';

it('compares texts of several lines line by line', () => {
  const drift = makeDrift([
    {
      class: 'configuration',
      subclass: null,
      address: 'profile:Gmail',
      field: 'description',
      desired: 'Owner: IT\nSee the wiki\n',
      actual: 'Owner: nobody\nSee the wiki\n',
      since: null,
      by: null,
      source: null,
      severity: 'medium',
      message: null,
      is_new: false,
    },
  ]);
  const text = driftText(drift, { colors: picocolors.createColors(false), width: 80, unicode: true });
  expect(text).toContain(`profile:Gmail  description  should be (+), is (-)
      - Owner: nobody
      + Owner: IT
        See the wiki
`);
});
