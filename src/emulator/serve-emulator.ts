/** Serves an emulator over HTTP or HTTPS, on the loopback interface only: it has no protection of its own. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.ts';
import type { Certificate } from './certificate.ts';
import { isVirtualClock } from './clock.ts';
import type { Arriving, Emulator } from './emulator.ts';
import { DroppedConnection } from './faults.ts';

/** Room for the longest address that the service takes, and for a longer one to be refused in its words. */
const maxHeaderSize = 131_072;
/** Clients keep connections for later: one that closes just as it is used again would look like a lost answer. */
const IDLE_MS = 10 * 60_000;

export interface ServeOptions {
  readonly port: number;
  readonly host?: '127.0.0.1';
  /** Virtual milliseconds for each real one. Round trips and work take real time whatever the speed. */
  readonly clockSpeed: number;
  /** With it, HTTPS. */
  readonly certificate?: Certificate | undefined;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveEmulator(
  emulator: Emulator,
  { port, host = '127.0.0.1', clockSpeed, certificate }: ServeOptions,
): Promise<Served> {
  if (isVirtualClock(emulator.clock)) emulator.clock.run(clockSpeed);
  const scheme = certificate === undefined ? 'http' : 'https';
  const listen = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    respond(emulator, scheme, incoming, outgoing).catch((error: unknown) => {
      if (error instanceof DroppedConnection || outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
    });
  };
  const options = { maxHeaderSize };
  const server =
    certificate === undefined
      ? createServer(options, listen)
      : createSecureServer({ ...options, ...certificate }, listen);
  server.keepAliveTimeout = IDLE_MS;
  server.headersTimeout = IDLE_MS + 1000;
  const bound = await listening(server, port, host);
  return { url: `${scheme}://${host}:${bound}`, close: () => closeServer(server) };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** A dropped connection is dropped for real; a client that went away gets nothing. */
async function respond(
  emulator: Emulator,
  scheme: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const arriving = await read(incoming, scheme, () => goneSignal(outgoing));
  if (arriving === undefined) {
    outgoing.writeHead(400).end();
    return;
  }
  await send(await emulator.handle(arriving), outgoing);
}

function goneSignal(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (outgoing.destroyed) gone.abort(new DroppedConnection());
  outgoing.once('close', () => gone.abort(new DroppedConnection()));
  return gone.signal;
}

async function read(
  incoming: IncomingMessage,
  scheme: string,
  signal: () => AbortSignal,
): Promise<Arriving | undefined> {
  const url = `${scheme}://${incoming.headers.host ?? ''}${incoming.url ?? ''}`;
  if (!URL.canParse(url)) return undefined;
  const body = await readBody(incoming);
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  }
  return { method: incoming.method ?? '', url: new URL(url), headers, body, signal };
}

/** By events: an iteration over the stream is a good part of the work of a small request. */
function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString()));
    incoming.on('error', reject);
    incoming.on('close', () => {
      // A client that goes away in the middle of its request.
      if (!incoming.complete) reject(new DroppedConnection());
    });
  });
}

async function send({ status, headers, body, pieces }: Answer, outgoing: ServerResponse): Promise<void> {
  for (const [name, value] of headers) outgoing.setHeader(name, value);
  if (body.length > 0) outgoing.setHeader('Content-Length', body.length);
  outgoing.writeHead(status);
  for await (const piece of pieces ?? []) {
    if (outgoing.destroyed) return;
    outgoing.write(piece);
  }
  if (pieces === undefined) outgoing.end(body);
  else outgoing.end();
}
