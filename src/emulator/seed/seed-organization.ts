/**
 * The organization row and the business units. Values of the row as two recorded rows of 2024 and 2025 have them
 * (microsoft/terraform-provider-power-platform, test fixtures of environment settings); they differ from the
 * documented defaults in places.
 */

import type { Row } from '../odata/table.ts';
import { exchangeOnlineProfileId } from '../world.ts';
import { readColumns } from './read-columns.ts';
import { rootBusinessUnit, type Seed } from './seed-context.ts';

const recorded: Row = {
  allowaddressbooksyncs: true,
  allowautoresponsecreation: true,
  allowautounsubscribe: false,
  allowautounsubscribeacknowledgement: false,
  allowmarketingemailexecution: true,
  allowofflinescheduledsyncs: true,
  allowoutlookscheduledsyncs: true,
  allowunresolvedpartiesonemailsend: false,
  blockedattachments:
    'ade;adp;app;asa;ashx;asmx;asp;bas;bat;cdx;cer;chm;class;cmd;com;config;cpl;crt;csh;dll;exe',
  defaultemailsettings:
    '<EmailSettings><IncomingEmailDeliveryMethod>2</IncomingEmailDeliveryMethod><OutgoingEmailDeliveryMethod>2</OutgoingEmailDeliveryMethod><ACTDeliveryMethod>2</ACTDeliveryMethod></EmailSettings>',
  emailconnectionchannel: 0,
  emailcorrelationenabled: true,
  emailsendpollingperiod: 600_000,
  enablesmartmatching: null,
  generatealertsforerrors: true,
  generatealertsforinformation: true,
  generatealertsforwarnings: true,
  ignoreinternalemail: false,
  incomingemailexchangeemailretrievalbatchsize: 10,
  isappointmentattachmentsyncenabled: false,
  isassignedtaskssyncenabled: false,
  iscontactmailingaddresssyncenabled: true,
  iscontextualemailenabled: false,
  isemailaddressvalidationenabled: false,
  isemailmonitoringallowed: false,
  isemailserverprofilecontentfilteringenabled: true,
  isfolderbasedtrackingenabled: false,
  ismailboxforcedunlockingenabled: true,
  ismailboxinactivebackoffenabled: false,
  isresourcebookingexchangesyncenabled: false,
  mailboxintermittentissueminrange: 2,
  mailboxpermanentissueminrange: 7,
  maxfolderbasedtrackingmappings: 25,
  maximumtrackingnumber: 999,
  maxuploadfilesize: 5_242_880,
  maxverboseloggingmailbox: 5,
  maxverboseloggingsynccycles: 9,
  minaddressbooksyncinterval: 3_600_000,
  minofflinesyncinterval: 900_000,
  minoutlooksyncinterval: 900_000,
  nexttrackingnumber: 0,
  notifymailboxownerofemailserverlevelalerts: false,
  officeappsautodeploymentenabled: false,
  orgdborgsettings:
    '<OrgSettings><IsCommandingModifiedOnEnabled>true</IsCommandingModifiedOnEnabled><IsLinkToFabricEnabled>true</IsLinkToFabricEnabled></OrgSettings>',
  rendersecureiframeforemail: false,
  requireapprovalforqueueemail: true,
  requireapprovalforuseremail: true,
  resolvesimilarunresolvedemailaddress: true,
  sendbulkemailinuci: false,
  syncoptinselection: false,
  tagmaxaggressivecycles: 2,
  tagpollingperiod: 600_000,
  tracelogmaximumageindays: 0,
  trackingprefix: 'CRM:;',
  trackingtokenidbase: 0,
  trackingtokeniddigits: 3,
  unresolveemailaddressifmultiplematch: false,
};

/** The default profile comes later than this row: columns that name rows are read once those exist. */
export function seedOrganizationRow(seed: Seed): void {
  const { world, organizationId } = seed;
  const table = world.tables.get('organization');
  if (table === undefined) return;
  const { defaultemailserverprofileid: _later, ...columns } = world.organization.organization ?? {};
  seed.put('organization', organizationId, {
    ...recorded,
    organizationid: organizationId,
    name: world.organization.name ?? `org${organizationId.slice(0, 8)}`,
    createdon: seed.daysAgo(400),
    modifiedon: seed.daysAgo(30),
    ...readColumns(world, table, columns, seed.names),
  });
}

/** The default profile: the one the file names, else the ready-made one if it exists. */
export function seedDefaultProfile(seed: Seed): void {
  const { world, organizationId } = seed;
  const table = world.tables.get('organization');
  const row = world.store.get('organization', organizationId);
  if (table === undefined || row === undefined) return;
  const named = world.organization.organization?.defaultemailserverprofileid;
  const readyMade = world.store.get('emailserverprofile', exchangeOnlineProfileId);
  const fallback = readyMade === undefined ? null : exchangeOnlineProfileId;
  const value = named === undefined ? fallback : named;
  const cells = readColumns(world, table, { defaultemailserverprofileid: value }, seed.names);
  seed.put('organization', organizationId, { ...row, ...cells });
}

export function seedBusinessUnits(seed: Seed): void {
  const { world, organizationId } = seed;
  const root = rootBusinessUnit(world, organizationId);
  const rootName = world.organization.name ?? `org${organizationId.slice(0, 8)}`;
  seed.put('businessunit', root.id, businessUnitRow(seed, root.id, rootName, null));
  const entries = world.organization.businessUnits ?? [];
  for (const entry of entries) {
    const id = seed.idFor('businessunit', entry.name, entry.id);
    seed.put('businessunit', id, businessUnitRow(seed, id, entry.name, root));
  }
  for (const entry of entries) {
    const id = seed.idFor('businessunit', entry.name, entry.id);
    const row = world.store.get('businessunit', id);
    if (entry.parent === undefined || row === undefined) continue;
    seed.put('businessunit', id, { ...row, parentbusinessunitid: seed.businessUnit(entry.parent) });
  }
}

function businessUnitRow(seed: Seed, id: string, name: string, parent: Row[string]): Row {
  return {
    businessunitid: id,
    name,
    isdisabled: false,
    parentbusinessunitid: parent ?? null,
    organizationid: seed.world.store.reference('organization', seed.organizationId),
    createdon: seed.daysAgo(400),
    modifiedon: seed.daysAgo(400),
  };
}
