/** Rows of the catalogue: how a server profile reaches its mail servers and signs in to them. */

import { AUTHENTICATION } from './authentication-facts.ts';
import { booleanColumn, choiceColumn, numberColumn, onSelf, secretColumn, textColumn } from './codecs.ts';
import { type Codec, type FieldRow, field, type Reset, type Risk } from './field.ts';
import { PROTOCOLS } from './profile-types.ts';

const TABLE = 'emailserverprofile';
const DIRECTIONS = ['incoming', 'outgoing'] as const;
type Direction = (typeof DIRECTIONS)[number];

const TESTS_OF: Readonly<Record<Direction, readonly string[]>> = {
  incoming: ['tests.incoming', 'tests.appointmentsContactsTasks'],
  outgoing: ['tests.outgoing'],
};

/** Whatever decides how a mailbox connects makes its last test worthless; appointments come in with incoming mail. */
export function invalidatesTests(...directions: readonly Direction[]): readonly Reset[] {
  const fields = directions.flatMap((direction) => TESTS_OF[direction]);
  return [{ on: 'mailboxes', fields, effect: 'invalidates' }];
}

const BOTH = invalidatesTests('incoming', 'outgoing');

const RETEST: Risk = {
  guard: 'breaks-working-mailbox',
  text: 'Every mailbox of the profile has to be tested again before its mail can be relied on.',
};

const AUTHENTICATION_MEANINGS: Readonly<Record<keyof typeof AUTHENTICATION, string>> = {
  'user-or-queue': 'with the credentials of each mailbox',
  profile: 'with the user name and password of this profile',
  'server-to-server': 'as the Dynamics 365 service itself (Exchange Online of the same tenant)',
  'windows-integrated': 'as the Windows account of the service; not accepted in the cloud',
  'gmail-oauth': 'with a Google app; each user signs in once in person',
  'hybrid-modern': 'with a certificate (Exchange Server with hybrid modern authentication)',
  'entra-oauth': 'as an app of another tenant (Exchange Online of that tenant)',
};

