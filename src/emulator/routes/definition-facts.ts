/** Tables, columns, relationships and choices as metadata objects, made from the table facts. Knows no query. */

import { displayNames } from '../tables/display-names.ts';
import type { ColumnFacts } from '../tables/parse-facts.ts';
import { type Relationship, relationships } from '../tables/relationships.ts';
import type { TableFacts, Tables } from '../tables/tables.ts';
import { uuidFrom } from '../uuid.ts';

export type Definition = Readonly<Record<string, unknown>>;

const namespace = 'Microsoft.Dynamics.CRM';
/** Tables to which a customizer can add columns; of mailbox a recorded definition says that it is none. */
const extensible: ReadonlySet<string> = new Set(['systemuser', 'team', 'businessunit', 'queue']);

const knownTables = new WeakMap<TableFacts, Definition>();

/** Made once for each table, as every reading of one looks for it among all. */
export function tableDefinition(table: TableFacts): Definition {
  const definition = knownTables.get(table) ?? defineTable(table);
  knownTables.set(table, definition);
  return definition;
}

function defineTable(table: TableFacts): Definition {
  const name = displayNames.get(table.name) ?? spaced(table.schemaName);
  const collection = collectionSchemaName(table);
  return {
    MetadataId: uuidFrom('definition', table.name),
    LogicalName: table.name,
    SchemaName: table.schemaName,
    EntitySetName: table.entitySet,
    LogicalCollectionName: table.entitySet,
    CollectionSchemaName: collection,
    DisplayName: label(name),
    DisplayCollectionName: label(displayNames.get(table.entitySet) ?? spaced(collection)),
    Description: label(undefined),
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: primaryNameOf(table),
    PrimaryImageAttribute: table.columns.has('entityimage') ? 'entityimage' : null,
    ObjectTypeCode: table.objectTypeCode,
    ReportViewName: `Filtered${table.schemaName}`,
    OwnershipType: ownershipTypes[table.ownership],
    TableType: 'Standard',
    IsOptimisticConcurrencyEnabled: true,
    ChangeTrackingEnabled: table.changeTracking,
    CanChangeTrackingBeEnabled: managed('canchangetrackingbeenabled', extensible.has(table.name)),
    CanCreateAttributes: managed('cancreateattributes', extensible.has(table.name)),
    IsCustomEntity: false,
    IsManaged: true,
    IsIntersect: table.ownership === 'none' && table.operations.size === 0 && table.name !== 'privilege',
    IsActivity: false,
    IsActivityParty: false,
    IsKnowledgeManagementEnabled: false,
    IsLogicalEntity: false,
    DataProviderId: null,
    DataSourceId: null,
    ExternalName: null,
    HasChanged: null,
  };
}

/** Null for the few tables whose rows have no name: their references show none. */
function primaryNameOf({ primaryId, primaryName }: TableFacts): string | null {
  return primaryName === primaryId ? null : primaryName;
}

const ownershipTypes = {
  user: 'UserOwned',
  business: 'BusinessOwned',
  organization: 'OrganizationOwned',
  none: 'None',
} as const;

/** Mailboxes from mailboxes, EmailServerProfiles from emailserverprofiles. */
function collectionSchemaName({ name, schemaName, entitySet }: TableFacts): string {
  const shared = [...name].findIndex((sign, at) => entitySet[at] !== sign);
  const end = shared < 0 ? name.length : shared;
  return schemaName.slice(0, end) + entitySet.slice(end);
}

function spaced(schemaName: string): string {
  return schemaName.replace(/([a-z])([A-Z])/g, '$1 $2');
}

function managed(name: string, value: boolean): Definition {
  return { Value: value, CanBeChanged: false, ManagedPropertyLogicalName: name };
}

export function label(text: string | undefined): Definition {
  if (text === undefined) return { LocalizedLabels: [], UserLocalizedLabel: null };
  const one = {
    Label: text,
    LanguageCode: 1033,
    IsManaged: true,
    MetadataId: uuidFrom('label', text),
    HasChanged: null,
  };
  return { LocalizedLabels: [one], UserLocalizedLabel: one };
}

/** What every column has; the rest belongs to its own type and needs a cast. */
export const commonProperties: ReadonlySet<string> = new Set([
  ...['@odata.type', 'MetadataId', 'LogicalName', 'SchemaName', 'EntityLogicalName', 'AttributeType'],
  ...['AttributeTypeName', 'RequiredLevel', 'DisplayName', 'Description', 'IsPrimaryId', 'IsPrimaryName'],
  ...['IsValidForRead', 'IsValidForCreate', 'IsValidForUpdate', 'IsLogical', 'IsCustomAttribute'],
  ...['IsManaged', 'HasChanged'],
]);

const knownColumns = new WeakMap<TableFacts, readonly Definition[]>();

/** Made once for each table: clients ask for a few columns of all of them. */
export function columnDefinitions(table: TableFacts): readonly Definition[] {
  const all =
    knownColumns.get(table) ?? [...table.columns.values()].map((column) => columnDefinition(table, column));
  knownColumns.set(table, all);
  return all;
}

