/** Time limits against real servers that answer slowly, in part, or never. */

import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, TimeoutError } from './http.ts';
import { type Running, serve } from './local-servers.test-support.ts';

const LIMIT_MS = 150;

let running: { close: () => Promise<void> } | null = null;

afterEach(async () => {
  await running?.close();
  running = null;
});

async function failureAt(port: number): Promise<unknown> {
  const http = createHttp((request) => fetch(request), LIMIT_MS);
  return http({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} }).catch(
    (reason: unknown) => reason,
  );
}

async function serving(listener: Parameters<typeof serve>[0]): Promise<Running> {
  const server = await serve(listener);
  running = server;
  return server;
}

describe('createHttp', () => {
  it('ends when no answer comes', async () => {
    const { port } = await serving(() => {});
    expect(await failureAt(port)).toBeInstanceOf(TimeoutError);
  });

  it('ends when a server takes the connection and says nothing of HTTP', async () => {
    const server = createServer(() => {});
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    running = { close: async () => void server.close() };
    expect(await failureAt(port)).toBeInstanceOf(TimeoutError);
  });

  it('ends when the body hangs behind its headers, and leaves the connection', async () => {
    let left = (): void => {};
    const leaving = new Promise<void>((resolve) => {
      left = resolve;
    });
    const { port } = await serving((request, response) => {
      request.on('close', () => left());
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"value":');
    });
    expect(await failureAt(port)).toBeInstanceOf(TimeoutError);
    await leaving;
  });

  it('ends when the body trickles for ever', async () => {
    const { port } = await serving((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    expect(await failureAt(port)).toBeInstanceOf(TimeoutError);
  });

  it('follows no redirect', async () => {
    const { port } = await serving((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    const http = createHttp((request) => fetch(request), 5000);
    const { status } = await http({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} });
    expect(status).toBe(302);
  });
});
