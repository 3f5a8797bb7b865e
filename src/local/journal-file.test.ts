/** The journal on disk: who may read it, in which order lines stand, and what later runs learn from it. */

import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock, History, JournalLine } from '../model/ports.ts';
import { JournalFile } from './journal-file.ts';

const A = 'mailbox:user/a@contoso.com';
const DIGEST = `sha256:${'9a1f6c0b'.repeat(8)}`;

let directory = '';
let now = Date.parse('2026-11-21T09:00:00Z');
const clock: Clock = { now: () => now, sleep: async () => {} };

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'mailboxctl-journal-')), 'runs');
  now = Date.parse('2026-11-21T09:00:00Z');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

async function run(lines: readonly JournalLine[]): Promise<JournalFile> {
  const journal = new JournalFile(directory, clock);
  await journal.begin(DIGEST);
  for (const line of lines) await journal.append([line]);
  await journal.close();
  return journal;
}

function intent(verb: string, at: string, needsTest = false): JournalLine {
  return {
    event: 'intent',
    step: `${A}#${verb}`,
    address: A,
    verb,
    at,
    ...(needsTest ? { needs_test: true } : {}),
  };
}

function answered(verb: string, at: string): JournalLine {
  return { event: 'answered', step: `${A}#${verb}`, address: A, verb, answer: 'done', at };
}

async function history(): Promise<unknown> {
  const known: History = await new JournalFile(directory, clock).history();
  return [known.lastWrite.get(A) ?? null, known.untestedWrite.get(A) ?? null, known.openTests.get(A) ?? null];
}

async function textOf(name: string): Promise<string> {
  return readFile(join(directory, name), 'utf8');
}

