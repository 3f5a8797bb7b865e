/** What went wrong when no answer came, in words and with a way out. Knows nothing of HTTP statuses. */

import { ServiceError } from '../model/service-error.ts';
import { TimeoutError } from './http.ts';

interface NetworkFailure {
  readonly message: string;
  readonly hint: string;
  /** The next attempt may succeed. */
  readonly passing: boolean;
  /** The request never left, so that it cannot have been carried out. */
  readonly notSent: boolean;
}

type Kind = 'dns' | 'refused' | 'tls' | 'timeout' | 'lost';

const CODES: Readonly<Record<string, Kind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  EPROTO: 'tls',
};

export function networkFailure(error: unknown, host: string): NetworkFailure {
  const kind = kindOf(error);
  switch (kind) {
    case 'dns':
      return {
        message: `${host} is not known to the name service`,
        hint: 'Check the URL of the environment, and that this machine may resolve names of the internet.',
        passing: false,
        notSent: true,
      };
    case 'refused':
      return {
        message: `${host} refuses the connection`,
        hint: 'Nothing listens there. For an emulator, check its port and that it is running.',
        passing: false,
        notSent: true,
      };
    case 'tls':
      return {
        message: `The certificate of ${host} is not trusted, or no secure connection could be made`,
        hint: 'A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.',
        passing: false,
        notSent: true,
      };
    case 'timeout':
      return {
        message: `${host} did not answer in time`,
        hint: 'Run the command again; if it persists, check the way to the environment and its health.',
        passing: true,
        notSent: false,
      };
    case 'lost':
      return {
        message: `The connection to ${host} was lost`,
        hint: 'Run the command again; if it persists, check proxies and firewalls on the way.',
        passing: true,
        notSent: false,
      };
    default:
      return kind satisfies never;
  }
}

export function unreachable(failure: NetworkFailure, request: string, cause: unknown): ServiceError {
  return new ServiceError(failure.message, { kind: 'unreachable', request, hint: failure.hint, cause });
}

function kindOf(error: unknown): Kind {
  if (error instanceof TimeoutError) return 'timeout';
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    const known = CODES[code] ?? (/^(CERT_|ERR_TLS|ERR_SSL)/u.test(code) ? 'tls' : undefined);
    if (known !== undefined) return known;
  }
  return 'lost';
}
