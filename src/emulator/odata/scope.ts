/** What a filter is parsed against: the table, the lambda variable in force, and the switches of unverified behaviour. */

import type { Database, Table } from './table.ts';

export interface QuerySwitches {
  /** Whether Microsoft.Dynamics.CRM.In accepts a column that holds ids; unverified on a live service. */
  readonly inOnGuid: 'works' | '400';
  /** Whether the navigation properties of `regardingobjectid` can be expanded; unverified on a live service. */
  readonly expandRegarding: 'works' | '400';
}

export const DEFAULT_SWITCHES: QuerySwitches = { inOnGuid: 'works', expandRegarding: 'works' };

export interface Scope {
  readonly table: Table;
  /** The lambda variable whose rows are looked at; null outside of any lambda. */
  readonly variable: string | null;
  readonly database: Database;
  readonly aliases: ReadonlyMap<string, string>;
  readonly switches: QuerySwitches;
}