describe('the file of a run', () => {
  it('has an intent on the disk itself before the write may leave, and leaves the rest to the system', async () => {
    const probe = await open(join(directory, '..', 'probe'), 'w');
    const synced = vi.spyOn(Object.getPrototypeOf(probe), 'datasync');
    await probe.close();
    try {
      const journal = new JournalFile(directory, clock);
      await journal.begin(DIGEST);
      await journal.append([intent('edit', '2026-11-21T08:59:59Z'), intent('edit', '2026-11-21T08:59:59Z')]);
      expect(synced).toHaveBeenCalledTimes(1);
      await journal.append([answered('edit', '2026-11-21T09:00:01Z')]);
      expect(synced).toHaveBeenCalledTimes(1);
      await journal.close();
    } finally {
      synced.mockRestore();
    }
  });

  it('is named after time and plan, holds one line an event, and is its owner’s alone', async () => {
    const journal = new JournalFile(directory, clock);
    await journal.begin(DIGEST);
    const [event] = await journal.append([intent('edit', '2026-11-21T08:59:59Z')]);
    const expected = {
      time: '2026-11-21T09:00:00.000Z',
      run: '2026-11-21T09-00-00-000Z-9a1f6c0b',
      seq: 1,
      ...intent('edit', '2026-11-21T08:59:59Z'),
    };
    expect(event).toEqual(expected);
    // On disk when the promise resolves, not when the journal is closed.
    expect(await textOf('2026-11-21T09-00-00-000Z-9a1f6c0b.jsonl')).toBe(`${JSON.stringify(expected)}\n`);
    await journal.close();
    expect((await stat(join(directory, '2026-11-21T09-00-00-000Z-9a1f6c0b.jsonl'))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it('keeps the order in which lines were handed in', async () => {
    const journal = new JournalFile(directory, clock);
    await journal.begin(DIGEST);
    // Long before short: written side by side, the short ones would overtake.
    const lines = Array.from({ length: 12 }, (_, index): JournalLine => {
      return { event: 'paused', until: String(index), message: 'x'.repeat(index % 3 === 0 ? 2_000_000 : 1) };
    });
    const pairs = lines.flatMap((_line, index) => (index % 2 === 0 ? [lines.slice(index, index + 2)] : []));
    const events = (await Promise.all(pairs.map((pair) => journal.append(pair)))).flat();
    await journal.close();
    const [name = ''] = await readdir(directory);
    const read = (await textOf(name)).trimEnd().split('\n');
    expect(read.map((line) => JSON.parse(line))).toEqual(events);
    expect(events.map(({ seq, until }) => [seq, until])).toEqual(
      lines.map(({ until }, index) => [index + 1, until]),
    );
  });

  it('is its own although another run began at once', async () => {
    for (let count = 0; count < 3; count += 1) await run([]);
    expect(
      (await readdir(directory))
        .map((name) => name.replace('2026-11-21T09-00-00-000Z-9a1f6c0b', 'RUN'))
        .sort(),
    ).toEqual(['RUN-01.jsonl', 'RUN-02.jsonl', 'RUN.jsonl']);
  });

  it('takes no line before it is open, nor after it is closed', async () => {
    const journal = new JournalFile(directory, clock);
    await expect(journal.append([{ event: 'paused' }])).rejects.toThrow(
      'The journal of this run is not open',
    );
    await journal.begin(DIGEST);
    await expect(journal.append([{ event: 'paused' }])).resolves.toMatchObject([{ seq: 1 }]);
    await journal.close();
    await expect(journal.append([{ event: 'paused' }])).rejects.toThrow(
      'The journal of this run is not open',
    );
  });
});

describe('what later runs learn', () => {
  it('nothing where nothing was run', async () => {
    expect(await history()).toEqual([null, null, null]);
  });

  it('the last write, and that a test is missing', async () => {
    await run([intent('edit', '2026-11-21T08:00:00Z', true), answered('edit', '2026-11-21T08:00:01Z')]);
    expect(await history()).toEqual(['2026-11-21T08:00:01Z', '2026-11-21T08:00:01Z', null]);
  });

  it('of several runs the last word', async () => {
    await run([intent('test', '2026-11-21T08:00:00Z')]);
    now += 1000;
    await run([
      { event: 'settled', step: `${A}#test`, address: A, verb: 'test', outcome: 'applied' },
      intent('edit', '2026-11-21T08:10:00Z'),
    ]);
    expect(await history()).toEqual(['2026-11-21T08:10:00Z', null, null]);
  });

  it('of runs that began at once the last word as well', async () => {
    const times = Array.from({ length: 12 }, (_, index) => `2026-11-21T08:00:${String(index + 10)}Z`);
    for (const at of times) await run([intent('edit', at)]);
    expect(await history()).toEqual([times.at(-1), null, null]);
  });

  it('a test whose end nobody saw', async () => {
    await run([intent('test', '2026-11-21T08:00:00Z'), answered('test', '2026-11-21T08:00:01Z')]);
    expect(await history()).toEqual([null, null, '2026-11-21T08:00:00Z']);
  });

  it.each([
    ['torn', '{"time":"2026-11-21T09:00:00.000Z","run":"x","seq":2,"event":"int'],
    ['empty', '\n\n'],
    ['no event', 'null\n17\n'],
  ])('passes over a last line that is %s', async (_name, torn) => {
    await run([intent('edit', '2026-11-21T08:00:00Z')]);
    const [name = ''] = await readdir(directory);
    await appendFile(join(directory, name), torn);
    expect(await history()).toEqual(['2026-11-21T08:00:00Z', null, null]);
  });

  it('passes over what is no journal', async () => {
    await run([intent('edit', '2026-11-21T08:00:00Z')]);
    await writeFile(join(directory, 'notes.txt'), JSON.stringify({ ...intent('edit', 'later'), run: 'z' }));
    expect(await history()).toEqual(['2026-11-21T08:00:00Z', null, null]);
  });

  it('the newest fifty runs only', async () => {
    await run([intent('test', '2026-11-21T08:00:00Z')]);
    for (let count = 0; count < 49; count += 1) {
      now += 1000;
      await run([]);
    }
    expect(await history()).toEqual([null, null, '2026-11-21T08:00:00Z']);
    now += 1000;
    await run([]);
    expect(await history()).toEqual([null, null, null]);
  });
});
