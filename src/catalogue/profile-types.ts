/**
 * The types of server profile: what tells them apart on a row, and what each allows, requires and defaults.
 * Dataverse has no column of that name: `servertype` has no number for Exchange Online or Gmail, so a type is read
 * from the credentials first (Microsoft Learn, "Email Server Profile table reference"; which number the service
 * stores for Exchange Online is not verified).
 */

import type { Value } from '../model/value.ts';
import type { Authentication } from './authentication-facts.ts';
import { AUTHENTICATION } from './authentication-facts.ts';
import type { RawRow } from './field.ts';
import { type FieldFits, forbidden, only, required } from './field-fit.ts';

export { AUTHENTICATION, AUTHENTICATION_FACTS, type Authentication } from './authentication-facts.ts';

export const PROTOCOLS = { auto: 0, negotiate: 1, ntlm: 2, basic: 3, oauth: 4 } as const;

export const PROFILE_TYPES = [
  'exchange-online',
  'exchange-server',
  'exchange-hybrid',
  'pop3-smtp',
  'imap-smtp',
  'gmail',
] as const;

export type ProfileType = (typeof PROFILE_TYPES)[number];

/** Ports that Dataverse of the US Government may connect to (Microsoft Learn, "Connect Gmail accounts, POP3 email server, or SMTP email server"). */
export const US_GOVERNMENT_PORTS: readonly number[] = [80, 443, 465, 995];

export interface ProfileTypeFacts {
  /** `servertype` of a new record, unless the environment has a record of this type to copy it from. */
  readonly serverType: number;
  readonly authentication: readonly Authentication[];
  readonly defaultAuthentication: Authentication | null;
  /** What the service answers to another way of authenticating. */
  readonly authenticationCode: string | null;
  readonly servers: 'required' | 'forbidden' | 'optional';
  /** `always` on, `never` on, or a `choice` of the administrator's: then servers are needed without it, and not allowed with it. */
  readonly autoDiscover: 'always' | 'never' | 'choice';
  /** Ports written on creation where none is declared. */
  readonly ports: { readonly incoming: number; readonly outgoing: number } | null;
  readonly appointmentsContactsTasks: boolean;
  /** At most so many users on one profile; `null`: no limit is documented. */
  readonly maxUsers: number | null;
  /** Who can approve an address whose mail goes through it: tenant roles as well, or Dataverse roles alone. */
  readonly approvedBy: 'tenant' | 'dataverse';
  /**
   * Fields of a profile that this type requires, forbids or narrows; every other field is allowed. What depends on the
   * way of authenticating stands in `AUTHENTICATION_FACTS` instead.
   */
  readonly fields: FieldFits;
  /** Columns that the type implies; written on creation, never compared. */
  readonly implied: Readonly<Record<string, boolean | string>>;
}

const NOT_EXCHANGE = 'is for Exchange alone';

/** Only in a forest does a server answer Negotiate; NTLM and Basic are what Exchange has to offer the online service (Microsoft Learn, "Connect to Exchange Server (on-premises)"). */
const EXCHANGE_PROTOCOLS = only(
  ['auto', 'ntlm', 'basic', 'oauth'],
  '0x8005E23C',
  'is reached over the internet, without a domain',
);
/** 0x8005E23C: Negotiate and NTLM need a directory that the mail server and Dataverse share. */
const MAIL_PROTOCOLS = only(['auto', 'basic', 'oauth'], '0x8005E23C', 'knows no Windows domain');

const MAIL_SERVER_FIELDS: FieldFits = {
  autoDiscover: only([false], '0x8005E204', 'has no auto-discover'),
  'incoming.impersonation': only([false], '0x8005E236', NOT_EXCHANGE),
  'outgoing.impersonation': only([false], '0x8005E236', NOT_EXCHANGE),
  'outgoing.autoGrantDelegateAccess': only([false], '0x8005E235', NOT_EXCHANGE),
  'incoming.protocol': MAIL_PROTOCOLS,
  'outgoing.protocol': MAIL_PROTOCOLS,
  defaultLocation: forbidden(null, 'is for Exchange Online alone'),
  exchangeVersion: forbidden(null, NOT_EXCHANGE),
};

const MAIL_SERVER = {
  servers: 'required',
  autoDiscover: 'never',
  authenticationCode: null,
  appointmentsContactsTasks: false,
  maxUsers: null,
  approvedBy: 'dataverse',
  fields: {
    ...MAIL_SERVER_FIELDS,
    'incoming.server': required('0x8005E24B', 'has no way to find its servers'),
    'outgoing.server': required('0x8005E24C', 'has no way to find its servers'),
  },
  implied: { useautodiscover: false, usesamesettingsforoutgoingconnections: false },
} as const;

const EXCHANGE_SERVER = {
  authenticationCode: null,
  servers: 'optional',
  autoDiscover: 'choice',
  ports: null,
  appointmentsContactsTasks: true,
  maxUsers: null,
  approvedBy: 'dataverse',
  fields: {
    'incoming.protocol': EXCHANGE_PROTOCOLS,
    'outgoing.protocol': EXCHANGE_PROTOCOLS,
    defaultLocation: forbidden(null, 'is for Exchange Online alone'),
  },
  implied: {},
} as const;

