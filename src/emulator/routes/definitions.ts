/** EntityDefinitions: the few facts of the metadata that clients ask for, and lists of attributes. */

import { notSupportedHere, ServiceError, unknownResource } from '../service-error.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import type { TableFacts } from '../tables/tables.ts';
import { uuidFrom } from '../uuid.ts';
import type { Operation, Reply } from './operation.ts';

export function definitions(operation: Operation, key: string | null, rest: readonly string[]): Reply {
  if (key === null) return listDefinitions(operation);
  const logicalName = /^LogicalName='([^']*)'$/.exec(key)?.[1];
  if (logicalName === undefined) throw notSupportedHere(`EntityDefinitions(${key})`);
  const table = operation.world.tables.get(logicalName);
  if (table === undefined) {
    throw new ServiceError(404, '0x80060888', `Could not find an entity with name ${logicalName}.`);
  }
  const [member, ...more] = rest;
  if (member === undefined) return oneDefinition(operation, table);
  if (member === 'Keys') return list(operation, `EntityDefinitions('${logicalName}')/Keys`, []);
  if (member !== 'Attributes' || more.length > 1) throw unknownResource(member);
  return attributes(operation, table, more[0]);
}

function oneDefinition(operation: Operation, table: TableFacts): Reply {
  const context = `${operation.origin}$metadata#EntityDefinitions/$entity`;
  const { '@odata.id': _id, ...facts } = selectorOf(operation)(definitionOf(operation, table));
  return { status: 200, body: { '@odata.context': context, ...facts } };
}

function listDefinitions(operation: Operation): Reply {
  const all = [...operation.world.tables.values()].map((table) => definitionOf(operation, table));
  const kept = all.filter(filterOf(operation)).map(selectorOf(operation));
  return list(operation, 'EntityDefinitions', kept);
}

type Definition = Readonly<Record<string, unknown>>;

function definitionOf(operation: Operation, table: TableFacts): Definition {
  const isMailbox = table.name === 'mailbox';
  return {
    MetadataId: uuidFrom('definition', table.name),
    LogicalName: table.name,
    SchemaName: table.schemaName,
    EntitySetName: table.entitySet,
    LogicalCollectionName: table.entitySet,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName,
    ObjectTypeCode: table.objectTypeCode,
    OwnershipType: {
      user: 'UserOwned',
      business: 'BusinessOwned',
      organization: 'OrganizationOwned',
      none: 'None',
    }[table.ownership],
    IsOptimisticConcurrencyEnabled: true,
    ChangeTrackingEnabled: isMailbox,
    IsCustomEntity: false,
    Privileges: privilegesOf(operation, table),
  };
}

function privilegesOf(operation: Operation, table: TableFacts): readonly Definition[] {
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

function attributes(operation: Operation, table: TableFacts, cast: string | undefined): Reply {
  const all = attributesOf(table);
  const typed = cast === undefined ? all : all.filter((attribute) => attribute['@odata.type'] === `#${cast}`);
  const kept = typed.filter(filterOf(operation)).map(selectorOf(operation));
  return list(operation, `EntityDefinitions('${table.name}')/Attributes`, kept);
}

const known = new WeakMap<TableFacts, readonly Definition[]>();

/** Made once for each table: clients ask for a few columns of all of them. */
function attributesOf(table: TableFacts): readonly Definition[] {
  const all = known.get(table) ?? [...table.columns.values()].map((column) => attributeOf(table, column));
  known.set(table, all);
  return all;
}

function attributeOf(table: TableFacts, column: ColumnFacts): Definition {
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${typeName(column)}AttributeMetadata`,
    MetadataId: uuidFrom('attribute', table.name, column.name),
    LogicalName: column.name,
    SchemaName: column.schemaName,
    EntityLogicalName: table.name,
    AttributeType:
      column.declaredType === 'File' || column.declaredType === 'Image' ? 'Virtual' : column.declaredType,
    RequiredLevel: {
      Value: { none: 'None', application: 'ApplicationRequired', system: 'SystemRequired' }[column.required],
    },
    IsValidForRead: column.readable || column.virtual,
    IsValidForCreate: column.creatable,
    IsValidForUpdate: column.updatable,
    ...(column.maxLength === undefined ? {} : { MaxLength: column.maxLength }),
    ...(column.range === undefined ? {} : { MinValue: column.range[0], MaxValue: column.range[1] }),
    ...(column.navigation === undefined ? {} : { Targets: column.navigation.map(({ target }) => target) }),
    ...(column.options === undefined ? {} : { OptionSet: { Options: optionsOf(column.options) } }),
  };
}

const typeNames: Readonly<Record<string, string>> = { Uniqueidentifier: 'UniqueIdentifier', Owner: 'Lookup' };

function typeName(column: ColumnFacts): string {
  return typeNames[column.declaredType] ?? column.declaredType;
}

function optionsOf(options: ReadonlyMap<number, string>): readonly Definition[] {
  return [...options].map(([value, label]) => ({
    Value: value,
    Label: { UserLocalizedLabel: { Label: label, LanguageCode: 1033 } },
  }));
}

/** The type and the id come along with any selection. */
function selectorOf({ search }: Operation): (definition: Definition) => Definition {
  const select = new URLSearchParams(search).get('$select');
  if (select === null) return (definition) => definition;
  const names = select.split(',').map((name) => name.trim());
  const kept = new Set(['@odata.type', 'MetadataId', ...names]);
  return (definition) => {
    for (const name of names) requireProperty(definition, name);
    return Object.fromEntries(Object.entries(definition).filter(([name]) => kept.has(name)));
  };
}

function requireProperty(definition: Definition, name: string): void {
  if (name in definition || name === 'OptionSet') return;
  throw new ServiceError(
    400,
    '0x80060888',
    `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.MetadataBase'.`,
  );
}

/** Metadata is filtered by equality only: name eq value, joined by and, or. */
function filterOf({ search }: Operation): (definition: Definition) => boolean {
  const filter = new URLSearchParams(search).get('$filter');
  if (filter === null) return () => true;
  const groups = filter.split(/\s+or\s+/).map((group) => group.split(/\s+and\s+/).map(parseComparison));
  return (definition) => groups.some((group) => group.every(({ name, value }) => definition[name] === value));
}

function parseComparison(text: string): { readonly name: string; readonly value: unknown } {
  const match = /^\(?\s*(\w+)\s+eq\s+('([^']*)'|true|false|\d+)\s*\)?$/.exec(text.trim());
  if (match === null) throw notSupportedHere(`The metadata filter '${text}'`);
  const [, name = '', literal = '', quoted] = match;
  return { name, value: quoted ?? JSON.parse(literal) };
}

function list(operation: Operation, what: string, value: readonly unknown[]): Reply {
  return { status: 200, body: { '@odata.context': `${operation.origin}$metadata#${what}`, value } };
}
