/** Why no secure connection came about, and what to do: a sentence for each cause. Knows no proxy and no HTTP. */

/** What was seen of the certificate of a server with which no connection came about. */
export interface SeenCertificate {
  readonly issuer: string | null;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** What this machine's clock said. */
  readonly seenAt: number;
}

/** A certificate that was refused, with what it says of itself. */
export class RefusedCertificateError extends Error {
  override readonly name = 'RefusedCertificateError';
  readonly seen: SeenCertificate;

  constructor(seen: SeenCertificate, cause: unknown) {
    super('The certificate of the server was refused', { cause });
    this.seen = seen;
  }
}

export interface TlsFailure {
  /** `issuer`: nobody here vouches for the certificate. */
  readonly why: 'issuer' | 'name' | 'dates' | 'version' | 'cipher' | 'client' | 'other';
  readonly message: string;
  readonly hint: string;
}

const CERTIFICATE_HINT =
  'Name a PEM file with the certificate to trust in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE: of a proxy that opens connections that of its authority, of an emulator the file that it names.';

/** Of the errors of Node.js and OpenSSL (Node.js, "X509 certificate error codes", "OpenSSL error codes"). */
const SELF_SIGNED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/u;
const NO_ISSUER =
  /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|CERT_UNTRUSTED)$/u;
const VERSION = /alert.protocol.version|unsupported.protocol|version.too.low/iu;
const CIPHER = /alert.handshake.failure|no.shared.cipher|insufficient.security/iu;
const CLIENT = /alert.certificate.required/iu;

/** `links`: the error and its causes; `code`: that of the one that is about TLS. */
export function tlsFailure(links: readonly Error[], code: string, host: string): TlsFailure {
  const seen = links.find((link) => link instanceof RefusedCertificateError)?.seen ?? null;
  const said = `${code} ${links.map(({ message }) => message).join(' ')}`;
  const says = `What the check says: ${code}.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(links, host);
  if (code === 'CERT_HAS_EXPIRED') return ended(seen, host);
  if (code === 'CERT_NOT_YET_VALID') return notYetValid(seen, host);
  if (SELF_SIGNED.test(code) || NO_ISSUER.test(code)) {
    const issuer = seen?.issuer == null || SELF_SIGNED.test(code) ? '' : ` "${seen.issuer}"`;
    const what = SELF_SIGNED.test(code)
      ? 'it is signed by itself, or by an authority that is'
      : `its issuer${issuer} is not known here`;
    return {
      why: 'issuer',
      message: `The certificate of ${host} is not trusted: ${what}`,
      hint: `${CERTIFICATE_HINT} ${says}`,
    };
  }
  if (VERSION.test(said)) {
    return {
      why: 'version',
      message: `${host} speaks no version of TLS that is safe (1.2 or newer)`,
      hint: `Dataverse does: look for an old proxy or server on the way, and have it offer TLS 1.2. ${says}`,
    };
  }
  if (CIPHER.test(said)) {
    return {
      why: 'cipher',
      message: `${host} and this machine know no way of encrypting in common`,
      hint: `Dataverse offers several: look for an old proxy or server on the way, and update it. ${says}`,
    };
  }
  if (CLIENT.test(said)) {
    return {
      why: 'client',
      message: `${host} asks this machine for a certificate of its own, which is not supported`,
      hint: `Dataverse asks for none: have whoever runs the proxy or server on the way let this machine through without. ${says}`,
    };
  }
  return {
    why: 'other',
    message: `The certificate of ${host} is not trusted, or no secure connection could be made`,
    hint: `${CERTIFICATE_HINT} ${says}`,
  };
}

function wrongName(links: readonly Error[], host: string): TlsFailure {
  const names = links.map(namesOf).find((found) => found.length > 0) ?? [];
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names;
  return {
    why: 'name',
    message: `The certificate that came is not for ${host}${names.length === 0 ? '' : `, but for ${shown.join(', ')}`}`,
    hint: 'Check the host in the url; if it is right, something between here and there answers in its place, or its certificate has to be made for this name.',
  };
}

const MOST_NAMES = 5;

/** Of the error's certificate (Node.js, "Certificate object"): alternative names, else the common name. */
function namesOf(link: Error): readonly string[] {
  if (!('cert' in link) || typeof link.cert !== 'object' || link.cert === null) return [];
  const { subjectaltname, subject } = link.cert as {
    readonly subjectaltname?: string;
    readonly subject?: { readonly CN?: string };
  };
  if (subjectaltname === undefined) return subject?.CN === undefined ? [] : [subject.CN];
  return subjectaltname.split(', ').map((name) => name.replace(/^(DNS|IP Address):/u, ''));
}

/** Only the server's own certificate was looked at: where its dates are good, it is one of its issuers. */
function ended(seen: SeenCertificate | null, host: string): TlsFailure {
  const own = seen !== null && seen.validTo < seen.seenAt ? ` on ${dayOf(seen.validTo)}` : '';
  return {
    why: 'dates',
    message: `The certificate of ${host}, or of its issuer, has ended${own}`,
    hint: `${clockHint(seen)} whoever runs ${host} has to renew the certificate.`,
  };
}

function notYetValid(seen: SeenCertificate | null, host: string): TlsFailure {
  const own = seen !== null && seen.validFrom > seen.seenAt ? ` before ${dayOf(seen.validFrom)}` : ' yet';
  return {
    why: 'dates',
    message: `The certificate of ${host}, or of its issuer, is not valid${own}`,
    hint: `${clockHint(seen)} whoever runs ${host} has to give another certificate.`,
  };
}

function clockHint(seen: SeenCertificate | null): string {
  const says =
    seen === null ? '' : ` says ${new Date(seen.seenAt).toISOString().slice(0, 16)}Z; if wrong, set it`;
  return `Look at the clock of this machine first${says === '' ? '' : `: it${says}`}. If it is right,`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
