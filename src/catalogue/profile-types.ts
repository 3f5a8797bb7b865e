/**
 * The types of server profile: what tells them apart on a row, and what each allows, requires and defaults.
 * Dataverse has no column of that name: `servertype` has no number for Exchange Online or Gmail, so a type is read
 * from the credentials first (Microsoft Learn, "Email Server Profile table reference"; which number the service
 * stores for Exchange Online is not verified).
 */

import type { Value } from '../model/value.ts';
import type { RawRow } from './field.ts';

export const AUTHENTICATION = {
  'user-or-queue': 0,
  profile: 1,
  'server-to-server': 2,
  'windows-integrated': 3,
  'gmail-oauth': 5,
  'hybrid-modern': 6,
  'entra-oauth': 7,
} as const;

export type Authentication = keyof typeof AUTHENTICATION;

export const PROFILE_TYPES = [
  'exchange-online',
  'exchange-server',
  'exchange-hybrid',
  'pop3-smtp',
  'imap-smtp',
  'gmail',
] as const;

export type ProfileType = (typeof PROFILE_TYPES)[number];

export interface ProfileTypeFacts {
  /** `servertype` of a new record, unless the environment has a record of this type to copy it from. */
  readonly serverType: number;
  readonly authentication: readonly Authentication[];
  readonly defaultAuthentication: Authentication | null;
  readonly servers: 'required' | 'forbidden' | 'optional';
  /** Ports written on creation where none is declared. */
  readonly ports: { readonly incoming: number; readonly outgoing: number } | null;
  readonly appointmentsContactsTasks: boolean;
  /** Who can approve an address whose mail goes through it: tenant roles as well, or Dataverse roles alone. */
  readonly approvedBy: 'tenant' | 'dataverse';
  /** Columns that the type implies; written on creation, never compared. */
  readonly implied: Readonly<Record<string, boolean>>;
}

const MAIL_SERVER = {
  servers: 'required',
  appointmentsContactsTasks: false,
  approvedBy: 'dataverse',
  implied: { useautodiscover: false, usesamesettingsforoutgoingconnections: false },
} as const;

const EXCHANGE = {
  servers: 'optional',
  ports: null,
  appointmentsContactsTasks: true,
  implied: {},
} as const;

export const PROFILE_TYPE_FACTS: Readonly<Record<ProfileType, ProfileTypeFacts>> = {
  // Auto-discover must be on and the locations empty (Microsoft support, "Troubleshooting and monitoring server-side synchronization").
  'exchange-online': {
    ...EXCHANGE,
    serverType: 0,
    authentication: ['server-to-server', 'entra-oauth'],
    defaultAuthentication: 'server-to-server',
    servers: 'forbidden',
    approvedBy: 'tenant',
    implied: { useautodiscover: true },
  },
  'exchange-server': {
    ...EXCHANGE,
    serverType: 0,
    authentication: ['user-or-queue', 'profile'],
    defaultAuthentication: null,
    approvedBy: 'dataverse',
  },
  'exchange-hybrid': {
    ...EXCHANGE,
    serverType: 2,
    authentication: ['profile', 'hybrid-modern'],
    defaultAuthentication: null,
    approvedBy: 'dataverse',
  },
  // POP3 takes no other credentials (0x8005E214 InvalidCredentialTypeForNonExchangeIncomingConnection).
  'pop3-smtp': {
    ...MAIL_SERVER,
    serverType: 1,
    authentication: ['user-or-queue'],
    defaultAuthentication: 'user-or-queue',
    ports: { incoming: 995, outgoing: 587 },
  },
  'imap-smtp': {
    ...MAIL_SERVER,
    serverType: 4,
    authentication: ['user-or-queue', 'profile'],
    defaultAuthentication: 'user-or-queue',
    ports: { incoming: 993, outgoing: 587 },
  },
  gmail: {
    ...MAIL_SERVER,
    serverType: 1,
    authentication: ['gmail-oauth', 'user-or-queue'],
    defaultAuthentication: 'gmail-oauth',
    servers: 'optional',
    ports: { incoming: 995, outgoing: 587 },
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
