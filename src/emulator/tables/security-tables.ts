/**
 * Columns of the tables that only serve identity: team, businessunit, role, privilege, and the tables that link them.
 * A selection, in the notation of parse-facts.ts. Source: Microsoft Learn, table references of the same names.
 */

export const teamFacts = `
administratorid AdministratorId Lookup RCU S -> administratorid:systemuser
businessunitid BusinessUnitId Lookup RCU S -> businessunitid:businessunit
createdon CreatedOn DateTime R-- -
description Description Memo RCU - len 2000
isdefault IsDefault Boolean R-- S =false
modifiedon ModifiedOn DateTime R-- -
name Name String RCU S len 160
organizationid OrganizationId Lookup R-- - -> organizationid_organization:organization
queueid QueueId Lookup RCU - -> queueid:queue
teamid TeamId Uniqueidentifier RC- S
teamtype TeamType Picklist RC- S =0 {0 Owner | 1 Access | 2 Security Group | 3 Office Group}
versionnumber VersionNumber BigInt R-- -
`;

export const businessunitFacts = `
businessunitid BusinessUnitId Uniqueidentifier RC- S
createdon CreatedOn DateTime R-- -
isdisabled IsDisabled Boolean R-- - =false
modifiedon ModifiedOn DateTime R-- -
name Name String RCU S len 160
organizationid OrganizationId Lookup R-- - -> organizationid:organization
parentbusinessunitid ParentBusinessUnitId Lookup RCU - -> parentbusinessunitid:businessunit
versionnumber VersionNumber BigInt R-- -
`;

export const roleFacts = `
businessunitid BusinessUnitId Lookup RC- S -> businessunitid:businessunit
createdon CreatedOn DateTime R-- -
ismanaged IsManaged Boolean R-- S =true
modifiedon ModifiedOn DateTime R-- -
name Name String RCU S len 100
parentroleid ParentRoleId Lookup R-- - -> parentroleid:role
parentrootroleid ParentRootRoleId Lookup R-- - -> parentrootroleid:role
roleid RoleId Uniqueidentifier RC- S
versionnumber VersionNumber BigInt R-- -
`;

export const privilegeFacts = `
accessright AccessRight Integer R-- - -2147483648..2147483647
canbebasic CanBeBasic Boolean R-- S =true
canbedeep CanBeDeep Boolean R-- S =true
canbeglobal CanBeGlobal Boolean R-- S =true
canbelocal CanBeLocal Boolean R-- S =true
name Name String R-- S len 100
privilegeid PrivilegeId Uniqueidentifier R-- S
versionnumber VersionNumber BigInt R-- -
`;

export const teammembershipFacts = `
systemuserid SystemUserId Uniqueidentifier R-- -
teamid TeamId Uniqueidentifier R-- -
teammembershipid TeamMembershipId Uniqueidentifier R-- S
versionnumber VersionNumber BigInt R-- -
`;

export const systemuserrolesFacts = `
roleid RoleId Uniqueidentifier R-- -
systemuserid SystemUserId Uniqueidentifier R-- -
systemuserroleid SystemUserRoleId Uniqueidentifier R-- S
versionnumber VersionNumber BigInt R-- -
`;

export const teamrolesFacts = `
roleid RoleId Uniqueidentifier R-- -
teamid TeamId Uniqueidentifier R-- -
teamroleid TeamRoleId Uniqueidentifier R-- S
versionnumber VersionNumber BigInt R-- -
`;
