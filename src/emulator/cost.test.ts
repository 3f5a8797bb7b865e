import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Cost } from './cost.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import { type Client, createClient, testOrganization } from './test-client.ts';
import type { TrafficReport } from './traffic.ts';

interface Opened {
  readonly emulator: Emulator;
  readonly client: Client;
  /** Virtual milliseconds since it was opened. */
  readonly elapsed: () => number;
  readonly traffic: () => Promise<TrafficReport>;
}

function openWith(cost: Partial<Cost>): Opened {
  const emulator = createEmulator({
    organization: testOrganization,
    cost: { latencyMs: 100, operationMs: 50, workers: 4, ...cost },
  });
  const client = createClient(emulator.fetch, emulator.baseUrl);
  const start = emulator.clock.now();
  return {
    emulator,
    client,
    elapsed: () => emulator.clock.now() - start,
    traffic: async () => (await client.control('GET', 'stats')).body.traffic as TrafficReport,
  };
}

/** The virtual time at which each of so many requests in so many lanes was answered. */
async function endsOf(requests: number, lanes: number, cost: Partial<Cost> = {}): Promise<readonly number[]> {
  const { client, elapsed } = openWith(cost);
  const ends: number[] = [];
  let left = requests;
  async function lane(): Promise<void> {
    while (left > 0) {
      left -= 1;
      await client.get('WhoAmI');
      ends.push(elapsed());
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return ends;
}

const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);
const part = (path: string): string =>
  `--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET ${path} HTTP/1.1\r\n\r\n\r\n`;
const batchOf = (parts: number): string =>
  `${Array.from({ length: parts }, () => part('/api/data/v9.2/WhoAmI')).join('')}--b--\r\n`;
const batchHeaders = { 'content-type': 'multipart/mixed; boundary=b' };

describe('the cost of requests by the clock', () => {
  it.each<readonly [string, number, number, Partial<Cost>, readonly number[]]>([
    ['one lane: round trip and work, one after the other', 3, 1, {}, [150, 300, 450]],
    ['as many lanes as workers: side by side', 4, 4, {}, times(4, 150)],
    ['a lane more: waits until a worker is free', 5, 5, {}, [150, 150, 150, 150, 200]],
    ['only a round trip', 3, 3, { operationMs: 0 }, times(3, 100)],
    // Two are left when the second begins: one more than there are workers.
    ['only work, one worker', 3, 3, { latencyMs: 0, workers: 1 }, [50, 102.5, 152.5]],
    // When work begins there are 1, 2, then 5, 4, 3, 2 at the service: those on their way do not count.
    [
      'a twentieth slower for each beyond the workers',
      6,
      6,
      { workers: 2 },
      [150, 150, 205, 207.5, 257.5, 257.5],
    ],
  ])('%s', async (_name, requests, lanes, cost, ends) => {
    expect(await endsOf(requests, lanes, cost)).toEqual(ends);
  });

  it('of a batch is the work of its parts, one after the other on one worker', async () => {
    const { client, elapsed, traffic } = openWith({});
    await Promise.all([
      client.call('POST', '$batch', batchOf(10), batchHeaders),
      client.call('POST', '$batch', batchOf(3), batchHeaders),
    ]);
    expect(elapsed()).toBe(100 + 10 * 50);
    expect(await traffic()).toEqual({
      requests: 2,
      operations: 13,
      bytes_in: batchOf(10).length + batchOf(3).length,
      bytes_out: expect.any(Number),
      work_ms: 650,
      throttled: {},
      most_at_once: 2,
      per_second: [[0, 13]],
    });
  });

  it('differs from one operation to the next by the spread, the same for the same seed', async () => {
    const spread = { operationSpread: 0.25, latencyMs: 0 };
    const lengths = async (seed: number): Promise<readonly number[]> => {
      const ends = await endsOf(400, 1, { ...spread, seed });
      return ends.map((end, index) => end - (ends[index - 1] ?? 0));
    };
    const [first, again, other] = [await lengths(1), await lengths(1), await lengths(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(37.5);
    expect(Math.max(...first)).toBeLessThanOrEqual(62.5);
    expect(first.reduce((sum, length) => sum + length, 0) / 400 / 50).toBeCloseTo(1, 1);
  });

  it('shows the effects of a request at the end of its work', async () => {
    const { client, emulator, elapsed } = openWith({});
    const row = await client.find('queues', 'name', 'Support');
    const asked = elapsed();
    const patch = client.patch(`queues(${row.queueid})`, { description: 'done' });
    const seen: unknown[] = [];
    for (const at of [99, 100]) {
      await emulator.sleep(asked + at - elapsed());
      const { body } = await client.control('GET', 'rows?table=queue');
      const rows = body as unknown as readonly Record<string, unknown>[];
      seen.push(rows.find(({ queueid }) => queueid === row.queueid)?.description);
    }
    expect(seen).toEqual([null, 'done']);
    expect((await patch).status).toBe(204);
  });

  it('goes on when the client goes away', async () => {
    const { client, emulator } = openWith({});
    const row = await client.find('queues', 'name', 'Support');
    const stop = new AbortController();
    const path = `${emulator.baseUrl}queues(${row.queueid})`;
    const headers = { 'content-type': 'application/json', 'if-match': '*' };
    const body = JSON.stringify({ description: 'done' });
    const sent = emulator.fetch(new Request(path, { method: 'PATCH', headers, body, signal: stop.signal }));
    await emulator.sleep(10);
    stop.abort(new Error('enough'));
    await expect(sent).rejects.toThrow('enough');
    await emulator.sleep(1000);
    expect((await client.find('queues', 'name', 'Support')).description).toBe('done');
  });

  it('falls with lanes and rises again with too many', async () => {
    const last = async (lanes: number): Promise<number> => (await endsOf(200, lanes)).at(-1) ?? 0;
    const [one, eight, fifty] = [await last(1), await last(8), await last(50)];
    expect(eight).toBeLessThan(one / 4);
    expect(fifty).toBeGreaterThan(eight);
  });
});

describe('sleeping', () => {
  it('lets requests under way end at their times', async () => {
    const { client, emulator, elapsed } = openWith({});
    const seen: unknown[] = [];
    const note = (what: string) => (): void => void seen.push([what, elapsed()]);
    await Promise.all([
      client.get('WhoAmI').then(note('answer')),
      emulator.sleep(120).then(note('120')),
      emulator.sleep(10_000).then(note('10000')),
      emulator.sleep(0).then(note('0')),
    ]);
    expect(seen).toEqual([
      ['0', 0],
      ['120', 120],
      ['answer', 150],
      ['10000', 10_000],
    ]);
  });

  it('ends with its signal, and the clock does not move', async () => {
    const { emulator, elapsed } = openWith({});
    const stop = new AbortController();
    const sleep = emulator.sleep(10_000, stop.signal);
    stop.abort();
    await sleep;
    await emulator.sleep(5);
    expect(elapsed()).toBe(5);
  });

  it('does not run ahead of somebody who writes a file', async () => {
    const { emulator, elapsed } = openWith({});
    const directory = await mkdtemp(join(tmpdir(), 'sleeping-'));
    const seen: number[] = [];
    const write = async (): Promise<void> => {
      for (let index = 0; index < 20; index += 1) {
        await writeFile(join(directory, String(index)), 'x'.repeat(1_000_000), { flush: true });
      }
      seen.push(elapsed());
    };
    await Promise.all([emulator.sleep(1000).then(() => seen.push(elapsed())), write()]);
    await rm(directory, { recursive: true });
    expect(seen).toEqual([0, 1000]);
  });

  it('of ten thousand at once is over in order', async () => {
    const { emulator, elapsed } = openWith({});
    const ends: number[] = [];
    const lengths = Array.from({ length: 10_000 }, (_none, index) => (index * 7919) % 10_007);
    await Promise.all(
      lengths.map(async (length) => {
        await emulator.sleep(length);
        ends.push(elapsed());
      }),
    );
    expect(ends).toEqual(lengths.toSorted((left, right) => left - right));
  });
});
