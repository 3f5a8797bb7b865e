/**
 * Save rules of a server profile on who signs in and how. Names and codes: Microsoft Learn, "Web service error codes";
 * for an online environment.
 */

import type { Row } from '../odata/table.ts';
import { text } from '../world.ts';
import { credential, credentials, isExchange, isPop3, ownOutgoing } from './profile-facts.ts';
import { type RuleInput, type RuleLine, toRules } from './rule.ts';

const protocol = { auto: 0, negotiate: 1, ntlm: 2, basic: 3, oauth: 4 } as const;

function anonymousOnExchange({ after }: RuleInput): boolean {
  return isExchange(after) && credentials(after).includes(credential.anonymous);
}

function notForOnline({ after }: RuleInput): boolean {
  return credentials(after).some((value) => value === credential.windows || value === credential.anonymous);
}

/** POP3 reads mail with credentials of the user or queue, or with Gmail's tokens. */
function pop3Credentials({ after }: RuleInput): boolean {
  const incoming = after.incomingcredentialretrieval ?? credential.userOrQueue;
  return isPop3(after) && incoming !== credential.userOrQueue && incoming !== credential.gmail;
}

function serverToServerWithoutExchange({ after }: RuleInput): boolean {
  return !isExchange(after) && credentials(after).includes(credential.serverToServer);
}

function delegateAccessOnSmtp({ after }: RuleInput): boolean {
  return !isExchange(after) && after.outgoingautograntdelegateaccess === true;
}

function impersonationWithoutExchange({ after }: RuleInput): boolean {
  return (
    !isExchange(after) && (after.incominguseimpersonation === true || after.outgoinguseimpersonation === true)
  );
}

/** Credentials only: location and port of the outgoing server stay its own. */
function ownOutgoingBesideSame({ after, written }: RuleInput): boolean {
  if (ownOutgoing(after)) return false;
  return ['outgoingusername', 'outgoingpassword', 'outgoingcredentialretrieval'].some(
    (column) =>
      column in written &&
      written[column] !== null &&
      !(column === 'outgoingcredentialretrieval' && sameRetrieval(after)),
  );
}

function sameRetrieval(row: Row): boolean {
  return row.outgoingcredentialretrieval === row.incomingcredentialretrieval;
}

function protocols(row: Row): readonly unknown[] {
  return [row.incomingauthenticationprotocol, row.outgoingauthenticationprotocol];
}

function directoryProtocol({ after }: RuleInput): boolean {
  return (
    !isExchange(after) &&
    protocols(after).some((value) => value === protocol.negotiate || value === protocol.ntlm)
  );
}

function basicWithoutSsl({ after }: RuleInput): boolean {
  const plainIncoming =
    after.incomingauthenticationprotocol === protocol.basic && after.incomingusessl === false;
  const plainOutgoing =
    after.outgoingauthenticationprotocol === protocol.basic && after.outgoingusessl === false;
  return plainIncoming || plainOutgoing;
}

function oauthProtocol({ after }: RuleInput): boolean {
  return (
    !credentials(after).some(
      (value) => Number(value) >= credential.serverToServer && value !== credential.windows,
    ) && protocols(after).includes(protocol.oauth)
  );
}

function impersonationWithout(column: string, flag: string | undefined): (input: RuleInput) => boolean {
  return ({ after }) => {
    if (after.incominguseimpersonation !== true || after.incomingcredentialretrieval !== credential.profile)
      return false;
    return flag === undefined ? text(after[column]) === '' : after[flag] !== true;
  };
}

function profileCredentialsWithout(
  direction: 'incoming' | 'outgoing',
  part: 'username' | 'password',
): (input: RuleInput) => boolean {
  return ({ after }) => {
    if (direction === 'outgoing' && !ownOutgoing(after)) return false;
    if (after[`${direction}credentialretrieval`] !== credential.profile) return false;
    return part === 'username'
      ? text(after[`${direction}username`]) === ''
      : after[`is${direction}passwordset`] !== true;
  };
}

function usesTenant(row: Row): boolean {
  return credentials(row).includes(credential.entra) && row.usedefaulttenantid === false;
}

function invalidTenant({ after }: RuleInput): boolean {
  const tenant = text(after.exchangeonlinetenantid);
  return tenant !== '' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant);
}

/** Tokens of the old tenant would no longer fit; whether the service refuses the change is not known. */
function changedTenant({ world, before, after }: RuleInput): boolean {
  if (world.switches.tenantIdChange === 'allowed' || before === undefined) return false;
  const known = text(before.exchangeonlinetenantid);
  return known !== '' && known.toLowerCase() !== text(after.exchangeonlinetenantid).toLowerCase();
}

