import { expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { serveEmulator } from '../../src/emulator/serve-emulator.ts';
import { ORGANIZATION } from './emulated.ts';
import { openReal } from './real.ts';

const URL = 'https://contoso-test.crm4.dynamics.com';
const WRITES = { MAILBOXCTL_CONTRACT_WRITES: '1' };
const QUEUE = { MAILBOXCTL_CONTRACT_QUEUE: 'Support' };

it('without a URL there is no environment', () => {
  expect([openReal({}), openReal({ MAILBOXCTL_CONTRACT_URL: ' ' })]).toEqual([null, null]);
});

it.each([
  ['nothing', {}, ['sign-in']],
  ['a queue without leave to write', QUEUE, ['sign-in']],
  ['leave to write', WRITES, ['own rows', 'sign-in']],
  ['both', { ...WRITES, ...QUEUE }, ['a named queue', 'own rows', 'sign-in']],
  ['a test without leave to write', { MAILBOXCTL_CONTRACT_TEST: '1' }, ['sign-in']],
  ['time', { MAILBOXCTL_CONTRACT_SLOW: '1' }, ['sign-in', 'time']],
  ['another caller', { MAILBOXCTL_CONTRACT_TOKEN_2: 'token' }, ['a second caller', 'sign-in']],
])('who gives %s allows no more than that', (_name, env, given) => {
  const real = openReal({ MAILBOXCTL_CONTRACT_URL: URL, MAILBOXCTL_CONTRACT_TOKEN: 'token', ...env });
  expect([...(real?.subject.given ?? [])].sort()).toEqual(given);
});

it('reads, and writes only with leave', async () => {
  const emulator = createEmulator({ organization: ORGANIZATION });
  const served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  try {
    const env = { MAILBOXCTL_CONTRACT_URL: served.url };
    const reading = openReal(env)?.subject;
    expect((await reading?.client.get('WhoAmI'))?.status).toBe(200);
    await expect(reading?.own.make('mailboxes')).rejects.toThrow('writes are not allowed');
    const writing = openReal({ ...env, ...WRITES })?.subject;
    const path = await writing?.own.make('mailboxes');
    expect(path).toMatch(/^mailboxes\(/u);
    expect(await writing?.own.clear()).toEqual([]);
    expect((await writing?.client.get(`${path}`))?.status).toBe(404);
  } finally {
    await served.close();
  }
});
