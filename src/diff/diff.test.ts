/** The comparison: what differs, in the order of what is desired, and nothing else. */

import { expect, it } from 'vitest';
import type { FieldValues } from '../model/value.ts';
import { diff } from './diff.ts';

it.each<[string, FieldValues, FieldValues, ReturnType<typeof diff>]>([
  ['nothing desired', {}, { a: 1 }, []],
  ['as desired', { a: 1, b: { ref: 'profile:X' } }, { a: 1, b: { ref: 'profile:x' } }, []],
  ['another value', { a: 1 }, { a: 2 }, [{ field: 'a', from: 2, to: 1 }]],
  ['a field that was not read', { a: 1 }, {}, [{ field: 'a', from: null, to: 1 }]],
  ['null desired of a field that was not read', { a: null }, {}, []],
  ['null desired', { a: null }, { a: 1 }, [{ field: 'a', from: 1, to: null }]],
  ['an unknown', { a: 1 }, { a: { unknown: 'x' } }, [{ field: 'a', from: { unknown: 'x' }, to: 1 }]],
  ['a secret that is set', { a: { secret: 'env:A' } }, { a: { is_set: true } }, []],
  [
    'several, in the order of what is desired',
    { c: 1, a: 1, b: 1 },
    { a: 0, b: 1, c: 0 },
    [
      { field: 'c', from: 0, to: 1 },
      { field: 'a', from: 0, to: 1 },
    ],
  ],
])('%s', (_name, desired, actual, expected) => expect(diff(desired, actual)).toEqual(expected));
