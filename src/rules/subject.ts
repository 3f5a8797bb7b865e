/** Items and rules alike: what declares fields of mailboxes, and how messages call it. */

import { DIRECTIONS, type Direction } from '../catalogue/methods.ts';
import type { Address, Sort } from '../model/address.ts';
import type { Declared, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { sortsOf } from './coverage.ts';
import type { Holder } from './effective.ts';
import type { Declarations, Found } from './rule.ts';

export interface Subject extends Holder {
  /** What a message begins with where no address says what it is about. */
  readonly label: string;
  readonly address: Address | null;
  /** The sorts of mailbox that it can concern. */
  readonly sorts: readonly Sort[];
  readonly source: Source;
}

export function subjectOfItem({ fields, address, sort, source }: DeclaredResource): Subject {
  return { fields, address, source, sorts: sort === null ? [] : [sort], label: '' };
}

export function subjectOfRule({ name, fields, match, source }: DeclaredRule): Subject {
  return { fields, address: null, source, sorts: [...sortsOf(match)], label: `rule "${name}": ` };
}

export function subjectsOf(declared: Declarations): readonly Subject[] {
  return [...checkedMailboxes(declared).map(subjectOfItem), ...declared.rules.map(subjectOfRule)];
}

/** The directions that it can synchronize. A forward mailbox receives alone, whether or not the others are written. */
export function directionsOf({ sorts }: Subject): readonly Direction[] {
  return sorts.includes('forward') ? ['incoming'] : DIRECTIONS;
}

/** Where a finding about one of its fields stands. */
export function about({ address }: Subject, { source }: Declared): Pick<Found, 'address' | 'source'> {
  return { address, source };
}
