/** Real connections on this machine: a server over TLS, and a proxy before it. */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Certificate,
  type Made,
  makeCertificate,
  type Running,
  type RunningProxy,
  serve,
  serveProxy,
  serveTls,
} from './local-servers.test-support.ts';
import { createNetwork } from './network.ts';
import { networkFailure } from './network-failure.ts';
import type { Env } from './proxy.ts';

const HOST = 'environment.contoso.test';
const PASSWORD = 'hunter22%40';

let certificate: Certificate;
let server: Running;
let proxy: RunningProxy;

beforeAll(async () => {
  certificate = await makeCertificate();
  server = await serveTls(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ method, url, host: headers.host, body: Buffer.concat(chunks).toString() }),
      );
    });
  });
  proxy = await serveProxy(server.port);
});

afterAll(async () => {
  await proxy.close();
  await server.close();
  certificate.remove();
});

async function failureOf(env: Env, url = `https://${HOST}/x`): Promise<Record<string, unknown>> {
  const error: unknown = await createNetwork(env)(new Request(url)).catch((reason: unknown) => reason);
  const { message, hint, passing, notSent } = networkFailure(error, new URL(url).host);
  return { message, hint, passing, notSent };
}

describe('createNetwork', () => {
  it('sends through the proxy, and takes the certificates of SSL_CERT_FILE', async () => {
    const network = createNetwork({
      HTTPS_PROXY: `http://user:${PASSWORD}@127.0.0.1:${proxy.port}`,
      SSL_CERT_FILE: certificate.file,
    });
    const sent = new Request(`https://${HOST}/x?y=1`, { method: 'POST', body: 'büdy' });
    const answer = await network(sent);
    expect(answer instanceof Response && answer.ok).toBe(true);
    expect(await answer.json()).toEqual({ method: 'POST', url: '/x?y=1', host: HOST, body: 'büdy' });
    expect(proxy.asked).toEqual([`${HOST}:443`]);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('user:hunter22@').toString('base64')}`]);
  });

  it('goes straight where NO_PROXY says so', async () => {
    const before = proxy.asked.length;
    const network = createNetwork({
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      SSL_CERT_FILE: certificate.file,
    });
    expect((await network(new Request(`https://localhost:${server.port}/`))).status).toBe(200);
    expect(proxy.asked.length).toBe(before);
  });

  it('follows no redirect that it is not told to follow', async () => {
    const redirecting = await serve((_request, response) => {
      response.writeHead(302, { Location: 'https://elsewhere.test/' }).end();
    });
    const network = createNetwork({ SSL_CERT_FILE: certificate.file });
    const answer = await network(
      new Request(`http://127.0.0.1:${redirecting.port}/`, { redirect: 'manual' }),
    );
    await redirecting.close();
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://elsewhere.test/']);
  });

  it('keeps no cookies', async () => {
    const cookies: unknown[] = [];
    const baking = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      response.setHeader('set-cookie', 'ARRAffinity=1; Path=/');
      response.end();
    });
    for (const env of [{}, { SSL_CERT_FILE: certificate.file }]) {
      const network = createNetwork(env);
      for (let time = 0; time < 2; time += 1) await network(new Request(`http://127.0.0.1:${baking.port}/`));
    }
    await baking.close();
    expect(cookies).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('ends when the request is aborted, the body included', async () => {
    const hanging = await serve((_request, response) => response.writeHead(200).write('{'));
    const network = createNetwork({ SSL_CERT_FILE: certificate.file });
    const aborting = new AbortController();
    const answer = await network(
      new Request(`http://127.0.0.1:${hanging.port}/`, { signal: aborting.signal }),
    );
    aborting.abort();
    await expect(answer.text()).rejects.toThrow();
    await hanging.close();
  });

  it('says which variable names a file that cannot be read', async () => {
    const network = createNetwork({ SSL_CERT_FILE: '/nowhere/ca.pem' });
    await expect(network(new Request('https://localhost:1/'))).rejects.toThrow(
      'SSL_CERT_FILE names /nowhere/ca.pem, which cannot be read',
    );
  });

  it.each([
    ['a letter is lost', (pem: string) => pem.replace(/^(.{100})./su, '$1')],
    ['its end is lost', (pem: string) => pem.slice(0, 300)],
    ['it is empty', () => '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
  ])('says which certificate of a file is damaged: %s', async (_name, damaged) => {
    const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-'));
    const file = join(directory, 'ca.pem');
    const pem = await readFile(certificate.file, 'utf8');
    await writeFile(file, `${pem}\n${damaged(pem)}\n${pem}`);
    const network = createNetwork({ SSL_CERT_FILE: file });
    await expect(network(new Request('https://localhost:1/'))).rejects.toThrow(
      `SSL_CERT_FILE names ${file}, which is damaged: certificate 2 of 3`,
    );
    await rm(directory, { recursive: true });
  });

  it('says which variable names a file without certificates', async () => {
    const file = fileURLToPath(import.meta.url);
    const network = createNetwork({ SSL_CERT_FILE: file });
    await expect(network(new Request('https://localhost:1/'))).rejects.toThrow(
      `SSL_CERT_FILE names ${file}, which holds no certificate`,
    );
  });
});

