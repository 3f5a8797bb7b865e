/**
 * Which Microsoft Entra ID signs in for a service: clouds have authorities of their own. GCC uses the public one.
 * Hosts: Microsoft Learn, "Datacenter regions" (Power Platform), "National clouds" and "Azure Key Vault basic concepts".
 */

import { ServiceError } from '../model/service-error.ts';
import type { Env } from './proxy.ts';

export const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';
/** What federated credentials expect of a token (Microsoft Learn, "Important considerations for federated credentials"). */
export const PUBLIC_AUDIENCE = 'api://AzureADTokenExchange';

interface Cloud {
  readonly name: string;
  readonly authority: string;
  readonly audience: string;
  /** Ends of the names of its services: environments and key vaults. */
  readonly domains: readonly string[];
}

/** Still answers beside the one of today. */
const CHINA_BEFORE = 'https://login.chinacloudapi.cn';
const CHINA = 'https://login.partner.microsoftonline.cn';

/** Every other domain is of the public cloud. */
export const CLOUDS: readonly Cloud[] = [
  {
    name: 'US Government (GCC High, DoD)',
    authority: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    domains: ['microsoftdynamics.us', 'appsplatform.us', 'vault.usgovcloudapi.net'],
  },
  {
    name: 'China (21Vianet)',
    authority: CHINA,
    audience: 'api://AzureADTokenExchangeChina',
    domains: ['dynamics.cn', 'vault.azure.cn'],
  },
];

/** The authority for the service with this host; `AZURE_AUTHORITY_HOST` wins. */
export function authorityFor(host: string, env: Env): string {
  const named = env.AZURE_AUTHORITY_HOST?.trim() ?? '';
  if (named !== '') return checkAuthority(named);
  const cloud = CLOUDS.find(({ domains }) => domains.some((domain) => `.${host}`.endsWith(`.${domain}`)));
  return cloud?.authority ?? PUBLIC_AUTHORITY;
}

/** Whether Microsoft's library knows it; of others it would ask Microsoft first, and refuse them. */
export function isMicrosoftAuthority(authority: string): boolean {
  const known = [PUBLIC_AUTHORITY, ...CLOUDS.map((cloud) => cloud.authority), CHINA_BEFORE];
  return known.includes(new URL(authority).origin);
}

/** The audience of federated credentials where this authority signs in. */
export function audienceAt(authority: string): string {
  const { origin } = new URL(authority);
  const own = origin === CHINA_BEFORE ? CHINA : origin;
  return CLOUDS.find((cloud) => cloud.authority === own)?.audience ?? PUBLIC_AUDIENCE;
}

function checkAuthority(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:') return url.href.replace(/\/$/u, '');
  throw new ServiceError('AZURE_AUTHORITY_HOST holds no https address', {
    kind: 'sign-in',
    hint: 'Write it as https://login.microsoftonline.us, or unset it: the authority follows from the environment.',
  });
}
