/**
 * The program as a process behind a proxy that wants a password: it signs in to an authority on this machine and plans
 * against an environment that only the proxy reaches, over TLS, trusting what NODE_EXTRA_CA_CERTS names.
 */

import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Authority,
  CLIENT,
  SECRET,
  startAuthority,
  TENANT,
} from '../../src/dataverse/local-authority.test-support.ts';
import {
  type Certificate,
  makeCertificate,
  type RunningProxy,
  serveProxy,
} from '../../src/dataverse/local-servers.test-support.ts';
import { createEmulator, parseOrganization, serveEmulator } from '../../src/emulator/index.ts';
import { buildProgram, type Program } from '../program.ts';
import { ORGANIZATION, project } from './command-line.ts';

const HOST = 'environment.contoso.test';
const PASSWORD = 'canary-proxy';
const CONFIG = `
version: 1
environments:
  test:
    url: https://${HOST}
    purpose: non-production
    auth: { tenantId: ${TENANT}, clientId: ${CLIENT} }
mailboxes:
  - user: alice@contoso.com
    outgoing: none
`;

let certificate: Certificate;
let authority: Authority;
let proxy: RunningProxy;
let program: Program;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate();
  const organization = parseOrganization(ORGANIZATION, 'organization.yaml');
  const emulator = createEmulator({ organization });
  const served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  const tls = createServer({ key: certificate.key, cert: certificate.certificate }, (socket) => {
    const upstream = connect(Number(new URL(served.url).port), '127.0.0.1');
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  const port = await new Promise<number>((resolve) => {
    tls.listen(0, '127.0.0.1', () => {
      const address = tls.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const basic = `Basic ${Buffer.from(`user:${PASSWORD}`).toString('base64')}`;
  proxy = await serveProxy(port, ({ headers }) => (headers['proxy-authorization'] === basic ? null : 407));
  authority = await startAuthority(certificate);
  program = await buildProgram();
  closing.push(proxy.close, authority.close, served.close, () => emulator.close(), program.remove);
  closing.push(async () => tls.close());
});

afterAll(async () => {
  for (const close of closing) await close();
  certificate.remove();
});

async function plan(env: Readonly<Record<string, string>>): Promise<{ code: number | null; text: string }> {
  const directory = await project({ 'mailboxctl.yaml': CONFIG });
  const child = spawn(process.execPath, [program.path, 'plan', directory], {
    env: {
      PATH: process.env.PATH ?? '',
      HTTPS_PROXY: `http://user:${PASSWORD}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: certificate.file,
      AZURE_AUTHORITY_HOST: authority.url,
      AZURE_CLIENT_SECRET: SECRET,
      ...env,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, text };
}

describe('behind a proxy', () => {
  it('signs in, plans and ends', async () => {
    const { code, text } = await plan({});
    expect([code, text.split('\n').at(-2)]).toEqual([
      0,
      'Plan: 0 to add, 1 to change, 0 to destroy. Actions: 0 approvals, 0 tests.',
    ]);
    expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]));
    expect(authority.asked.length).toBe(1);
  });

  it.each([
    [
      'a proxy that does not take the password',
      { HTTPS_PROXY: 'wrong' },
      'Error: The proxy 127.0.0.1:PORT asks for a user name and password, or does not take those given (407)',
      1,
    ],
    [
      'no proxy for the environment',
      { NO_PROXY: 'contoso.test' },
      `Error: ${HOST} is not known to the name service`,
      1,
    ],
    [
      'a certificate that is not trusted',
      { NODE_EXTRA_CA_CERTS: '' },
      'Error: Signing in by client-secret failed: The certificate of localhost:AUTHORITY is not trusted: it is signed by itself, or by an authority that is',
      4,
    ],
    [
      'a wrong secret',
      { AZURE_CLIENT_SECRET: 'canary-other' },
      `Error: Signing in by client-secret failed (AADSTS7000215): AZURE_CLIENT_SECRET holds no secret of the application ${CLIENT}`,
      4,
    ],
  ])('says what is wrong with %s', async (_name, env, says, exitCode) => {
    const wrong = `http://user:${PASSWORD}-not@127.0.0.1:${proxy.port}`;
    const given = 'HTTPS_PROXY' in env ? { HTTPS_PROXY: wrong } : (env as Readonly<Record<string, string>>);
    const { code, text } = await plan(given);
    const [first] = text.split('\n');
    expect([code, first]).toEqual([
      exitCode,
      says.replace('PORT', String(proxy.port)).replace('AUTHORITY', String(authority.port)),
    ]);
    expect(text).not.toContain('canary');
  });
});
