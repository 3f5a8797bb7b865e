/** Servers on this machine for tests of the network: over TLS with a certificate of their own, and a proxy. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
  /** Certificate alone, and key with certificate, as files. */
  readonly file: string;
  readonly bothFile: string;
  readonly remove: () => void;
}

export interface Made {
  readonly notBeforeDate?: Date;
  readonly notAfterDate?: Date;
  /** Signs, in place of the certificate itself. */
  readonly ca?: { readonly key: string; readonly cert: string };
}

const NAMES = ['localhost', '*.contoso.test'];

/** Good for the names of this machine that tests use. */
export async function makeCertificate(
  given: Made = {},
  addresses: readonly string[] = ['127.0.0.1'],
): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...given,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...NAMES.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  const directory = mkdtempSync(join(tmpdir(), 'mailboxctl-tls-'));
  const file = join(directory, 'certificate.pem');
  const bothFile = join(directory, 'both.pem');
  writeFileSync(file, made.cert);
  writeFileSync(bothFile, `${made.private}\n${made.cert}`);
  return {
    key: made.private,
    certificate: made.cert,
    file,
    bothFile,
    remove: () => rmSync(directory, { recursive: true }),
  };
}

export interface Running {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export function serve(listener: RequestListener): Promise<Running> {
  return listen(createServer(listener));
}

export function serveTls(
  { key, certificate }: Certificate,
  listener: RequestListener,
  options: TlsOptions = {},
): Promise<Running> {
  return listen(createTlsServer({ key, cert: certificate, ...options }, listener));
}

export interface RunningProxy extends Running {
  /** Host and port of each tunnel that was asked for. */
  readonly asked: readonly string[];
  /** What `Proxy-Authorization` the tunnels were asked for with. */
  readonly authorizations: readonly (string | undefined)[];
}

/**
 * Makes tunnels to `port` of this machine, whatever name is asked for; or answers each with `refuse`, asking for one of
 * `challenges`.
 */
export async function serveProxy(
  port: number,
  refuse?: (request: IncomingMessage) => number | null,
  challenges: readonly string[] = [],
): Promise<RunningProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((_request, response) => response.writeHead(501).end());
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    const status = refuse?.(request) ?? null;
    if (status !== null) {
      const asks = challenges.map((name) => `Proxy-Authenticate: ${name}\r\n`).join('');
      client.end(`HTTP/1.1 ${status} No\r\n${asks}Content-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  return { ...(await listen(server)), asked, authorizations };
}

function listen(server: Server): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
