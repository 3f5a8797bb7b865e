/** Serves an emulator over HTTP, on the loopback interface only: it has no protection of its own. */

import type { AddressInfo } from 'node:net';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { isVirtualClock } from './clock.ts';
import type { Emulator } from './emulator.ts';
import { DroppedConnection } from './faults.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host?: '127.0.0.1';
  /** Virtual milliseconds for each real one. */
  readonly clockSpeed: number;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export function serveEmulator(
  emulator: Emulator,
  { port, host = '127.0.0.1', clockSpeed }: ServeOptions,
): Promise<Served> {
  if (isVirtualClock(emulator.clock)) emulator.clock.run(clockSpeed);
  const options = { fetch: handler(emulator), port, hostname: host };
  return new Promise((resolve, reject) => {
    const server = serve(options, ({ port: bound }: AddressInfo) => {
      resolve({ url: `http://${host}:${bound}`, close: () => closeServer(server) });
    });
    server.once('error', reject);
  });
}

type Server = ReturnType<typeof serve>;

async function closeServer(server: Server): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** A dropped connection is dropped for real; a client that went away gets nothing. */
function handler(
  emulator: Emulator,
): (request: Request, bindings: HttpBindings | Http2Bindings) => Promise<Response> {
  return async (request, { outgoing }) => {
    try {
      return await emulator.fetch(request);
    } catch (error) {
      if (!(error instanceof DroppedConnection) && !request.signal.aborted) throw error;
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  };
}
