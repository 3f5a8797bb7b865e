/** What hangs on a table definition: columns, keys, relationships, privileges. */

import type { TableFacts } from '../tables/tables.ts';
import {
  columnDefinitions,
  commonProperties,
  type Definition,
  manyToMany,
  manyToOne,
} from './definition-facts.ts';
import type { DefinitionView } from './definition-view.ts';
import type { Operation } from './operation.ts';

export const members: readonly string[] = [
  'Attributes',
  'Keys',
  'ManyToOneRelationships',
  'OneToManyRelationships',
  'ManyToManyRelationships',
];

export function memberView(what: string, member: string): DefinitionView {
  const isColumns = member === 'Attributes';
  return {
    what,
    type: isColumns ? 'AttributeMetadata' : member.replace(/s$/, 'Metadata'),
    properties: isColumns ? commonProperties : null,
  };
}

export function definitionsOf(
  { world }: Operation,
  table: TableFacts,
  member: string,
): readonly Definition[] {
  switch (member) {
    case 'Attributes':
      return columnDefinitions(table);
    case 'ManyToOneRelationships':
      return manyToOne(world.tables).filter((facts) => facts.ReferencingEntity === table.name);
    case 'OneToManyRelationships':
      return manyToOne(world.tables).filter((facts) => facts.ReferencedEntity === table.name);
    case 'ManyToManyRelationships':
      return manyToMany(world.tables).filter(
        (facts) => facts.Entity1LogicalName === table.name || facts.Entity2LogicalName === table.name,
      );
    default:
      // Keys: none of the tables has an alternate key.
      return [];
  }
}

export function privilegesOf(operation: Operation, table: TableFacts): readonly Definition[] {
  const suffix = new RegExp(`^prv(Create|Read|Write|Delete|Assign|Share|Append|AppendTo)${table.privilege}$`);
  return [...operation.world.store.rows('privilege')]
    .filter((row) => suffix.test(String(row.name)))
    .map((row) => ({
      CanBeBasic: true,
      CanBeDeep: true,
      CanBeGlobal: true,
      CanBeLocal: true,
      Name: row.name,
      PrivilegeId: row.privilegeid,
      PrivilegeType: suffix.exec(String(row.name))?.[1],
    }));
}