const FOUND_BY_ITSELF = forbidden('0x8005E205', 'finds its servers by itself');
const NO_EXCHANGE_ONLINE = 'is not supported with Exchange Online';

/** What each type allows, requires and fills in: Microsoft Learn, "Supported email service configurations for server-side synchronization". */
export const PROFILE_TYPE_FACTS: Readonly<Record<ProfileType, ProfileTypeFacts>> = {
  // Auto-discover must be on and the locations empty (Microsoft support, "Troubleshooting and monitoring server-side synchronization").
  'exchange-online': {
    serverType: 0,
    authentication: ['server-to-server', 'entra-oauth'],
    defaultAuthentication: 'server-to-server',
    authenticationCode: null,
    servers: 'forbidden',
    autoDiscover: 'always',
    ports: null,
    appointmentsContactsTasks: true,
    maxUsers: null,
    approvedBy: 'tenant',
    fields: {
      autoDiscover: only([true], null, 'works with auto-discover alone'),
      'incoming.server': FOUND_BY_ITSELF,
      'incoming.port': FOUND_BY_ITSELF,
      'outgoing.server': FOUND_BY_ITSELF,
      'outgoing.port': FOUND_BY_ITSELF,
      'incoming.protocol': only(['auto', 'oauth'], '0x8005E23B', 'signs in with OAuth'),
      'outgoing.protocol': only(['auto', 'oauth'], '0x8005E23B', 'signs in with OAuth'),
      'incoming.impersonation': only([false], null, NO_EXCHANGE_ONLINE),
      'outgoing.impersonation': only([false], null, NO_EXCHANGE_ONLINE),
      'outgoing.autoGrantDelegateAccess': only([false], null, NO_EXCHANGE_ONLINE),
      exchangeVersion: forbidden(null, 'is for Exchange Server alone'),
    },
    implied: { useautodiscover: true },
  },
  'exchange-server': {
    ...EXCHANGE_SERVER,
    serverType: 0,
    authentication: ['user-or-queue', 'profile'],
    defaultAuthentication: null,
  },
  'exchange-hybrid': {
    ...EXCHANGE_SERVER,
    serverType: 2,
    authentication: ['profile', 'hybrid-modern'],
    defaultAuthentication: null,
  },
  // POP3 takes no other credentials (0x8005E214 InvalidCredentialTypeForNonExchangeIncomingConnection).
  'pop3-smtp': {
    ...MAIL_SERVER,
    serverType: 1,
    authentication: ['user-or-queue'],
    defaultAuthentication: 'user-or-queue',
    authenticationCode: '0x8005E214',
    ports: { incoming: 995, outgoing: 587 },
  },
  'imap-smtp': {
    ...MAIL_SERVER,
    serverType: 4,
    authentication: ['user-or-queue', 'profile'],
    defaultAuthentication: 'user-or-queue',
    ports: { incoming: 993, outgoing: 587 },
  },
  // One profile serves at most 100 users (Microsoft Learn, "Connect Gmail accounts by using OAuth 2.0").
  gmail: {
    ...MAIL_SERVER,
    serverType: 1,
    authentication: ['gmail-oauth', 'user-or-queue'],
    defaultAuthentication: 'gmail-oauth',
    servers: 'optional',
    ports: { incoming: 995, outgoing: 587 },
    maxUsers: 100,
    fields: MAIL_SERVER_FIELDS,
    // The admin center fills these in; whether the service does is not verified.
    implied: {
      ...MAIL_SERVER.implied,
      incomingserverlocation: 'pop.gmail.com',
      outgoingserverlocation: 'smtp.gmail.com',
    },
  },
};

const BY_SERVER_TYPE: Readonly<Record<number, ProfileType>> = {
  0: 'exchange-server',
  1: 'pop3-smtp',
  2: 'exchange-hybrid',
  3: 'exchange-online',
  4: 'imap-smtp',
};

export function decodeProfileType(row: RawRow): Value {
  const credentials = row.incomingcredentialretrieval;
  if (credentials === AUTHENTICATION['server-to-server'] || credentials === AUTHENTICATION['entra-oauth']) {
    return 'exchange-online';
  }
  if (credentials === AUTHENTICATION['gmail-oauth']) return 'gmail';
  const number = row.servertype;
  if (number === null || number === undefined) return null;
  const type = typeof number === 'number' ? BY_SERVER_TYPE[number] : undefined;
  return type ?? { unknown: `server type ${JSON.stringify(number)}` };
}

export function isProfileType(value: unknown): value is ProfileType {
  return PROFILE_TYPES.some((type) => type === value);
}

/**
 * Whether outgoing mail of a profile is declared to sign in by itself. Exchange begins with "use same settings for
 * outgoing" on, and the service takes nothing of this kind beside it (0x8005E238 OutgoingSettingsUpdateNotAllowed).
 */
export function signsInForOutgoing(type: ProfileType, declared: (field: string) => unknown): boolean {
  if (['outgoing.username', 'outgoing.password'].some((field) => declared(field) !== undefined)) return true;
  const own = declared('outgoing.authentication');
  const { defaultAuthentication } = PROFILE_TYPE_FACTS[type];
  return own !== undefined && own !== (declared('incoming.authentication') ?? defaultAuthentication);
}
