/** `@odata.context`: which columns a response holds, e.g. …/$metadata#mailboxes(name,emailserverprofile(name))/$entity. */

import { propertyOf } from './names.ts';
import type { Expand, Query } from './query.ts';
import type { Table } from './table.ts';

export function formatContext(
  query: Query,
  table: Table,
  origin: string,
  shape: 'collection' | 'entity',
): string {
  return `${origin}$metadata#${table.entitySet}${columnList(query)}${shape === 'entity' ? '/$entity' : ''}`;
}

function columnList(query: Query): string {
  const columns = (query.select ?? []).map(propertyOf);
  const list = [...columns, ...query.expand.flatMap(expandList)];
  return list.length === 0 ? '' : `(${list.join(',')})`;
}

function expandList({ property, reference, query }: Expand): readonly string[] {
  if (reference) return [property, `${property}/$ref()`];
  return [`${property}${columnList(query) || '()'}`];
}