describe('failures', () => {
  it('of a proxy that wants a password', async () => {
    const strict = await serveProxy(server.port, () => 407);
    const at = `127.0.0.1:${strict.port}`;
    const failure = await failureOf({ https_proxy: `http://user:${PASSWORD}@${at}` });
    await strict.close();
    expect(failure).toEqual({
      message: `The proxy ${at} asks for a user name and password, or does not take those given (407)`,
      hint: `Give them in https_proxy, as http://USER:PASSWORD@${at}, special characters percent-encoded.`,
      passing: false,
      notSent: true,
    });
  });

  it.each([
    [['Negotiate', 'NTLM'], 'Negotiate or NTLM'],
    [['Negotiate YII=, Digest realm="a, b", qop="auth"'], 'Negotiate or Digest'],
  ])('of a proxy that asks for %j', async (challenges, said) => {
    const strict = await serveProxy(server.port, () => 407, challenges);
    const at = `127.0.0.1:${strict.port}`;
    const failure = await failureOf({ HTTPS_PROXY: `http://user:${PASSWORD}@${at}` });
    await strict.close();
    expect(failure).toEqual({
      message: `The proxy ${at} asks for a sign-in by ${said} (407), which is not supported`,
      hint: `Have the proxy let ${HOST} through without a sign-in, or by Basic; or run a proxy on this machine that signs in to it, such as Cntlm or Px, and name that one in HTTPS_PROXY.`,
      passing: false,
      notSent: true,
    });
  });

  it('of a proxy that takes Basic as well', async () => {
    const strict = await serveProxy(server.port, () => 407, ['Negotiate', 'Basic realm="proxy"']);
    const { message } = await failureOf({ HTTPS_PROXY: `http://127.0.0.1:${strict.port}` });
    await strict.close();
    expect(message).toContain('asks for a user name and password');
  });

  it('of a proxy that speaks no TLS, though its address says so', async () => {
    const at = `127.0.0.1:${proxy.port}`;
    expect(await failureOf({ HTTPS_PROXY: `https://${at}` })).toMatchObject({
      message: `The proxy ${at} speaks no TLS`,
      hint: `HTTPS_PROXY names this proxy; write it as http://${at}, which is how most proxies are spoken to: what is sent through it is encrypted all the same.`,
      passing: false,
    });
  });

  it.each([
    ['straight', {}],
    ['where certificates are named', { SSL_CERT_FILE: 'certificate' }],
  ])(
    'of a port that speaks TLS and is addressed without, or the other way round, %s',
    async (_name, given) => {
      const env = 'SSL_CERT_FILE' in given ? { SSL_CERT_FILE: certificate.file } : {};
      const plain = await serve((_request, response) => response.end('{}'));
      const failures = [
        await failureOf(env, `http://127.0.0.1:${server.port}/`),
        await failureOf(env, `https://127.0.0.1:${plain.port}/`),
      ];
      await plain.close();
      expect(failures).toMatchObject([
        {
          message: `127.0.0.1:${server.port} speaks TLS, and was addressed without`,
          hint: 'Write https:// in the url of the environment.',
          passing: false,
        },
        {
          message: `127.0.0.1:${plain.port} speaks no TLS`,
          hint: 'For an environment of this machine that serves plain HTTP, write http:// in its url; else check the port.',
          passing: false,
        },
      ]);
    },
  );

  it('of a plain port that closes each connection', async () => {
    const closing = await serve((request) => request.socket.destroy());
    const { message, passing } = await failureOf({}, `http://127.0.0.1:${closing.port}/`);
    await closing.close();
    expect([message, passing]).toEqual([`The connection to 127.0.0.1:${closing.port} was lost`, true]);
  });

  it.each([
    [403, false],
    [502, true],
  ])('of a proxy that lets nothing through (%i)', async (status, passing) => {
    const strict = await serveProxy(server.port, () => status);
    const at = `127.0.0.1:${strict.port}`;
    const failure = await failureOf({ HTTPS_PROXY: `http://${at}` });
    await strict.close();
    expect(failure).toEqual({
      message: `The proxy ${at} makes no connection to ${HOST} (status ${status})`,
      hint: `HTTPS_PROXY names this proxy; have it let ${HOST} through, or list the host in NO_PROXY.`,
      passing,
      notSent: true,
    });
  });

  it('of a proxy that is not there', async () => {
    const gone = await serveProxy(server.port);
    await gone.close();
    const at = `127.0.0.1:${gone.port}`;
    expect(await failureOf({ ALL_PROXY: `http://user:${PASSWORD}@${at}` })).toEqual({
      message: `The proxy ${at} refuses the connection`,
      hint: `ALL_PROXY names this proxy; check its host and port, or list ${HOST} in NO_PROXY.`,
      passing: false,
      notSent: true,
    });
  });

  it('of a proxy whose name nobody knows', async () => {
    expect(await failureOf({ HTTPS_PROXY: 'http://proxy.invalid:8080' })).toEqual({
      message: 'The proxy proxy.invalid:8080 is not known to the name service',
      hint: `HTTPS_PROXY names this proxy; correct it, or list ${HOST} in NO_PROXY.`,
      passing: false,
      notSent: true,
    });
  });

  it('of a proxy that opens connections with a certificate of its own', async () => {
    const failure = await failureOf({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(failure).toEqual({
      message: `The certificate that came for ${HOST} through the proxy 127.0.0.1:${proxy.port} is not trusted`,
      hint: 'Name a PEM file with the certificate to trust in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE: of a proxy that opens connections that of its authority, of an emulator the file that it names. What the check says: DEPTH_ZERO_SELF_SIGNED_CERT.',
      passing: false,
      notSent: true,
    });
  });
});

describe('failures of TLS', () => {
  const DAY = 24 * 60 * 60_000;
  const now = Date.now();
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

  async function failureWith(
    made: Made,
    options: TlsOptions = {},
    { trusted = true, addresses = ['127.0.0.1'] } = {},
  ): Promise<{ at: string; message: string; hint: string; passing: boolean }> {
    const own = await makeCertificate(made, addresses);
    const running = await serveTls(own, (_request, response) => response.end('{}'), options);
    const at = `127.0.0.1:${running.port}`;
    const env = trusted ? { SSL_CERT_FILE: own.file } : {};
    const { message, hint, passing } = await failureOf(env, `https://${at}/`);
    await running.close();
    own.remove();
    return { at, message: String(message), hint: String(hint), passing: passing === true };
  }

  it('a certificate that has ended', async () => {
    const validTo = now - 3 * DAY;
    const failure = await failureWith({
      notBeforeDate: new Date(now - 30 * DAY),
      notAfterDate: new Date(validTo),
    });
    expect(failure.message).toBe(
      `The certificate of ${failure.at}, or of its issuer, has ended on ${day(validTo)}`,
    );
    expect(failure.hint).toMatch(
      /^Look at the clock of this machine first: it says 20\d\d-\d\d-\d\dT\d\d:\d\dZ; if wrong, set it\. If it is right, whoever runs \S+ has to renew the certificate\.$/u,
    );
    expect(failure.passing).toBe(false);
  });

  it('a certificate that is not valid yet', async () => {
    const validFrom = now + 3 * DAY;
    const { at, message } = await failureWith({
      notBeforeDate: new Date(validFrom),
      notAfterDate: new Date(now + 30 * DAY),
    });
    expect(message).toBe(`The certificate of ${at}, or of its issuer, is not valid before ${day(validFrom)}`);
  });

  it('a certificate of other names', async () => {
    const { at, message, hint } = await failureWith({}, {}, { addresses: ['10.0.0.1'] });
    expect(message).toBe(
      `The certificate that came is not for ${at}, but for localhost, *.contoso.test, 10.0.0.1`,
    );
    expect(hint).toContain('Check the host in the url');
  });

  it('a certificate that signs itself', async () => {
    const { at, message, hint } = await failureWith({}, {}, { trusted: false });
    expect(message).toBe(
      `The certificate of ${at} is not trusted: it is signed by itself, or by an authority that is`,
    );
    expect(hint).toContain('NODE_EXTRA_CA_CERTS or SSL_CERT_FILE');
  });

  it('a certificate of an issuer that is not known', async () => {
    const signing = await generate([{ name: 'commonName', value: 'Contoso Proxy' }], {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
    });
    const ca = { key: signing.private, cert: signing.cert };
    const { at, message } = await failureWith({ ca }, {}, { trusted: false });
    expect(message).toBe(
      `The certificate of ${at} is not trusted: its issuer "Contoso Proxy" is not known here`,
    );
  });

  it.each<readonly [string, TlsOptions, (at: string) => string]>([
    [
      'a server that is too old',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      (at) => `${at} speaks no version of TLS that is safe (1.2 or newer)`,
    ],
    [
      'a server with other ciphers',
      { maxVersion: 'TLSv1.2', ciphers: 'ADH-AES128-SHA256:@SECLEVEL=0' },
      (at) => `${at} and this machine know no way of encrypting in common`,
    ],
  ])('%s', async (_name, options, says) => {
    const { at, message } = await failureWith({}, options);
    expect(message).toBe(says(at));
  });

  it('a server that wants a certificate of the client', () => {
    const alert = Object.assign(new Error('tlsv13 alert certificate required'), {
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    });
    expect(networkFailure(new TypeError('fetch failed', { cause: alert }), HOST).message).toBe(
      `${HOST} asks this machine for a certificate of its own, which is not supported`,
    );
  });
});

describe('what a failure says of the request', () => {
  const failed = (code: string, syscall?: string): TypeError =>
    new TypeError('fetch failed', {
      cause: Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall && { syscall }) }),
    });
  const several = (code: string): TypeError =>
    new TypeError('fetch failed', {
      cause: Object.assign(
        new AggregateError([failed(code, 'connect').cause, failed(code, 'connect').cause]),
        {
          code,
        },
      ),
    });

  it.each([
    ['a name that is not known', failed('ENOTFOUND', 'getaddrinfo'), true],
    ['a name service that does not answer', failed('EAI_AGAIN', 'getaddrinfo'), true],
    ['a refused connection', failed('ECONNREFUSED', 'connect'), true],
    ['no way to connect', failed('EHOSTUNREACH', 'connect'), true],
    ['no way to connect to any address', several('ENETUNREACH'), true],
    ['no answer to connecting', failed('ETIMEDOUT', 'connect'), true],
    ['no connection in time', failed('UND_ERR_CONNECT_TIMEOUT'), true],
    ['a certificate that has run out', failed('CERT_HAS_EXPIRED'), true],
    ['a certificate of another host', failed('ERR_TLS_CERT_ALTNAME_INVALID'), true],
    ['a certificate of nobody', failed('SELF_SIGNED_CERT_IN_CHAIN'), true],
    ['a certificate of an issuer that is not there', failed('UNABLE_TO_GET_ISSUER_CERT'), true],
    ['a certificate of no authority', failed('INVALID_CA'), true],
    ['a certificate for something else', failed('INVALID_PURPOSE'), true],
    ['a chain that is too long', failed('PATH_LENGTH_EXCEEDED'), true],
    ['a certificate of another name', failed('HOSTNAME_MISMATCH'), true],
    ['a way that went', failed('EHOSTUNREACH', 'read'), false],
    ['a network that went', failed('ENETUNREACH', 'write'), false],
    ['a way that went, nobody knows when', failed('EHOSTUNREACH'), false],
    ['a connection that is silent', failed('ETIMEDOUT', 'read'), false],
    ['a secure connection that broke', failed('EPROTO', 'write'), false],
    [
      'a secure connection that was tampered with',
      failed('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
      false,
    ],
    ['an alert of the server', failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), false],
    ['a connection that was reset', failed('ECONNRESET', 'read'), false],
    ['no answer in time', failed('UND_ERR_HEADERS_TIMEOUT'), false],
    ['anything else', new Error('?'), false],
  ])('%s: not sent %s', (_name, error, notSent) => {
    expect(networkFailure(error, HOST).notSent).toBe(notSent);
  });

  it.each([
    'UNABLE_TO_GET_ISSUER_CERT',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'HOSTNAME_MISMATCH',
  ])('%s is about a certificate', (code) => {
    const { message, hint, passing } = networkFailure(failed(code), HOST);
    expect([message.startsWith(`The certificate of ${HOST} is not trusted`), passing]).toEqual([true, false]);
    expect(hint).toContain(`What the check says: ${code}.`);
  });

  it('a way that went while it was used is a lost connection', () => {
    expect(networkFailure(failed('EHOSTUNREACH', 'read'), HOST).message).toBe(
      `The connection to ${HOST} was lost`,
    );
    expect(networkFailure(failed('EHOSTUNREACH', 'connect'), HOST).message).toBe(
      `No way leads from this machine to ${HOST}`,
    );
  });
});