const PROTOCOL_MEANINGS: Readonly<Record<keyof typeof PROTOCOLS, string>> = {
  auto: 'whatever the server offers',
  negotiate: 'Kerberos or NTLM, within one Windows domain only',
  ntlm: 'NTLM, for Exchange Server',
  basic: 'user name and password over SSL/TLS',
  oauth: 'a token instead of a password',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function directionRows(direction: Direction): readonly FieldRow[] {
  const own = { kind: 'profile', verb: 'edit', resets: invalidatesTests(direction), risk: RETEST } as const;
  const title = capital(direction);
  const incoming = direction === 'incoming';
  return [
    field({
      ...own,
      key: `${direction}.server`,
      title: `${title} server`,
      yaml: {
        schema: { type: 'string', minLength: 1, maxLength: 2084 },
        summary: `Host name or address of the server for ${direction} mail. Required for POP3, IMAP and SMTP; not allowed while auto-discover is on; Gmail's own servers are set on creation where nothing is written.`,
        example: incoming ? 'pop3.contoso.com' : 'smtp.contoso.com',
      },
      codec: textColumn(TABLE, `${direction}serverlocation`),
    }),
    field({
      ...own,
      key: `${direction}.port`,
      title: `${title} port`,
      yaml: {
        schema: { type: 'integer', minimum: 1, maximum: 65535 },
        summary: `Port of the ${direction} server. Left out, the usual port of the type is set when the profile is created (${incoming ? 'POP3 995, IMAP 993' : 'SMTP 587'}) and not managed afterwards. The US Government cloud connects to 80, 443, 465 and 995 only.`,
        example: incoming ? 995 : 587,
      },
      codec: numberColumn(TABLE, `${direction}portnumber`),
    }),
    field({
      ...own,
      key: `${direction}.ssl`,
      title: `${title} SSL`,
      yaml: {
        schema: { type: 'boolean' },
        summary: `Whether the ${direction} connection uses SSL/TLS. Dynamics 365 online requires it.`,
        example: true,
        default: true,
      },
      codec: booleanColumn(TABLE, `${direction}usessl`),
    }),
    field({
      ...own,
      key: `${direction}.authentication`,
      title: `${title} authentication`,
      yaml: {
        schema: { type: 'string', enum: Object.keys(AUTHENTICATION) },
        summary: `Whose credentials open the ${direction} connection. The profile's own "authentication" sets both directions.`,
        example: 'user-or-queue',
        meanings: AUTHENTICATION_MEANINGS,
        shorthand: 'authentication',
      },
      codec: choiceColumn(TABLE, `${direction}credentialretrieval`, AUTHENTICATION),
    }),
    field({
      ...own,
      key: `${direction}.protocol`,
      title: `${title} authentication protocol`,
      yaml: {
        schema: { type: 'string', enum: Object.keys(PROTOCOLS) },
        summary: `How the credentials are presented to the ${direction} server.`,
        example: 'basic',
        default: 'auto',
        meanings: PROTOCOL_MEANINGS,
      },
      codec: choiceColumn(TABLE, `${direction}authenticationprotocol`, PROTOCOLS),
    }),
    field({
      ...own,
      key: `${direction}.username`,
      title: `${title} user name`,
      yaml: {
        schema: { type: 'string', minLength: 1, maxLength: 250 },
        summary: `User name of the profile on the ${direction} server. Required with authentication "profile", and only allowed there.`,
        example: 'svc-dynamics@contoso.com',
      },
      codec: textColumn(TABLE, `${direction}username`),
    }),
    field({
      ...own,
      key: `${direction}.password`,
      title: `${title} password`,
      secretOf: [`${direction}.authentication`, `${direction}.username`],
      yaml: {
        schema: { type: 'object' },
        summary: `Where the password of ${direction}.username is found: an environment variable, a file or Azure Key Vault. Never the password itself.`,
        example: { env: 'EXCHANGE_PASSWORD' },
      },
      codec: secretColumn(TABLE, `${direction}password`, `is${direction}passwordset`),
    }),
    field({
      ...own,
      key: `${direction}.impersonation`,
      title: `${title} impersonation`,
      yaml: {
        schema: { type: 'boolean' },
        summary: `Whether the account of the profile acts as each mailbox (Exchange's ApplicationImpersonation role) for ${direction} mail. Exchange Server only; needs user name and password.`,
        example: true,
        default: false,
      },
      codec: booleanColumn(TABLE, `${direction}useimpersonation`),
    }),
  ];
}

const outgoingOnly: readonly FieldRow[] = [
  field({
    kind: 'profile',
    key: 'outgoing.autoGrantDelegateAccess',
    title: 'Grant delegate access by itself',
    verb: 'edit',
    resets: invalidatesTests('outgoing'),
    risk: RETEST,
    yaml: {
      schema: { type: 'boolean' },
      summary:
        'Whether Dynamics 365 may give itself the right to send as each mailbox where it lacks it. Exchange Server only, not with SMTP.',
      example: false,
      default: false,
    },
    codec: booleanColumn(TABLE, 'outgoingautograntdelegateaccess'),
  }),
  field({
    kind: 'profile',
    key: 'sameForOutgoing',
    title: 'Same settings for outgoing',
    verb: 'edit',
    resets: invalidatesTests('outgoing'),
    risk: RETEST,
    yaml: {
      schema: { type: 'boolean' },
      summary:
        'Whether outgoing mail uses the credentials of incoming mail. While it is on, outgoing user name and password are refused. New profiles for POP3, IMAP and Gmail, and those whose outgoing mail is declared to sign in by itself, have it off unless this key is written.',
      example: true,
      default: true,
    },
    codec: booleanColumn(TABLE, 'usesamesettingsforoutgoingconnections'),
  }),
];

const finding: readonly FieldRow[] = [
  field({
    kind: 'profile',
    key: 'autoDiscover',
    title: 'Auto-discover',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'boolean' },
      summary:
        'Whether Exchange is asked where its servers are. Always on with Exchange Online, never with POP3, IMAP and Gmail; with Exchange Server either this or the two servers. New profiles get what their type needs.',
      example: true,
      default: false,
    },
    codec: booleanColumn(TABLE, 'useautodiscover'),
  }),
  field({
    kind: 'profile',
    key: 'defaultLocation',
    title: 'Default server location',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 2084 },
      summary:
        'Address of Exchange Web Services that replaces the usual one of Exchange Online; needed in China. No page of the admin center shows it.',
      example: 'https://partner.outlook.cn/EWS/Exchange.asmx',
    },
    codec: textColumn(TABLE, 'defaultserverlocation'),
  }),
];