const retrieval = [
  'servertype',
  'incomingcredentialretrieval',
  'outgoingcredentialretrieval',
  'usesamesettingsforoutgoingconnections',
];
const impersonation = ['incominguseimpersonation', 'outgoinguseimpersonation', 'servertype'];
const authentication = [
  'incomingauthenticationprotocol',
  'outgoingauthenticationprotocol',
  'incomingcredentialretrieval',
  'servertype',
];
const ssl = ['incomingusessl', 'outgoingusessl'];

const lines: readonly RuleLine[] = [
  [
    'EmailServerProfileInvalidCredentialRetrievalForExchange',
    '0x8005e203',
    retrieval,
    anonymousOnExchange,
    'Anonymous is not valid for Exchange Server.',
  ],
  [
    'EmailServerProfileInvalidCredentialRetrievalForOnline',
    '0x8005e202',
    retrieval,
    notForOnline,
    'Windows integrated authentication and Anonymous are not valid online.',
  ],
  [
    'InvalidCredentialTypeForNonExchangeIncomingConnection',
    '0x8005e214',
    retrieval,
    pop3Credentials,
    'POP3 needs credentials specified by a user or queue.',
  ],
  [
    'InvalidS2SAuthentication',
    '0x8005e245',
    retrieval,
    serverToServerWithoutExchange,
    'Server to server authentication is for Exchange only.',
  ],
  [
    'EmailServerProfileDelegateAccessNotAllowed',
    '0x8005e235',
    ['outgoingautograntdelegateaccess', 'servertype'],
    delegateAccessOnSmtp,
    'Delegate access cannot be granted with SMTP.',
  ],
  [
    'EmailServerProfileImpersonationNotAllowed',
    '0x8005e236',
    impersonation,
    impersonationWithoutExchange,
    'Impersonation is for Exchange Server only.',
  ],
  [
    'OutgoingSettingsUpdateNotAllowed',
    '0x8005e238',
    ['outgoingusername', 'outgoingpassword', 'outgoingcredentialretrieval'],
    ownOutgoingBesideSame,
    'Outgoing settings cannot be set while the same settings are used for outgoing.',
  ],
  [
    'EmailServerProfileADBasedAuthenticationProtocolNotAllowed',
    '0x8005e23c',
    authentication,
    directoryProtocol,
    'Negotiate and NTLM are not allowed for this type of server.',
  ],
  [
    'EmailServerProfileBasicAuthenticationProtocolNotAllowed',
    '0x8005e23d',
    [...authentication, ...ssl],
    basicWithoutSsl,
    'Basic authentication needs a secure channel.',
  ],
  [
    'EmailServerProfileInvalidAuthenticationProtocol',
    '0x8005e23b',
    authentication,
    oauthProtocol,
    'OAuth is not valid for these credentials.',
  ],
  [
    'UserNameRequiredForImpersonation',
    '0x8005e24d',
    [...impersonation, 'incomingusername', 'incomingcredentialretrieval'],
    impersonationWithout('incomingusername', undefined),
    'Impersonation needs a user name.',
  ],
  [
    'PasswordRequiredForImpersonation',
    '0x8005e24e',
    [...impersonation, 'incomingpassword', 'incomingcredentialretrieval'],
    impersonationWithout('incomingpassword', 'isincomingpasswordset'),
    'Impersonation needs a password.',
  ],
  [
    'SpecifyIncomingUserName',
    '0x8005e251',
    ['incomingcredentialretrieval', 'incomingusername'],
    profileCredentialsWithout('incoming', 'username'),
    'The incoming user name is required.',
  ],
  [
    'SpecifyOutgoingUserName',
    '0x8005e252',
    ['outgoingcredentialretrieval', 'outgoingusername', 'usesamesettingsforoutgoingconnections'],
    profileCredentialsWithout('outgoing', 'username'),
    'The outgoing user name is required.',
  ],
  [
    'SpecifyIncomingPassword',
    '0x8005e253',
    ['incomingcredentialretrieval', 'incomingpassword'],
    profileCredentialsWithout('incoming', 'password'),
    'The incoming password is required.',
  ],
  [
    'SpecifyOutgoingPassword',
    '0x8005e254',
    ['outgoingcredentialretrieval', 'outgoingpassword', 'usesamesettingsforoutgoingconnections'],
    profileCredentialsWithout('outgoing', 'password'),
    'The outgoing password is required.',
  ],
  [
    'TenantIDIsEmpty',
    '0x8005e25a',
    ['exchangeonlinetenantid', 'incomingcredentialretrieval', 'usedefaulttenantid'],
    ({ after }) => usesTenant(after) && text(after.exchangeonlinetenantid) === '',
    'The tenant id is required.',
  ],
  [
    'InvalidTenantIDValue',
    '0x8005e25b',
    ['exchangeonlinetenantid'],
    invalidTenant,
    'The tenant id is not valid.',
  ],
  [
    'TenantIDValueChanged',
    '0x8005e25c',
    ['exchangeonlinetenantid'],
    changedTenant,
    'The tenant id cannot be changed.',
  ],
];

export const credentialRules = toRules(lines);
