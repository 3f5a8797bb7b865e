/**
 * Mailboxes that `managed: false` keeps from the mail ceiling although they move mail. That word is the stronger one;
 * it is never taken in silence.
 */

import { DIRECTIONS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Address } from '../model/address.ts';
import type { DeclaredFields } from '../model/config.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import { isManagementKey } from './management.ts';
import { outsideCeiling } from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';

/** A mailbox that an item or a rule takes out. */
export interface LeftAlone {
  readonly actual: Observed;
  /** Where it says so. */
  readonly source: Source;
  /** The item that says so; `null`: a rule. */
  readonly item: Address | null;
  /** Without that word something would cover the mailbox, and the ceiling with it. */
  readonly isAskedFor: boolean;
}

const NO_FIELDS: DeclaredFields = new Map();

/** One for each place that says so, however many mailboxes a rule there takes out. */
export function leftOutside({ leftAlone, ceiling }: Resolving): readonly Diagnostic[] {
  if (ceiling === null) return [];
  const found = new Map<string, { readonly by: LeftAlone; readonly addresses: Address[] }>();
  for (const by of leftAlone) {
    const isReached = ceiling.reachesOthers || by.isAskedFor;
    if (!isReached || !movesMail(by.actual) || !ceiling.isOutside(NO_FIELDS, by.actual)) continue;
    const { file, line, column } = by.source;
    const key = `${file}:${line}:${column}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { by, addresses: [by.actual.address] });
    else known.addresses.push(by.actual.address);
  }
  return [...found.values()].map(({ by, addresses }) => outsideCeiling(by.item, by.source, addresses));
}

/** Whether fields ask for more than how something is managed. */
export function asksForMore(fields: DeclaredFields): boolean {
  return [...fields.keys()].some((key) => key !== 'name' && !isManagementKey(key));
}

function movesMail({ mailbox, fields }: Observed): boolean {
  if (mailbox?.active !== true) return false;
  return DIRECTIONS.some((direction) => {
    const method = fields[direction] ?? 'none';
    return method === SERVER_SIDE_SYNC ? fields[`enabled.${direction}`] === true : method !== 'none';
  });
}
