/** The parsed query: names are already bound to columns, values to types. Plain data; no rows, no text. */

import type { Column, Table } from './table.ts';

export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  /** `value` is milliseconds; `text` is what was written. */
  | { readonly type: 'date'; readonly value: number; readonly text: string }
  /** Lower case, without braces. */
  | { readonly type: 'guid'; readonly value: string };

/** One hop over a lookup: the column that holds it, the property that names it, the table it leads to. */
export interface Hop {
  readonly property: string;
  readonly column: string;
  readonly target: string;
}

export interface Path {
  /** The lambda variable the path starts with, if any. */
  readonly variable: string | null;
  readonly hops: readonly Hop[];
  readonly column: Column;
}

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly literal: Literal };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'contains' | 'startswith' | 'endswith';
export type ListFunction = 'In' | 'NotIn' | 'Between' | 'NotBetween';
export type CallerFunction =
  | 'EqualUserId'
  | 'NotEqualUserId'
  | 'EqualBusinessId'
  | 'NotEqualBusinessId'
  | 'EqualRoleBusinessId'
  | 'EqualUserTeams'
  | 'EqualUserOrUserTeams'
  | 'EqualUserOrUserHierarchy'
  | 'EqualUserOrUserHierarchyAndTeams'
  | 'EqualUserLanguage';
export type HierarchyFunction = 'Above' | 'AboveOrEqual' | 'Under' | 'UnderOrEqual' | 'NotUnder';

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly kind: 'text';
      readonly name: TextFunction;
      readonly path: Path;
      readonly pattern: string | null;
    }
  | {
      readonly kind: 'lambda';
      readonly quantifier: 'any' | 'all';
      readonly variable: string | null;
      readonly outer: string | null;
      readonly table: string;
      readonly primaryId: string;
      readonly collection: string;
      readonly body: Expression | null;
    }
  | {
      readonly kind: 'list';
      readonly name: ListFunction;
      readonly path: Path;
      readonly values: readonly Literal[];
    }
  | { readonly kind: 'caller'; readonly name: CallerFunction; readonly path: Path }
  /** A function on dates, by name; its values are numbers or moments. */
  | { readonly kind: 'date'; readonly name: string; readonly path: Path; readonly values: readonly number[] }
  | {
      readonly kind: 'hierarchy';
      readonly name: HierarchyFunction;
      readonly path: Path;
      readonly table: string;
      /** The lookup that leads one step up. */
      readonly parent: string;
      readonly id: string;
    };

export interface OrderItem {
  readonly column: Column;
  readonly descending: boolean;
}

export interface Expand {
  readonly property: string;
  /** The lookup column behind a single-valued property; null for a collection. */
  readonly column: string | null;
  readonly manyToMany: boolean;
  readonly table: Table;
  /** `property/$ref`: only the address of the row. */
  readonly reference: boolean;
  /** The nested options as written, for the collection's own next link. */
  readonly text: string;
  readonly query: Query;
}

/** Where a page ended: the ordering values and id of its last row, never an offset. */
export interface SkipToken {
  readonly page: number;
  readonly keys: readonly Key[];
  readonly id: string;
  /** What is left of $top. */
  readonly remaining: number | null;
  /** The version at which a tracked reading began. */
  readonly tracking?: number | undefined;
}

export type Key = null | boolean | number | string;

export interface Query {
  /** Null selects every readable column. */
  readonly select: readonly Column[] | null;
  readonly expand: readonly Expand[];
  readonly filter: Expression | null;
  readonly orderBy: readonly OrderItem[];
  readonly top: number | null;
  readonly count: boolean;
  readonly skip: SkipToken | null;
}

export const EMPTY_QUERY: Query = {
  select: null,
  expand: [],
  filter: null,
  orderBy: [],
  top: null,
  count: false,
  skip: null,
};
