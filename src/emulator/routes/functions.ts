/** The functions of the Web API that the embedded Dataverse has: who am I, what may I do, what is this environment. */

import { badRequest, splitSearch } from '../odata/index.ts';
import type { Depth } from '../organization.ts';
import { callerPrivileges, findCallerById } from '../security/caller.ts';
import { depthOf, reach, requirePrivilege } from '../security/row-security.ts';
import { notFound, unknownResource } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference, organizationRow, text } from '../world.ts';
import { readAddress } from '../writes/read-body.ts';
import { readableRow } from './get-row.ts';
import type { Operation, Reply } from './operation.ts';

type Unbound = (operation: Operation, parameters: string) => unknown;

const unbound: Readonly<Record<string, Unbound>> = {
  WhoAmI: whoAmI,
  RetrieveVersion: () => ({ Version: '9.2.24112.00190' }),
  RetrieveCurrentOrganization: currentOrganization,
  RetrieveTotalRecordCount: totalRecordCount,
};

export const unboundFunctions: readonly string[] = Object.keys(unbound);

export function unboundFunction(operation: Operation, name: string, parameters: string): Reply {
  const run = unbound[name];
  if (run === undefined) throw unknownResource(name);
  return complex(operation, `${name}Response`, run(operation, parameters));
}

function complex({ origin }: Operation, type: string, value: unknown): Reply {
  const context = `${origin}$metadata#Microsoft.Dynamics.CRM.${type}`;
  return { status: 200, body: { '@odata.context': context, ...(value as object) } };
}

function whoAmI({ world, caller }: Operation): unknown {
  const unit = caller.row.businessunitid;
  return {
    BusinessUnitId: isReference(unit) ? unit.id : null,
    UserId: caller.userId,
    OrganizationId: world.organization.organizationId.toLowerCase(),
  };
}

/** Addresses are those under which the request came. */
function currentOrganization({ world, origin }: Operation, parameters: string): unknown {
  if (!/^AccessType=/.test(parameters.trim())) throw badRequest("The parameter 'AccessType' is missing.");
  const host = new URL(origin);
  const name = text(organizationRow(world).name) || world.organization.name;
  const id = world.organization.organizationId.toLowerCase();
  return {
    Detail: {
      OrganizationId: id,
      FriendlyName: name,
      OrganizationVersion: '9.2.24112.00190',
      EnvironmentId: id,
      UniqueName: `org${id.slice(0, 8)}`,
      UrlName: `org${id.slice(0, 8)}`,
      State: 'Enabled',
      Endpoints: { Count: 1, IsReadOnly: false, Keys: ['WebApplication'], Values: [`${host.origin}/`] },
    },
  };
}

/** The service counts daily; here the count is of this moment. */
function totalRecordCount(operation: Operation, parameters: string): unknown {
  const list = /^EntityNames=(.*)$/s.exec(parameters.trim())?.[1] ?? '';
  const names = readList(aliased(operation, list));
  const counts = names.map((name) => {
    const table = operation.world.tables.get(name);
    if (table === undefined) throw badRequest(`The entity with a name = '${name}' was not found.`);
    requirePrivilege(operation.caller, table, 'Read');
    return operation.world.store.size(name);
  });
  return {
    EntityRecordCountCollection: { Count: names.length, IsReadOnly: false, Keys: names, Values: counts },
  };
}

function readList(literal: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(literal.replaceAll("'", '"'));
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest(`The parameter 'EntityNames' is not a list of names: '${literal}'.`);
}

export function boundFunction(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  parameters: string,
): Reply {
  const isUser = table.name === 'systemuser';
  if (isUser && name === 'RetrieveUserPrivileges') return userPrivileges(operation, table, id, null);
  if (isUser && name === 'RetrieveUserPrivilegeByPrivilegeName') {
    const literal = readParameter(operation, parameters, 'PrivilegeName');
    return userPrivileges(operation, table, id, literal.replace(/^'(.*)'$/, '$1').replaceAll("''", "'"));
  }
  if (isUser && name === 'RetrievePrincipalAccess') return principalAccess(operation, table, id, parameters);
  throw unknownResource(`Microsoft.Dynamics.CRM.${name}`);
}

function userPrivileges(operation: Operation, table: TableFacts, id: string, wanted: string | null): Reply {
  const user = readableRow(operation, table, id);
  const unit = user.businessunitid;
  const held = callerPrivileges(operation.world, operation.caller, id);
  const privileges = [...operation.world.store.rows('privilege')]
    .filter((row) => held.has(String(row.name)) && (wanted === null || row.name === wanted))
    .map((row) => ({
      Depth: depthName(held.get(String(row.name))),
      PrivilegeId: row.privilegeid,
      BusinessUnitId: isReference(unit) ? unit.id : null,
      PrivilegeName: row.name,
    }));
  const type =
    wanted === null ? 'RetrieveUserPrivilegesResponse' : 'RetrieveUserPrivilegeByPrivilegeNameResponse';
  return complex(operation, type, { RolePrivileges: privileges });
}

function depthName(depth: Depth | undefined): string {
  const name = depth ?? 'basic';
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

const rights = ['Read', 'Write', 'Append', 'AppendTo', 'Create', 'Delete', 'Share', 'Assign'] as const;

/** What a user may do with one row; None where it may do nothing. */
function principalAccess(operation: Operation, table: TableFacts, id: string, parameters: string): Reply {
  const { world, caller } = operation;
  readableRow(operation, table, id);
  const target = readTarget(operation, readParameter(operation, parameters, 'Target'));
  const row = world.store.get(target.table.name, target.id);
  if (row === undefined) throw notFound(target.table.schemaName, target.id);
  const user = id === caller.userId ? caller : findCallerById(world, id);
  const held = rights.filter(
    (right) => depthOf(user, target.table, right) !== 'none' && reach(world, user, target.table, right)(row),
  );
  const names = held.map((right) => `${right}Access`);
  return complex(operation, 'RetrievePrincipalAccessResponse', {
    AccessRights: names.length === 0 ? 'None' : names.join(', '),
  });
}

function readTarget({ world }: Operation, literal: string): ReturnType<typeof readAddress> {
  const address = /^\{\s*["']@odata\.id["']\s*:\s*["']([^"']+)["']\s*\}$/.exec(literal)?.[1];
  if (address === undefined)
    throw badRequest(`The parameter 'Target' is not the address of a row: '${literal}'.`);
  return readAddress(world, address);
}

/** A literal in the call, or an alias whose value stands in the query. */
function readParameter(operation: Operation, parameters: string, name: string): string {
  const value = new RegExp(`(?:^|,)\\s*${name}=(\\{[^}]*\\}|[^,]*)`).exec(parameters)?.[1]?.trim();
  if (value === undefined || value === '') throw badRequest(`The parameter '${name}' is missing.`);
  return aliased(operation, value);
}

function aliased({ search }: Operation, value: string): string {
  if (!value.startsWith('@')) return value;
  const found = splitSearch(search).aliases.get(value);
  if (found === undefined) throw badRequest(`The parameter alias '${value}' has no value.`);
  return found;
}
