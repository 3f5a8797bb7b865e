/** Promise 1: who reads holds nothing to write with, sends nothing but reads, and resolves no secret. */

import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  createReadTransport,
  type ReadTransport,
  type WriteTransport,
} from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { createEmulator, type Emulator, parseOrganization, serveEmulator } from '../../src/emulator/index.ts';
import type { StateReader, StepWriter } from '../../src/model/ports.ts';
import type { openReading } from '../../src/wire.ts';
import { writesIn } from '../scenarios/requests-seen.ts';
import { openWorld } from '../world.ts';
import { type Folder, openFolder } from './command-line.ts';
import { CONFIG, CONTOSO, ENV, ORGANIZATION } from './contoso.ts';

const SAVED = join(tmpdir(), `mailboxctl-plan-${process.pid}.json`);
const TOKEN = 'token-of-a-person';
let emulator: Emulator;
let served: Awaited<ReturnType<typeof serveEmulator>>;
let folder: Folder;

beforeAll(async () => {
  emulator = createEmulator({ organization: parseOrganization(ORGANIZATION, 'organization.yaml') });
  served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  folder = await openFolder(
    { 'mailboxctl.yaml': CONFIG, 'organization.yaml': ORGANIZATION },
    { ...ENV, MAILBOXCTL_TOKEN: TOKEN },
  );
});
afterAll(async () => {
  await served.close();
  await emulator.close();
  await folder.remove();
  await rm(SAVED, { force: true });
});

it('the types of those who read have no method that writes', () => {
  type Writes = Exclude<keyof WriteTransport, keyof ReadTransport> | keyof StepWriter;
  expectTypeOf<Extract<keyof ReadTransport, Writes>>().toBeNever();
  expectTypeOf<Extract<keyof StateReader, Writes>>().toBeNever();
  expectTypeOf<Extract<keyof Awaited<ReturnType<typeof openReading>>, 'writer' | 'secrets'>>().toBeNever();
});

it('neither have the objects', async () => {
  const world = await openWorld(CONTOSO);
  const transport = createReadTransport({
    url: parseEnvironmentUrl(world.emulator.baseUrl),
    fetch: (request) => world.emulator.fetch(request),
    clock: world.clock,
    random: () => 0,
    tokens: null,
  });
  const methods = [...Object.keys(transport), ...Object.keys(world.reader)];
  expect(methods.filter((name) => /write|patch|post|put|delete|send/iu.test(name))).toEqual([]);
  await world.close();
});

describe.each([
  { verb: 'validate', args: ['validate'], reads: false },
  { verb: 'plan', args: ['plan'], reads: true },
  { verb: 'plan --out', args: ['plan', '--out', SAVED], reads: true },
  { verb: 'drift', args: ['drift'], reads: true },
  { verb: 'status', args: ['status'], reads: true },
  { verb: 'doctor', args: ['doctor'], reads: true },
])('$verb', ({ args, reads }) => {
  it('sends nothing but reads, and looks up no secret', async () => {
    const before = emulator.log.length;
    const where = args[0] === 'validate' ? [] : ['--url', served.url];
    const { exitCode, stderr, lookedUp } = await folder.run(...args, ...where);
    const log = emulator.log.slice(before);
    const writes = writesIn(log).map(({ method, path }) => `${method} ${path}`);
    expect({ exitCode, stderr, writes, reads: log.length > 0 }).toEqual({
      exitCode: 0,
      stderr: '',
      writes: [],
      reads,
    });
    expect(lookedUp.has('SUPPORT_PASSWORD')).toBe(false);
  });
});

it('apply without consent sends nothing but reads either', async () => {
  const before = emulator.log.length;
  const allowed = ['mail-stops', 'deactivate', 'delete', 'primary-org'].flatMap((guard) => [
    '--allow',
    guard,
  ]);
  const { exitCode, stderr } = await folder.run('apply', '--url', served.url, ...allowed);
  expect({ exitCode, said: stderr.includes('Nothing was sent') || stderr }).toEqual({
    exitCode: 1,
    said: true,
  });
  expect(emulator.log.length).toBeGreaterThan(before);
  expect(writesIn(emulator.log.slice(before))).toEqual([]);
});
