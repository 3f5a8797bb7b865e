/** What management keys declare, as resolving takes it from them. */

import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { CATALOGUE } from './catalogue.ts';
import { acceptedChecks, ignoredFields } from './management.ts';

function parsed(key: string, yaml: unknown): Value | undefined {
  return CATALOGUE.row('mailbox', key)?.yaml?.parse?.(yaml);
}

describe('accept', () => {
  it('is check ids with their reasons', () => {
    const value = parsed('accept', { 'forward-mailbox': 'One scanner.', 'outlook-method': 'Until May.' });
    expect(acceptedChecks(value)).toEqual(
      new Map([
        ['forward-mailbox', 'One scanner.'],
        ['outlook-method', 'Until May.'],
      ]),
    );
  });

  it.each<[Value | undefined]>([[undefined], [null], ['a'], [[['a']]], [['a']], [[[1, 2]]]])(
    '%j accepts nothing',
    (value) => expect(acceptedChecks(value)).toEqual(new Map()),
  );
});

describe('ignore', () => {
  it('is keys of fields', () => {
    expect(ignoredFields(parsed('ignore', ['incoming.port', 'state']))).toEqual(
      new Set(['incoming.port', 'state']),
    );
  });

  it.each<[Value | undefined]>([[undefined], [null], ['state'], [[1]]])('%j ignores nothing', (value) =>
    expect(ignoredFields(value)).toEqual(new Set()),
  );
});

describe('keys that only say how an item is managed', () => {
  const management = (['profile', 'mailbox'] as const).flatMap((kind) =>
    CATALOGUE.rows(kind)
      .filter(({ codec }) => codec === undefined)
      .map(({ key, verb }) => [kind, key, verb]),
  );

  it('are written by no step', () => {
    expect(management).toEqual([
      ['profile', 'managed', undefined],
      ['profile', 'protect', undefined],
      ['profile', 'ignore', undefined],
      ['profile', 'renamedFrom', undefined],
      ['profile', 'absent', undefined],
      ['mailbox', 'applyDefaultEmailSettings', undefined],
      ['mailbox', 'managed', undefined],
      ['mailbox', 'protect', undefined],
      ['mailbox', 'ignore', undefined],
      ['mailbox', 'renamedFrom', undefined],
      ['mailbox', 'absent', undefined],
      ['mailbox', 'accept', undefined],
    ]);
  });
});