function columnDefinition(table: TableFacts, column: ColumnFacts): Definition {
  return {
    '@odata.type': `#${namespace}.${typeName(column)}AttributeMetadata`,
    MetadataId: uuidFrom('attribute', table.name, column.name),
    LogicalName: column.name,
    SchemaName: column.schemaName,
    EntityLogicalName: table.name,
    AttributeType: attributeType(column),
    AttributeTypeName: { Value: `${typeName(column)}Type` },
    RequiredLevel: {
      Value: { none: 'None', application: 'ApplicationRequired', system: 'SystemRequired' }[column.required],
      CanBeChanged: false,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    DisplayName: label(displayNames.get(`${table.name}.${column.name}`)),
    Description: label(undefined),
    IsPrimaryId: column.name === table.primaryId,
    IsPrimaryName: column.name === primaryNameOf(table),
    IsValidForRead: column.readable || column.virtual,
    IsValidForCreate: column.creatable,
    IsValidForUpdate: column.updatable,
    IsLogical: column.virtual,
    IsCustomAttribute: false,
    IsManaged: true,
    HasChanged: null,
    ...(column.maxLength === undefined ? {} : { MaxLength: column.maxLength }),
    ...(column.range === undefined ? {} : { MinValue: column.range[0], MaxValue: column.range[1] }),
    ...(column.navigation === undefined ? {} : { Targets: column.navigation.map(({ target }) => target) }),
    ...(column.declaredType === 'DateTime' ? { Format: column.dateOnly ? 'DateOnly' : 'DateAndTime' } : {}),
    ...choiceProperties(table, column),
  };
}

function attributeType({ declaredType }: ColumnFacts): string {
  return declaredType === 'File' || declaredType === 'Image' ? 'Virtual' : declaredType;
}

const typeNames: Readonly<Record<string, string>> = { Uniqueidentifier: 'UniqueIdentifier', Owner: 'Lookup' };

function typeName(column: ColumnFacts): string {
  return typeNames[column.declaredType] ?? column.declaredType;
}

/** Every choice is the column's own: none of the published references names a global one. */
function choiceProperties(table: TableFacts, column: ColumnFacts): Definition {
  if (column.declaredType === 'Boolean') {
    const option = (value: 0 | 1) =>
      optionOf(value, column.options?.get(value) ?? (value === 1 ? 'Yes' : 'No'));
    return {
      DefaultValue: column.defaultValue ?? null,
      OptionSet: { ...optionSet(table, column, 'Boolean'), TrueOption: option(1), FalseOption: option(0) },
      GlobalOptionSet: null,
    };
  }
  if (column.options === undefined) return {};
  const options = [...column.options].map(([value, text]) => optionOf(value, text));
  return {
    DefaultFormValue: typeof column.defaultValue === 'number' ? column.defaultValue : -1,
    OptionSet: { ...optionSet(table, column, column.declaredType), Options: options },
    GlobalOptionSet: null,
  };
}

function optionSet(table: TableFacts, column: ColumnFacts, type: string): Definition {
  return {
    MetadataId: uuidFrom('optionset', table.name, column.name),
    Name: `${table.name}_${column.name}`,
    OptionSetType: type,
    IsGlobal: false,
    IsCustomOptionSet: false,
    IsManaged: true,
    DisplayName: label(displayNames.get(`${table.name}.${column.name}`)),
    Description: label(undefined),
    HasChanged: null,
  };
}

function optionOf(value: number, text: string): Definition {
  return {
    Value: value,
    Label: label(text),
    Description: label(undefined),
    Color: null,
    IsManaged: true,
    MetadataId: null,
    HasChanged: null,
  };
}

/** The names of choices and of what stands behind them: reached by $expand or by path, not by $select. */
export const expandable: ReadonlySet<string> = new Set(['OptionSet', 'GlobalOptionSet']);

export function manyToOne(tables: Tables): readonly Definition[] {
  const found = relationships.map((facts) => relationshipDefinition(tables, facts));
  return found.filter((definition) => definition !== undefined);
}

function relationshipDefinition(tables: Tables, facts: Relationship): Definition | undefined {
  const column = tables.get(facts.table)?.columns.get(facts.column);
  if (column === undefined) return undefined;
  return {
    '@odata.type': `#${namespace}.OneToManyRelationshipMetadata`,
    MetadataId: uuidFrom('relationship', facts.schemaName),
    SchemaName: facts.schemaName,
    RelationshipType: 'OneToManyRelationship',
    ReferencingEntity: facts.table,
    ReferencingAttribute: facts.column,
    ReferencingEntityNavigationPropertyName: column.navigation?.find(({ target }) => target === facts.target)
      ?.property,
    ReferencedEntity: facts.target,
    ReferencedAttribute: tables.get(facts.target)?.primaryId,
    ReferencedEntityNavigationPropertyName: facts.schemaName,
    CascadeConfiguration: { Delete: facts.onDelete },
    IsHierarchical: false,
    IsCustomRelationship: false,
    IsManaged: true,
    HasChanged: null,
  };
}

export function manyToMany(tables: Tables): readonly Definition[] {
  const found = new Map<string, Definition>();
  for (const table of tables.values()) {
    for (const [name, { target, by }] of table.collections ?? []) {
      const other = tables.get(target);
      if (by !== undefined || other === undefined || found.has(name)) continue;
      found.set(name, {
        '@odata.type': `#${namespace}.ManyToManyRelationshipMetadata`,
        MetadataId: uuidFrom('relationship', name),
        SchemaName: name,
        RelationshipType: 'ManyToManyRelationship',
        Entity1LogicalName: table.name,
        Entity1IntersectAttribute: table.primaryId,
        Entity1NavigationPropertyName: name,
        Entity2LogicalName: target,
        Entity2IntersectAttribute: other.primaryId,
        Entity2NavigationPropertyName: name,
        IsCustomRelationship: false,
        IsManaged: true,
        HasChanged: null,
      });
    }
  }
  return [...found.values()];
}
