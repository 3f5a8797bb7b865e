/**
 * The ways in which a server profile signs in to its mail servers, and the fields that each of them needs or has no
 * use for. The option numbers: Microsoft Learn, "Email Server Profile table reference"; 4, anonymous, is never valid
 * (0x8005E202, 0x8005E203) and has no name here.
 */

import { type FieldFit, type FieldFits, forbidden, only, required } from './field-fit.ts';

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

type Direction = 'incoming' | 'outgoing';

export interface AuthenticationFacts {
  /** Whether Dataverse in the cloud takes it at all. */
  readonly online: boolean;
  /** Whose connections `maxConnections` counts: those of each mailbox, or of the whole profile. */
  readonly connectionsPer: 'mailbox' | 'profile';
  /** Each user has to sign in to the mail server in person before a test can succeed. */
  readonly needsSignIn: boolean;
  /** Fields of a direction that authenticates this way, by the last part of their key. */
  readonly ofDirection: Readonly<Record<Direction, FieldFits>>;
  /** Fields of a profile of which a direction authenticates this way. */
  readonly ofProfile: FieldFits;
}

/** The user name and password of a direction; `code` where the service has one for leaving them out. */
function ownCredentials(username: string, password: string): FieldFits {
  return {
    username: required(username, 'signs in with a user name of its own'),
    password: required(password, 'signs in with a password of its own'),
  };
}

function noOwnCredentials(why: string): Readonly<Record<Direction, FieldFits>> {
  const fits: FieldFits = {
    username: forbidden(null, why),
    password: forbidden(null, why),
    // Somebody has to impersonate, and only credentials of the profile are the same for all mailboxes.
    impersonation: only([false], '0x8005E24D', why),
  };
  return { incoming: fits, outgoing: fits };
}

const NO_APPLICATION = 'uses no application registration';

const NO_OAUTH: FieldFits = {
  'oauth.clientId': forbidden(null, NO_APPLICATION),
  'oauth.clientSecret': forbidden(null, NO_APPLICATION),
  'oauth.tenantId': forbidden(null, NO_APPLICATION),
  'oauth.resource': forbidden(null, NO_APPLICATION),
};

const byApplication = (code: string | null = null): FieldFit =>
  required(code, 'signs in as a registered application');

export const AUTHENTICATION_FACTS: Readonly<Record<Authentication, AuthenticationFacts>> = {
  'user-or-queue': {
    online: true,
    connectionsPer: 'mailbox',
    needsSignIn: false,
    ofDirection: noOwnCredentials('signs in with the credentials of each mailbox'),
    ofProfile: NO_OAUTH,
  },
  // 0x8005E251 to 0x8005E254: user name and password of each direction.
  profile: {
    online: true,
    connectionsPer: 'profile',
    needsSignIn: false,
    ofDirection: {
      incoming: ownCredentials('0x8005E251', '0x8005E253'),
      outgoing: ownCredentials('0x8005E252', '0x8005E254'),
    },
    ofProfile: NO_OAUTH,
  },
  'server-to-server': {
    online: true,
    connectionsPer: 'profile',
    needsSignIn: false,
    ofDirection: noOwnCredentials('signs in as the Dynamics 365 service itself'),
    ofProfile: NO_OAUTH,
  },
  'windows-integrated': {
    online: false,
    connectionsPer: 'profile',
    needsSignIn: false,
    ofDirection: noOwnCredentials('signs in as the Windows account of the service'),
    ofProfile: NO_OAUTH,
  },
  'gmail-oauth': {
    online: true,
    connectionsPer: 'mailbox',
    needsSignIn: true,
    ofDirection: noOwnCredentials('signs in with the token of each user'),
    ofProfile: {
      'oauth.clientId': byApplication(),
      'oauth.clientSecret': byApplication(),
      'oauth.tenantId': forbidden(null, 'is registered with Google, which has no tenants'),
      'oauth.resource': forbidden(null, 'is registered with Google, which has no such resource'),
    },
  },
  // The certificate is found through Azure Key Vault, set up on the profile's page (Microsoft Learn, "Hybrid Modern Authentication (HMA) for Exchange on-premises").
  'hybrid-modern': {
    online: true,
    connectionsPer: 'profile',
    needsSignIn: false,
    ofDirection: noOwnCredentials('signs in with a certificate'),
    ofProfile: {
      'incoming.server': required('0x8005E250', 'needs the address of Exchange Web Services'),
      autoDiscover: only([false], '0x8005E205', 'needs the address of Exchange Web Services'),
      'oauth.clientId': byApplication(),
      'oauth.tenantId': byApplication('0x8005E25A'),
      'oauth.resource': byApplication(),
      'oauth.clientSecret': forbidden(null, 'signs in with a certificate'),
    },
  },
  'entra-oauth': {
    online: true,
    connectionsPer: 'profile',
    needsSignIn: false,
    ofDirection: noOwnCredentials('signs in as a registered application'),
    ofProfile: {
      'oauth.clientId': byApplication(),
      'oauth.clientSecret': byApplication(),
      'oauth.tenantId': byApplication('0x8005E25A'),
    },
  },
};
