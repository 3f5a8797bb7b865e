/** The functions of the Web API that the embedded Dataverse has: who am I, and what may I do. */

import type { Depth } from '../organization.ts';
import { callerPrivileges } from '../security/caller.ts';
import { notSupportedHere } from '../service-error.ts';
import type { TableFacts } from '../tables/tables.ts';
import { isReference } from '../world.ts';
import { readableRow } from './get-row.ts';
import type { Operation, Reply } from './operation.ts';

export function whoAmI({ world, caller, origin }: Operation): Reply {
  const unit = caller.row.businessunitid;
  return {
    status: 200,
    body: {
      '@odata.context': `${origin}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: isReference(unit) ? unit.id : null,
      UserId: caller.userId,
      OrganizationId: world.organization.organizationId.toLowerCase(),
    },
  };
}

export function boundFunction(
  operation: Operation,
  table: TableFacts,
  id: string,
  name: string,
  parameters: string,
): Reply {
  if (table.name === 'systemuser' && name === 'RetrieveUserPrivileges')
    return userPrivileges(operation, table, id, null);
  if (table.name === 'systemuser' && name === 'RetrieveUserPrivilegeByPrivilegeName') {
    return userPrivileges(operation, table, id, readParameter(operation, parameters, 'PrivilegeName'));
  }
  throw notSupportedHere(`The function '${name}' of '${table.entitySet}'`);
}

function userPrivileges(operation: Operation, table: TableFacts, id: string, wanted: string | null): Reply {
  const { world, origin } = operation;
  const user = readableRow(operation, table, id);
  const unit = user.businessunitid;
  const held = callerPrivileges(world, operation.caller, id);
  const privileges = [...world.store.rows('privilege')]
    .filter((row) => held.has(String(row.name)) && (wanted === null || row.name === wanted))
    .map((row) => ({
      Depth: depthName(held.get(String(row.name))),
      PrivilegeId: row.privilegeid,
      BusinessUnitId: isReference(unit) ? unit.id : null,
      PrivilegeName: row.name,
    }));
  const type =
    wanted === null ? 'RetrieveUserPrivilegesResponse' : 'RetrieveUserPrivilegeByPrivilegeNameResponse';
  return {
    status: 200,
    body: {
      '@odata.context': `${origin}$metadata#Microsoft.Dynamics.CRM.${type}`,
      RolePrivileges: privileges,
    },
  };
}

function depthName(depth: Depth | undefined): string {
  const name = depth ?? 'basic';
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** A literal in the call, or an alias whose value stands in the query. */
function readParameter({ search }: Operation, parameters: string, name: string): string {
  const value = new RegExp(`(?:^|,)\\s*${name}=([^,]*)`).exec(parameters)?.[1]?.trim() ?? '';
  const literal = value.startsWith('@') ? (new URLSearchParams(search).get(value) ?? '') : value;
  return literal.replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
}
