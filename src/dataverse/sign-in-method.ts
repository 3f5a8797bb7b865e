/** Which way of signing in is taken, and why: what the environment names, else what the surroundings offer. Sends nothing. */

import { ServiceError } from '../model/service-error.ts';
import type { Env } from './proxy.ts';

export const SIGN_IN_METHODS = [
  'github-oidc',
  'azure-cli',
  'client-secret',
  'workload-identity',
  'managed-identity',
  'certificate',
] as const;

export type SignInMethod = (typeof SIGN_IN_METHODS)[number];
export type Auth = Readonly<Record<string, string>>;

export interface ChosenMethod {
  readonly method: SignInMethod;
  /** The setting or the variables that decided, as half a sentence. */
  readonly because: string;
}

interface Offer {
  readonly method: SignInMethod;
  /** Variables that offer the method. */
  readonly variables: readonly string[];
  /** Whether one of the variables is enough. */
  readonly one?: true;
  /** Whether it takes tenant and client, which `auth` or variables name. */
  readonly application?: true;
}

/**
 * Without `auth.method`, the first of these whose variables are set, and whose tenant and client are known where it
 * takes them; else Azure CLI. `MAILBOXCTL_TOKEN` comes before them all, and an environment on this machine never
 * signs in.
 */
export const SIGN_IN_ORDER: readonly Offer[] = [
  {
    method: 'github-oidc',
    variables: ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
    application: true,
  },
  { method: 'workload-identity', variables: ['AZURE_FEDERATED_TOKEN_FILE'], application: true },
  { method: 'certificate', variables: ['AZURE_CLIENT_CERTIFICATE_PATH'], application: true },
  { method: 'client-secret', variables: ['AZURE_CLIENT_SECRET'], application: true },
  {
    method: 'managed-identity',
    variables: ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'],
    one: true,
  },
];

/** Errors: `ServiceError` where `auth.method` names none. */
export function chooseMethod(auth: Auth | null, env: Env): ChosenMethod {
  if (auth?.method !== undefined) {
    return { method: namedMethod(auth.method), because: '"auth.method" names it' };
  }
  const offers = SIGN_IN_ORDER.map((offer) => ({ ...offer, set: setOf(offer, env) })).filter(
    ({ set }) => set.length > 0,
  );
  const lacks = ({ application }: Offer): readonly string[] =>
    application === true ? unknownOf(auth, env) : [];
  const taken = offers.find((offer) => lacks(offer).length === 0);
  if (taken !== undefined) return { method: taken.method, because: `${areSet(taken.set)}` };
  const [passedOver] = offers;
  return {
    method: 'azure-cli',
    because:
      passedOver === undefined
        ? 'no variable offers another way'
        : `${areSet(passedOver.set)}, but not ${lacks(passedOver).join(' and ')}`,
  };
}

/** Values that the configuration names, else the variables that Azure's own tools read. */
export const APPLICATION_SETTINGS = { tenantId: 'AZURE_TENANT_ID', clientId: 'AZURE_CLIENT_ID' } as const;

function namedMethod(named: string): SignInMethod {
  const method = SIGN_IN_METHODS.find((known) => known === named);
  if (method !== undefined) return method;
  throw new ServiceError(
    `Sign-in method "${named}" is not known; use one of: ${SIGN_IN_METHODS.join(', ')}`,
    { kind: 'sign-in', hint: 'Correct "auth.method" of the environment.' },
  );
}

/** The variables that offer a method; none where one of several is missing. */
function setOf({ variables, one }: Offer, env: Env): readonly string[] {
  const set = variables.filter((name) => isSet(env[name]));
  return one === true || set.length === variables.length ? set : [];
}

function unknownOf(auth: Auth | null, env: Env): readonly string[] {
  return Object.entries(APPLICATION_SETTINGS)
    .filter(([key, variable]) => !isSet(auth?.[key]) && !isSet(env[variable]))
    .map(([, variable]) => variable);
}

function areSet(variables: readonly string[]): string {
  return `${variables.join(' and ')} ${variables.length === 1 ? 'is' : 'are'} set`;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