/** A tenant of one's own only counts while the platform does not work the tenant out itself. */
const tenantCodec: Codec = {
  ...textColumn(TABLE, 'exchangeonlinetenantid'),
  encode: (value) => {
    if (typeof value !== 'string')
      throw new TypeError(`exchangeonlinetenantid takes no ${JSON.stringify(value)}`);
    return onSelf({ exchangeonlinetenantid: value, usedefaulttenantid: false });
  },
};

const oauth: readonly FieldRow[] = [
  field({
    kind: 'profile',
    key: 'oauth.clientId',
    title: 'Application (client) id',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 1024 },
      summary:
        'Id of the app registration with which the profile signs in: in Microsoft Entra, or in the Google console for Gmail.',
      example: '11111111-2222-3333-4444-555555555555',
    },
    codec: textColumn(TABLE, 'oauthclientid'),
  }),
  field({
    kind: 'profile',
    key: 'oauth.clientSecret',
    title: 'Client secret',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    secretOf: ['oauth.clientId', 'oauth.tenantId'],
    yaml: {
      schema: { type: 'object' },
      summary:
        'Where the secret of the app registration is found: an environment variable, a file or Azure Key Vault. Never the secret itself.',
      example: { keyVault: 'https://contoso.vault.azure.net/secrets/exchange-app' },
    },
    codec: secretColumn(TABLE, 'oauthclientsecret', 'isoauthclientsecretset'),
  }),
  field({
    kind: 'profile',
    key: 'oauth.tenantId',
    title: 'Tenant of Exchange',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'string', format: 'uuid' },
      summary:
        'Id of the Microsoft Entra tenant that the mailboxes belong to, where it is not the tenant of the environment. The service may refuse another one on a profile that has one (0x8005E25C): then make a new profile.',
      example: '99999999-8888-7777-6666-555555555555',
    },
    codec: tenantCodec,
  }),
  field({
    kind: 'profile',
    key: 'oauth.resource',
    title: 'Resource of Exchange',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'string', minLength: 1, maxLength: 1024 },
      summary:
        'Microsoft Entra resource that a token is asked for with hybrid modern authentication; usually the host of the address of Exchange Web Services.',
      example: 'https://mail.contoso.com',
    },
    codec: textColumn(TABLE, 'aadresourceid'),
  }),
  field({
    kind: 'profile',
    key: 'serverAuthority',
    title: 'Cloud that signs in',
    verb: 'edit',
    resets: BOTH,
    risk: RETEST,
    yaml: {
      schema: { type: 'string', enum: ['public', 'us-government', 'china', 'automatic'] },
      summary: 'Microsoft cloud whose sign-in service issues the tokens of the profile.',
      example: 'automatic',
      default: 'public',
      meanings: {
        public: 'login.microsoftonline.com, also for GCC',
        'us-government': 'login.microsoftonline.us (GCC High and DoD)',
        china: 'login.chinacloudapi.cn (21Vianet)',
        automatic: 'the cloud of the environment itself',
      },
    },
    codec: choiceColumn(TABLE, 'serverauthority', {
      public: 0,
      'us-government': 1,
      china: 2,
      automatic: 3,
    }),
  }),
];

export const PROFILE_CONNECTION_ROWS: readonly FieldRow[] = [
  ...DIRECTIONS.flatMap(directionRows),
  ...outgoingOnly,
  ...finding,
  ...oauth,
];
