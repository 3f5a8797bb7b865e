/** When a mailbox has been taken over by another environment. */

import { describe, expect, it } from 'vitest';
import type { FieldValues } from '../model/value.ts';
import { isStolen } from './mailbox-tests.ts';

const STOLEN: FieldValues = {
  state: 'active',
  incoming: 'server-side-sync',
  outgoing: 'server-side-sync',
  appointmentsContactsTasks: 'none',
  'tests.incoming': 'success',
  'tests.outgoing': 'success',
  'tests.appointmentsContactsTasks': 'not-run',
  'enabled.incoming': false,
  'enabled.outgoing': false,
  'enabled.appointmentsContactsTasks': true,
};

describe('isStolen', () => {
  it.each<[string, FieldValues, boolean]>([
    ['tested with success, and everything off', {}, true],
    ['one direction alone', { outgoing: 'none', 'enabled.outgoing': true }, true],
    ['still on', { 'enabled.incoming': true, 'enabled.outgoing': true }, false],
    ['one direction still on', { 'enabled.outgoing': true }, false],
    ['a test that failed', { 'tests.incoming': 'failure' }, false],
    ['a test that never ran', { 'tests.outgoing': 'not-run' }, false],
    ['deactivated by somebody', { state: 'inactive' }, false],
    ['no direction that is synchronized', { incoming: 'none', outgoing: 'none' }, false],
    ['nothing known', { state: null, 'enabled.incoming': null }, false],
  ])('%s', (_name, changes, stolen) => expect(isStolen({ ...STOLEN, ...changes })).toBe(stolen));
});