describe('NODE_EXTRA_CA_CERTS', () => {
  it.each([
    ['alone', {}],
    ['beside a proxy', { HTTPS_PROXY: 'proxy' }],
    ['beside SSL_CERT_FILE', { SSL_CERT_FILE: 'certificate' }],
  ])('is trusted, %s', async (_name, variables) => {
    const env: Record<string, string> = {
      NODE_EXTRA_CA_CERTS: certificate.file,
      PATH: process.env.PATH ?? '',
    };
    if ('HTTPS_PROXY' in variables) env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
    if ('SSL_CERT_FILE' in variables) env.SSL_CERT_FILE = certificate.file;
    const url = 'HTTPS_PROXY' in variables ? `https://${HOST}/` : `https://localhost:${server.port}/`;
    expect(await inProcess(url, env)).toEqual({ code: 0, output: '200' });
  });

  it('is what is missing without it', async () => {
    const { code } = await inProcess(`https://localhost:${server.port}/`, { PATH: process.env.PATH ?? '' });
    expect(code).toBe(1);
  });
});

/** Node reads the variable when it starts; a process of its own also shows that no connection keeps it from ending. */
async function inProcess(
  url: string,
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const script = `
    import { createNetwork } from '${new URL('./network.ts', import.meta.url).href}';
    const answer = await createNetwork(process.env)(new Request('${url}'));
    await answer.text();
    process.stdout.write(String(answer.status));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}
