/** The service document and $metadata (CSDL 4.0), made from the table facts. */

import { splitSearch } from '../odata/index.ts';
import type { Navigation } from '../odata/table.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import { principal, principalTables } from '../tables/principal.ts';
import type { TableFacts } from '../tables/tables.ts';
import { unboundFunctions } from './functions.ts';
import { operationTypes } from './metadata-operations.ts';
import type { Operation, Reply } from './operation.ts';

export function serviceDocument({ world, origin }: Operation): Reply {
  const sets = [...world.tables.values()].map(({ entitySet }) => ({
    name: entitySet,
    kind: 'EntitySet',
    url: entitySet,
  }));
  return { status: 200, body: { '@odata.context': `${origin}$metadata`, value: sets } };
}

export function metadataDocument({ world, search }: Operation): Reply {
  const annotated = splitSearch(search).options.get('annotations') === 'true';
  const tables = [...world.tables.values()];
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    '  <edmx:DataServices>',
    '    <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    '      <EntityType Name="crmbaseentity" Abstract="true" />',
    ...principalType,
    ...tables.flatMap((table) => entityType(table, tables)),
    ...operationTypes,
    '      <EntityContainer Name="System">',
    ...tables.flatMap((table) => entitySet(table, tables, annotated)),
    ...unboundFunctions.map((name) => `        <FunctionImport Name="${name}" Function="mscrm.${name}" />`),
    '        <ActionImport Name="ExchangeGmailAuthorizationCode" Action="mscrm.ExchangeGmailAuthorizationCode" />',
    '      </EntityContainer>',
    '    </Schema>',
    '  </edmx:DataServices>',
    '</edmx:Edmx>',
  ];
  return { status: 200, headers: { 'Content-Type': 'application/xml' }, body: `${lines.join('\n')}\n` };
}

/** The base of users and teams; they inherit its key. */
const principalType: readonly string[] = [
  `      <EntityType Name="${principal.name}" BaseType="mscrm.crmbaseentity">`,
  `        <Key><PropertyRef Name="${principal.primaryId}" /></Key>`,
  `        <Property Name="${principal.primaryId}" Type="Edm.Guid" Nullable="false" />`,
  '      </EntityType>',
];

function entityType(table: TableFacts, tables: readonly TableFacts[]): readonly string[] {
  const columns = [...table.columns.values()].filter(
    (column) => !column.virtual && (column.readable || column.creatable),
  );
  return [
    ...(principalTables.includes(table.name)
      ? [`      <EntityType Name="${table.name}" BaseType="mscrm.${principal.name}">`]
      : [
          `      <EntityType Name="${table.name}" BaseType="mscrm.crmbaseentity">`,
          `        <Key><PropertyRef Name="${table.primaryId}" /></Key>`,
        ]),
    ...columns.map((column) => propertyLine(table, column)),
    ...columns.flatMap((column) => navigationLines(column, tables)),
    ...[...(table.collections ?? [])].map(
      ([name, { target }]) =>
        `        <NavigationProperty Name="${name}" Type="Collection(mscrm.${target})" />`,
    ),
    '      </EntityType>',
  ];
}

function propertyLine(table: TableFacts, column: ColumnFacts): string {
  const name = column.navigation === undefined ? column.name : `_${column.name}_value`;
  const key = column.name === table.primaryId ? ' Nullable="false"' : '';
  const length = column.maxLength === undefined ? '' : ` MaxLength="${column.maxLength}"`;
  return `        <Property Name="${name}" Type="${edmType(column)}"${key}${length} />`;
}

function edmType(column: ColumnFacts): string {
  if (column.declaredType === 'Image') return 'Edm.Binary';
  switch (column.type) {
    case 'Boolean':
      return 'Edm.Boolean';
    case 'Integer':
    case 'Picklist':
    case 'State':
    case 'Status':
      return 'Edm.Int32';
    case 'BigInt':
      return 'Edm.Int64';
    case 'Double':
      return 'Edm.Double';
    case 'Decimal':
      return 'Edm.Decimal';
    case 'DateTime':
      return 'Edm.DateTimeOffset';
    case 'Uniqueidentifier':
    case 'Lookup':
    case 'Owner':
      return 'Edm.Guid';
    case 'String':
    case 'Memo':
    case 'EntityName':
      return 'Edm.String';
    default:
      return column.type satisfies never;
  }
}

/** An owner is user or team: a principal. Some lookups lead to tables that are not here: the base of all. */
function navigationLines(column: ColumnFacts, tables: readonly TableFacts[]): readonly string[] {
  const items = column.navigation ?? [];
  const names = new Map(items.map(({ property, target }) => [property, target]));
  return [...names].map(([property, target]) => {
    const type = items.filter((item) => item.property === property).length > 1 ? principal.name : target;
    const isKnown = type === principal.name || tables.some(({ name }) => name === type);
    const shown = isKnown ? type : 'crmbaseentity';
    return `        <NavigationProperty Name="${property}" Type="mscrm.${shown}" Nullable="true" />`;
  });
}

/** Whether a property leads to one table alone: there is no set of principals to bind to. */
function isOnly({ property }: Navigation, _at: number, all: readonly Navigation[]): boolean {
  return all.filter((item) => item.property === property).length === 1;
}

/** Asked for by ?annotations=true (Microsoft Learn, "Web API service documents"). */
const changeTracking: readonly string[] = [
  '          <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking">',
  '            <Record>',
  '              <PropertyValue Property="Supported" Bool="true" />',
  '            </Record>',
  '          </Annotation>',
];

function entitySet(table: TableFacts, tables: readonly TableFacts[], annotated: boolean): readonly string[] {
  const setOf = (name: string): string | undefined => tables.find((other) => other.name === name)?.entitySet;
  const single = [...table.columns.values()].flatMap((column) => column.navigation ?? []).filter(isOnly);
  const many = [...(table.collections ?? [])].map(([property, { target }]) => ({ property, target }));
  const bindings = [...single, ...many].filter(({ target }) => setOf(target) !== undefined);
  const unique = new Map(bindings.map(({ property, target }) => [property, target]));
  return [
    `        <EntitySet Name="${table.entitySet}" EntityType="mscrm.${table.name}">`,
    ...[...unique].map(
      ([property, target]) =>
        `          <NavigationPropertyBinding Path="${property}" Target="${setOf(target) ?? ''}" />`,
    ),
    ...(annotated && table.changeTracking ? changeTracking : []),
    '        </EntitySet>',
  ];
}
