/**
 * The same input gives the same plan, byte for byte: also with files, keys, items, rows and pages in another order. The
 * order of rules in a file is meaning and stays.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { loadProject } from '../../src/config/load-project.ts';
import { createStateReader } from '../../src/dataverse/read-environment.ts';
import { newRecord } from '../../src/dataverse/record-id.ts';
import { createTransport } from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { configDigest, sha256 } from '../../src/local/digest.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { canonical, canonicalPieces } from '../../src/model/value.ts';
import { plan, see } from '../../src/pipeline.ts';
import { NO_OPTIONS } from '../../src/plan/context.ts';
import { planCore } from '../../src/plan/make-plan.ts';
import { memoryFiles, PROJECT } from '../config/memory-files.ts';
import { openWorld, type World } from '../world.ts';
import { CONFIG, CONTOSO, ORGANIZATION } from './contoso.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Draw = (below: number) => number;

const { environments, version, serverProfiles, mailboxes, emailSettings, rules } = parse(CONFIG);
const HEAD = { version, environments, include: ['config/*.yaml'] };

let world: World;
beforeAll(async () => {
  world = await openWorld(CONTOSO);
});
afterAll(() => world.close());

function shuffled<Item>(items: readonly Item[], draw: Draw): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: draw(1_000_000) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Maps with their keys in another order; lists as they are. */
function otherKeys(data: Json, draw: Draw): Json {
  if (Array.isArray(data)) return data.map((each) => otherKeys(each, draw));
  if (typeof data !== 'object' || data === null) return data;
  const members = Object.entries(data).map(([key, value]) => [key, otherKeys(value, draw)] as const);
  return Object.fromEntries(shuffled(members, draw));
}

/** The configuration in up to four files. JSON is YAML. */
function filesOf(draw: Draw): Readonly<Record<string, string>> {
  const parts: Record<string, Json[]>[] = [{}, {}, {}, {}];
  const put = (key: string, item: Json): void => {
    const part = parts[draw(parts.length)] ?? {};
    part[key] = [...(part[key] ?? []), item];
  };
  for (const item of shuffled<Json>(serverProfiles, draw)) put('serverProfiles', item);
  for (const item of shuffled<Json>(mailboxes, draw)) put('mailboxes', item);
  const files = parts.map((part, index): [string, Json] => [`config/${'dbca'[index]}.yaml`, part]);
  files.push(['config/rules.yaml', { rules }], ['config/settings.yaml', { emailSettings }]);
  const written = files.filter(([, data]) => Object.keys(data ?? {}).length > 0);
  const texts = shuffled(written, draw).map(([path, data]) => [
    path,
    JSON.stringify(otherKeys(data, draw), null, 1),
  ]);
  return {
    'mailboxctl.yaml': JSON.stringify(HEAD),
    'organization.yaml': ORGANIZATION,
    ...Object.fromEntries(texts),
  };
}

/** Reads with pages of another size and rows in another order. */
async function planWith(
  files: Readonly<Record<string, string>>,
  pageSize: number,
  draw: Draw,
): Promise<Plan> {
  const transport = createTransport({
    url: parseEnvironmentUrl(world.emulator.baseUrl),
    fetch: async (request) => otherRows(await world.emulator.fetch(otherPages(request, pageSize)), draw),
    clock: world.clock,
    random: () => 0.5,
    tokens: null,
  });
  const project = await loadProject(PROJECT, memoryFiles(files));
  expect(project.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const config = project.config('local');
  const seen = await see(config, createStateReader(transport, CATALOGUE, world.clock));
  return plan(seen, {
    catalogue: CATALOGUE,
    history: { lastWrite: new Map(), untestedWrite: new Map(), openTests: new Map() },
    options: NO_OPTIONS,
    diagnostics: project.diagnostics,
    newRecord: (address) => newRecord(seen.snapshot.organizationId, address),
    digest: sha256,
    configDigest: configDigest(config),
    toolVersion: '0.0.0',
    timestamp: '2026-11-21T09:00:00.000Z',
  });
}

function otherPages(request: Request, pageSize: number): Request {
  if (!(request.headers.get('prefer') ?? '').includes('odata.maxpagesize')) return request;
  const headers = new Headers(request.headers);
  headers.set('Prefer', `odata.maxpagesize=${pageSize}`);
  return new Request(request, { headers });
}

async function otherRows(answer: Response, draw: Draw): Promise<Response> {
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) return answer;
  const body = (await answer.json()) as { value?: readonly unknown[] };
  const rows = Array.isArray(body.value) ? { ...body, value: shuffled(body.value, draw) } : body;
  return Response.json(rows, { status: answer.status, headers: answer.headers });
}

const asTheyAre: Draw = () => 0;

it('twice the same', async () => {
  const one = await planWith(filesOf(asTheyAre), 5_000, asTheyAre);
  const other = await planWith(filesOf(asTheyAre), 5_000, asTheyAre);
  expect(one.steps.length).toBeGreaterThan(10);
  expect(canonical({ ...other, as_of: one.as_of })).toBe(canonical(one));
});

function coreText(plan: Plan): string {
  return [...canonicalPieces(planCore(plan))].join('');
}

it('the same in another order', async () => {
  const first = await planWith(filesOf(asTheyAre), 5_000, asTheyAre);
  const draws = fc.infiniteStream(fc.nat(1_000_000));
  await fc.assert(
    fc.asyncProperty(draws, fc.integer({ min: 1, max: 9 }), async (stream, pageSize) => {
      const numbers = stream[Symbol.iterator]();
      const draw: Draw = (below) => (numbers.next().value ?? 0) % below;
      const other = await planWith(filesOf(draw), pageSize, draw);
      expect(coreText(other)).toBe(coreText(first));
      expect(other.plan_digest).toBe(first.plan_digest);
    }),
    { numRuns: 25 },
  );
});

it('another one when a value is another', async () => {
  const files = filesOf(asTheyAre);
  const changed = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace('pop3.contoso.com', 'pop.contoso.com')]),
  );
  const [one, other] = [await planWith(files, 5_000, asTheyAre), await planWith(changed, 5_000, asTheyAre)];
  expect(other.plan_digest).not.toBe(one.plan_digest);
  expect(other.config_digest).not.toBe(one.config_digest);
});
