/**
 * Every behaviour of the service that no public source settles, as one table of switches: the values, the default,
 * and what little is known. An organization file chooses; the rest of the emulator only reads the chosen values.
 */

interface Switch {
  readonly values: readonly string[];
  readonly default: string;
  readonly about: string;
  readonly evidence: string;
}

export const switchTable = {
  exchangeOnlineServerType: {
    values: ['0', '3'],
    default: '0',
    about: 'servertype of the ready-made profile "Microsoft Exchange Online".',
    evidence:
      'Learn: type 3 is what on-premises Dynamics uses towards Exchange Online; the ready-made profile is older than it.',
  },
  gmailServerType: {
    values: ['1', '4'],
    default: '1',
    about: 'servertype that the service stores for a new profile with Gmail OAuth.',
    evidence: 'Learn, Gmail set-up: the hosts and ports it names are those of POP3.',
  },
  newestColumns: {
    values: ['true', 'false'],
    default: 'true',
    about:
      'Whether the columns exist that rows recorded in 2024 lack (testandenablelastattemptedon and others).',
    evidence: 'Learn lists them; a row recorded in October 2024 does not have them.',
  },
  editWithTest: {
    values: ['accepted', 'testIgnored', 'refused'],
    default: 'accepted',
    about: 'A request that edits a mailbox and asks for its test.',
    evidence: 'Public code sends both; no result is reported.',
  },
  approvalOn: {
    values: ['owner', 'mailbox', 'both'],
    default: 'both',
    about: 'The row on which writing the approval of a user or queue mailbox has an effect.',
    evidence: 'Most tools write the user or queue, some the mailbox.',
  },
  approvalSetsTenantFlag: {
    values: ['true', 'false'],
    default: 'true',
    about:
      'Whether an approval also sets isemailaddressapprovedbyo365admin where the profile is Exchange Online.',
    evidence: 'Inferred from the alert codes ...S2SApprovalNeeded.',
  },
  tenantFlagWrite: {
    values: ['ignored', 'accepted', 'refused'],
    default: 'ignored',
    about: 'A direct write of isemailaddressapprovedbyo365admin.',
    evidence: 'One public script writes it; the outcome is not recorded.',
  },
  tenantApprovalGate: {
    values: ['none', 'owned', 'all'],
    default: 'owned',
    about:
      'Mailboxes on Exchange Online whose test fails without the flag of the tenant: none, those of users and queues, all.',
    evidence:
      'Learn: codes IncomingEmailS2SApprovalNeeded and its siblings. A fresh forward mailbox is Approved without the flag.',
  },
  applicationUserApproval: {
    values: ['works', 'silent', '403'],
    default: 'silent',
    about: 'An approval written by an application user that has the roles.',
    evidence: 'No public report either way; older reports tell of success without effect.',
  },
  approvalDenied: {
    values: ['403', 'silent'],
    default: '403',
    about: 'An approval written by a person who may not approve.',
    evidence: 'Both are reported: an error that names who may, and success without effect.',
  },
  onlyApprovedDenied: {
    values: ['403', 'silent', 'allowed'],
    default: '403',
    about: 'The two "only approved" switches written by someone who may not approve.',
    evidence: 'Learn says who may change them, not what others get.',
  },
  freshUserApproval: {
    values: ['auto', 'pending', 'empty'],
    default: 'pending',
    about:
      'Approval of the mailbox of a new user: auto approves where the address is the sign-in name and the profile Exchange Online.',
    evidence: 'A row of 2018 is Pending; a Learn unit speaks of automatic approval.',
  },
  freshQueueApproval: {
    values: ['pending', 'empty'],
    default: 'pending',
    about: 'Approval of the mailbox of a new queue that has an address.',
    evidence: 'No row found.',
  },
  addressChangeResets: {
    values: ['both', 'status', 'none'],
    default: 'both',
    about:
      'What a changed address resets: the approval and the flag of the tenant, the approval alone, nothing.',
    evidence: 'Two statements that approval is needed again; no row.',
  },
  addressChangeResetsTests: {
    values: ['none', 'all'],
    default: 'none',
    about: 'Whether a changed address puts the test results back to Not Run.',
    evidence: 'No source.',
  },
  profileChangeResets: {
    values: ['none', 'direction', 'all'],
    default: 'direction',
    about:
      'Test results that a changed profile puts back to Not Run: none, those of directions with a method, all.',
    evidence: 'No source states a reset; every guide tests again.',
  },
  methodChangeResets: {
    values: ['none', 'direction', 'all'],
    default: 'direction',
    about: 'Test results that a changed method puts back to Not Run: none, of that direction, all.',
    evidence: 'No source states a reset; every guide tests again.',
  },
  mailboxAddressWrite: {
    values: ['write-through', 'refused'],
    default: 'write-through',
    about: 'The address of a user or queue mailbox written on the mailbox.',
    evidence: 'Learn: it is written through; the code table: 0x8005E208.',
  },
  retryCountDuringTest: {
    values: ['0', '1'],
    default: '1',
    about: 'Whether testemailconfigurationretrycount already counts a test while it runs.',
    evidence: 'Only the untouched value is recorded.',
  },
  savesDuringTest: {
    values: ['any', 'config', 'allowed'],
    default: 'any',
    about: 'Which saves of a mailbox are refused with 0x8005E248 while its test is scheduled.',
    evidence: 'The code table names the refusal, not the columns.',
  },
  transientKeepsScheduled: {
    values: ['true', 'false'],
    default: 'true',
    about: 'Whether a test that failed for a passing reason stays scheduled until its last retry.',
    evidence: 'Learn: ten retries, five minutes apart; the flag in between is not described.',
  },
  statusWrites: {
    values: ['ignored', 'accepted'],
    default: 'ignored',
    about: 'A direct write of test results and enabled flags.',
    evidence: 'Listed as writable; whether the service keeps the value is not known.',
  },
  disabledUserMailbox: {
    values: ['inactive', 'unchanged'],
    default: 'inactive',
    about: 'State of a mailbox once its user is disabled.',
    evidence: 'Error 0x8005E230 implies that it goes inactive.',
  },
  backgroundOperations: {
    values: ['true', 'false'],
    default: 'true',
    about: 'Whether the environment runs background jobs; without them no test is ever carried out.',
    evidence: 'Learn, administration mode.',
  },
  engineBumpsVersion: {
    values: ['true', 'false'],
    default: 'true',
    about: 'Whether the engine writes to every active mailbox each five minutes, and so changes its version.',
    evidence: 'Its columns stand on the row; no pair of versions is recorded.',
  },
  successAlert: {
    values: ['true', 'false'],
    default: 'true',
    about: 'Whether a passed test leaves an alert of level Information.',
    evidence: 'Learn says that the owner is told; no such row was found.',
  },
  transientAlertLevel: {
    values: ['error', 'warning'],
    default: 'error',
    about: 'Level of the alert of a test that failed for a passing reason and is tried again.',
    evidence: 'Learn names three levels and what they are for, no level of this alert.',
  },
  conflictCode: {
    values: ['empty', '0x80060882'],
    default: 'empty',
    about: 'Error code of a 412.',
    evidence: 'The documented sample shows none, the code table has one.',
  },
  readOnlyWrites: {
    values: ['refused', 'ignored'],
    default: 'refused',
    about: 'A write of a column that is not valid for it.',
    evidence: 'No source names the answer; reports differ by column.',
  },
  bindNull: {
    values: ['works', '400'],
    default: 'works',
    about: 'Clearing a lookup by "<navigation>@odata.bind": null.',
    evidence: 'Stands in current documentation only.',
  },
  inOnGuid: {
    values: ['works', '400'],
    default: 'works',
    about: 'Microsoft.Dynamics.CRM.In on a column that holds ids.',
    evidence: 'Several clients use it.',
  },
  expandRegarding: {
    values: ['works', '400'],
    default: 'works',
    about: '$expand of regardingobjectid and regardingobjectid_queue on mailboxes.',
    evidence: 'Generated code has the properties; no query was found.',
  },
  maxUploadLimit: {
    values: ['131072000', '134217728'],
    default: '131072000',
    about: 'Largest maxuploadfilesize in bytes.',
    evidence: 'The API page and the admin page differ.',
  },
  mailboxDateBeforeProfile: {
    values: ['allowed', 'refused'],
    default: 'allowed',
    about: 'A mailbox whose processemailreceivedafter lies before the date of its profile.',
    evidence: 'Learn: the dialog wants a later date; the code table names 0x8005E244 without saying more.',
  },
  tenantIdChange: {
    values: ['allowed', 'refused'],
    default: 'allowed',
    about: 'Another exchangeonlinetenantid on a profile that has one.',
    evidence: 'The code table names 0x8005E25C (TenantIDValueChanged) without saying more.',
  },
  personalQueues: {
    values: ['true', 'false'],
    default: 'true',
    about: 'Whether each user and each team has a private queue "<name>" with a mailbox without address.',
    evidence: 'Learn, queue tables: the platform makes them; the angle brackets are seen in a listed alert.',
  },
  profileDefaultDelete: {
    values: ['allowed', 'refused'],
    default: 'allowed',
    about: 'Deleting the profile that the organization names as default.',
    evidence: 'The relationship removes the link; no statement.',
  },
} as const satisfies Readonly<Record<string, Switch>>;

export type SwitchName = keyof typeof switchTable;
export type Switches = { readonly [K in SwitchName]: (typeof switchTable)[K]['values'][number] };

export function switchNames(): readonly SwitchName[] {
  return Object.keys(switchTable) as SwitchName[];
}

/** YAML writes some values as numbers or booleans: they are compared by their text. */
export function chooseSwitches(chosen: Readonly<Record<string, unknown>>): Switches {
  const pairs = switchNames().map((name) => [name, chooseOne(name, chosen[name])]);
  return Object.fromEntries(pairs) as Switches;
}

function chooseOne(name: SwitchName, chosen: unknown): string {
  const row: Switch = switchTable[name];
  if (chosen === undefined) return row.default;
  const text = String(chosen);
  if (row.values.includes(text)) return text;
  throw new Error(`switch "${name}" is "${text}"; use one of: ${row.values.join(', ')}`);
}
