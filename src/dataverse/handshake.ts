/** Looks at how a server of a failed request speaks TLS: with a handshake alone, in which nothing is sent. */

import { isIP } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import type { SeenCertificate } from './tls-failure.ts';

/** A handshake with one's own machine is a matter of milliseconds, with others hardly more: it has just been done. */
const HANDSHAKE_MS = 1000;

/** `null`: no TLS is spoken there. */
export async function shakeHands({
  hostname,
  port,
  protocol,
}: URL): Promise<{ readonly certificate: SeenCertificate | null } | null> {
  const { connect } = await import('node:tls');
  const host = hostname.replace(/^\[(.*)\]$/u, '$1');
  return new Promise((resolve) => {
    // Nothing is sent: whom the certificate names does not matter.
    const socket = connect({
      host,
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
      timeout: HANDSHAKE_MS,
    });
    const end = (): void => {
      socket.destroy();
      resolve(null);
    };
    socket.once('secureConnect', () => {
      const certificate = seenOf(socket.getPeerCertificate());
      socket.destroy();
      resolve({ certificate });
    });
    socket.once('error', end).once('timeout', end).once('close', end);
  });
}

function seenOf({ issuer, valid_from, valid_to }: PeerCertificate): SeenCertificate | null {
  const [validFrom, validTo] = [Date.parse(valid_from), Date.parse(valid_to)];
  if (Number.isNaN(validFrom) || Number.isNaN(validTo)) return null;
  const name = issuer?.CN ?? issuer?.O;
  return { issuer: typeof name === 'string' ? name : null, validFrom, validTo, seenAt: Date.now() };
}
