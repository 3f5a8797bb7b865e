/** What is told about an overlay that reaches nothing: it was written for something that the base does not have. */

import type { Address } from '../model/address.ts';
import type { DeclaredFields, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../rules/nearest.ts';
import { lineOf } from '../rules/rule.ts';
import { placeOf, type SourceText } from './source-text.ts';
import type { NullKey } from './written-keys.ts';

/** Keys that are `null` although the base (`null`: has no such item) does not declare them. */
export function keysInVain(
  address: Address | null,
  missed: readonly NullKey[],
  base: DeclaredFields | null,
  source: SourceText,
  label = '',
): readonly Diagnostic[] {
  return missed.map(({ path, at }) => ({
    code: 'overlay-hits-nothing',
    severity: 'warning',
    address,
    source: placeOf(source, at),
    message: `${label}${path} is null, but the base does not declare it; nothing is taken back`,
    hint: takenBackHint(path, base),
  }));
}

function takenBackHint(path: string, base: DeclaredFields | null): string {
  const near = base === null ? null : nearest(path, [...base.keys()]);
  return near === null ? 'Remove the line.' : `Remove the line. Did you mean "${near}"?`;
}

/** A profile that the base lacks, and that does not say enough to be a new one. */
export function itemInVain(item: DeclaredResource, base: readonly DeclaredResource[]): Diagnostic {
  const near = nearest(
    item.name,
    base.map(({ name }) => name),
  );
  return {
    code: 'overlay-hits-nothing',
    severity: 'error',
    address: item.address,
    source: item.source,
    message: `the overlay changes server profile "${item.name}", which the base does not declare`,
    hint:
      near === null ? 'Write its type to declare it for this environment alone.' : `Did you mean "${near}"?`,
  };
}

/** Nothing would touch the profile anyway. With an id it may say which of several of one name is meant. */
export function leftAloneInVain(item: DeclaredResource, base: readonly DeclaredResource[]): Diagnostic {
  const near = nearest(
    item.name,
    base.map(({ name }) => name),
  );
  return {
    code: 'overlay-hits-nothing',
    severity: 'warning',
    address: item.address,
    source: item.source,
    message: `the overlay leaves server profile "${item.name}" alone, which the base does not declare`,
    hint: near === null ? 'Remove the item.' : `Did you mean "${near}"?`,
  };
}

/** An error and no warning: whom such a rule was meant to leave out would be covered without anybody noticing. */
export function ruleInVain(rule: DeclaredRule, base: readonly DeclaredRule[]): Diagnostic {
  const near = nearest(
    rule.name,
    base.map(({ name }) => name),
  );
  return {
    code: 'overlay-hits-nothing',
    severity: 'error',
    address: null,
    source: rule.source,
    message: `the overlay changes rule "${rule.name}", which the base does not declare`,
    hint:
      near === null ? 'Write its match to declare it for this environment alone.' : `Did you mean "${near}"?`,
  };
}

export function severalInBase(item: DeclaredResource, candidates: readonly DeclaredResource[]): Diagnostic {
  const places = candidates.map(({ source }) => lineOf(source)).join(' and ');
  return {
    code: 'missing-key',
    severity: 'error',
    address: item.address,
    source: item.source,
    message: `the base declares "${item.name}" several times, in ${places}; the overlay does not say which it changes`,
    hint: 'Write the id of the one that is meant.',
  };
}

export function checkInVain(id: string, at: number, source: SourceText): Diagnostic {
  return {
    code: 'overlay-hits-nothing',
    severity: 'warning',
    address: null,
    source: placeOf(source, at),
    message: `checks.${id} is null, but the base does not switch the check off`,
    hint: 'Remove the line.',
  };
}
