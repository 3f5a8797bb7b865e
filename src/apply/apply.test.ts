import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type { Clock, JournalLine, StateReader, StepWriter, WriteResult } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import type { FieldValues } from '../model/value.ts';
import {
  APPROVED,
  at,
  behind,
  DONE,
  done,
  NO_BUDGET,
  PENDING,
  reading,
  step,
  throttled,
  UNDONE,
} from './apply.test-support.ts';
import { type ApplyOptions, type ApplyPorts, type ApplyResult, apply } from './apply.ts';
import { historyOf, NO_HISTORY } from './history.ts';

interface Setting {
  readonly steps: readonly PlanStep[];
  readonly rows: Record<string, FieldValues | null>;
  readonly options?: Partial<ApplyOptions>;
  /** Before the step is written; answers instead of the usual success. */
  readonly write?: (step: PlanStep) => Promise<WriteResult> | WriteResult;
  readonly append?: (line: JournalLine) => unknown;
  /** Is given whom to tell of pauses. */
  readonly onPause?: StepWriter['onPause'];
  /** Before rows are read. */
  readonly read?: (addresses: readonly string[]) => Promise<void> | void;
  /** Before a request is carried out. */
  readonly request?: (steps: readonly PlanStep[]) => void;
}

interface Ran {
  readonly lines: readonly JournalEvent[];
  readonly result: ApplyResult | Error;
  readonly written: readonly string[];
}

function planOf(steps: readonly PlanStep[]): Plan {
  const environment = { name: 'local', url: 'emulator', organization_id: 'o' };
  const empty = {
    resource_changes: [],
    handoffs: [],
    held_back: [],
    deferred: [],
    findings: [],
    not_seen: [],
  };
  return {
    format_version: '1.0',
    tool_version: '0',
    timestamp: at(0),
    as_of: at(0),
    environment,
    config_digest: 'sha256:0',
    plan_digest: 'sha256:1',
    applyable: true,
    records: {},
    steps,
    ...empty,
    risks: [],
    diagnostics: [],
    summary: { add: 0, change: 0, destroy: 0, approve: 0, test: 0 },
    forecast: { requests: 0, messages: 0, seconds: 0 },
  };
}

/** Runs over a world of a few rows, which a write makes what the step wants. */
async function run({ steps, rows, options, write, append, onPause, read, request }: Setting): Promise<Ran> {
  const lines: JournalEvent[] = [];
  const written: string[] = [];
  let now = Date.parse(at(0));
  const clock: Clock = {
    now: () => now,
    // Time passes when nothing else goes on, as for the embedded Dataverse.
    sleep: async (ms, signal) => {
      for (let turn = 0; turn < 3; turn += 1) await setImmediate();
      if (signal?.aborted !== true) now += ms;
    },
  };
  const reader: Pick<StateReader, 'reread'> = {
    reread: async (records) => {
      const addresses = Object.keys(records);
      await read?.(addresses);
      return new Map(addresses.map((address) => [address, reading(address, rows[address] ?? null)]));
    },
  };
  const writeOne = async (sent: PlanStep): Promise<WriteResult> => {
    written.push(sent.id);
    const answer = (await write?.(sent)) ?? done;
    if (answer.kind === 'done')
      rows[sent.address] = {
        ...rows[sent.address],
        ...Object.fromEntries(sent.set.map(({ field, to }) => [field, to])),
      };
    return answer;
  };
  const writer: StepWriter = {
    write: (sendings) => {
      request?.(sendings.map((sending) => sending.step));
      return Promise.all(sendings.map((sending) => writeOne(sending.step)));
    },
    inTurn: (work) => work(),
    budget: () => NO_BUDGET,
    onPause: (tell) => onPause?.(tell),
  };
  const ports: ApplyPorts = {
    reader: reader as StateReader,
    writer,
    clock,
    append: async (together) => {
      const time = new Date(now).toISOString();
      for (const line of together) await append?.(line);
      const events = together.map((line, index) => {
        return { time, run: 'r', seq: lines.length + index + 1, ...line };
      });
      lines.push(...events);
      return events;
    },
    onEvent: () => {},
  };
  const result = await apply(
    planOf(steps),
    {
      history: NO_HISTORY,
      lanes: { start: 4, most: 4 },
      testTimeoutMs: 60_000,
      timeoutMs: null,
      refusalsUntilHandOff: 1,
      onlyApprovals: false,
      interrupted: new AbortController().signal,
      ...options,
    },
    ports,
  ).catch((error: Error) => error);
  return { lines, result, written };
}

const short = ({ event, step: id, answer, outcome, addresses, result }: JournalEvent): string =>
  [event, id, answer, outcome, addresses?.join(','), result].filter((part) => part !== undefined).join(' ');

const ends = ({ result }: Ran): unknown =>
  result instanceof Error ? result : result.outcomes.map(({ step: id, kind, reason }) => [id, kind, reason]);

it('writes the journal of a run in order', async () => {
  const { lines } = await run({ steps: [step('a#edit')], rows: { a: UNDONE } });
  expect(lines.map(short)).toEqual([
    'run-started',
    'observed a',
    'intent a#edit',
    'answered a#edit done',
    'settled a#edit applied',
    'run-ended complete',
  ]);
});

it('has an intent in the journal before anything is sent', async () => {
  const journal: JournalLine[] = [];
  const unannounced: string[] = [];
  const { written } = await run({
    steps: [step('a#edit'), step('b#edit'), behind('c#edit', 'a#edit')],
    rows: { a: UNDONE, b: UNDONE, c: UNDONE },
    append: (line) => journal.push(line),
    write: ({ id }) => {
      if (!journal.some(({ event, step: announced }) => event === 'intent' && announced === id))
        unannounced.push(id);
      return done;
    },
  });
  expect({ written: [...written].sort(), unannounced }).toEqual({
    written: ['a#edit', 'b#edit', 'c#edit'],
    unannounced: [],
  });
});

it.each(['run-started', 'observed', 'intent'] as const)(
  'sends nothing when the line "%s" cannot be written',
  async (event) => {
    const full = new Error('no space left on device');
    const ran = await run({
      steps: [step('a#edit'), step('b#edit')],
      rows: { a: UNDONE, b: UNDONE },
      append: (line) => {
        if (line.event === event) throw full;
      },
    });
    await setImmediate();
    expect({ result: ran.result, written: ran.written }).toEqual({ result: full, written: [] });
  },
);

it('sends nothing more once a line could not be written', async () => {
  const full = new Error('no space left on device');
  let broken = false;
  const ran = await run({
    steps: [step('a#edit'), step('b#edit'), step('c#edit')],
    rows: { a: UNDONE, b: UNDONE, c: UNDONE },
    options: { lanes: { start: 2, most: 2 } },
    write: async ({ id }) => {
      if (id === 'b#edit') await setImmediate();
      return done;
    },
    append: ({ event, step: id }) => {
      if (event !== 'answered' || id !== 'a#edit' || broken) return;
      broken = true;
      throw full;
    },
  });
  await setImmediate();
  await setImmediate();
  expect({ result: ran.result, written: ran.written }).toEqual({
    result: full,
    written: ['a#edit', 'b#edit'],
  });
});

it('never writes twice at a time to one resource', async () => {
  const writing = new Set<string>();
  let most = 0;
  const sideBySide: string[] = [];
  const steps = ['a', 'b', 'c'].flatMap((address) => [
    step(`${address}#activate`),
    step(`${address}#edit`),
    step(`${address}#approve`),
  ]);
  const row = { ...UNDONE, ...PENDING, state: 'inactive' };
  const ran = await run({
    steps,
    rows: { a: row, b: row, c: row },
    write: async ({ id, address }) => {
      if (writing.has(address)) sideBySide.push(id);
      writing.add(address);
      most = Math.max(most, writing.size);
      await setImmediate();
      writing.delete(address);
      return done;
    },
  });
  expect({ sideBySide, most, written: ran.written.length }).toEqual({ sideBySide: [], most: 3, written: 9 });
});

it('writes no journal when there is nothing to do', async () => {
  const ran = await run({ steps: [], rows: {} });
  expect(ran).toEqual({ lines: [], result: { outcomes: [], stopped: null }, written: [] });
});

const handedOff = step('a#approve', { hand_off: true });

it('leaves hand-offs to a person and lists them', async () => {
  const ran = await run({ steps: [handedOff, step('b#edit')], rows: { a: PENDING, b: UNDONE } });
  expect({ ends: ends(ran), written: ran.written }).toEqual({
    ends: [
      ['a#approve', 'handed-off', 'hand-off'],
      ['b#edit', 'applied', null],
    ],
    written: ['b#edit'],
  });
});

it.each([
  ['that are open', PENDING, ['a#approve']],
  ['that somebody gave already', APPROVED, []],
])('--only approvals carries out the hand-offs %s, and nothing else', async (_name, row, written) => {
  const ran = await run({
    steps: [handedOff, step('b#edit')],
    rows: { a: row, b: UNDONE },
    options: { onlyApprovals: true },
  });
  expect({ ends: ends(ran), written: ran.written }).toEqual({
    ends: [['a#approve', 'applied', null]],
    written,
  });
});

it('--only approvals without hand-offs does nothing', async () => {
  const ran = await run({ steps: [step('b#edit')], rows: { b: UNDONE }, options: { onlyApprovals: true } });
  expect(ran).toEqual({ lines: [], result: { outcomes: [], stopped: null }, written: [] });
});

it('tells of a pause once, however many lanes are asked for it', async () => {
  const asked = new Set<string>();
  const { lines, result } = await run({
    steps: [step('a#edit'), step('b#edit')],
    rows: { a: UNDONE, b: UNDONE },
    write: ({ id }) => {
      const first = !asked.has(id);
      asked.add(id);
      return first ? throttled : done;
    },
  });
  expect(lines.filter(({ event }) => event === 'paused').map(({ until }) => until)).toEqual([at(3)]);
  expect(result).toMatchObject({ outcomes: [{ kind: 'applied' }, { kind: 'applied' }] });
});

it('a sign-in that fails halfway fails what comes after it, and what is done stays done', async () => {
  const ran = await run({
    steps: [step('a#edit'), behind('b#edit', 'a#edit'), step('c#edit')],
    rows: { a: UNDONE, b: UNDONE, c: DONE },
    write: ({ id }) => {
      if (id === 'b#edit') throw new ServiceError('The sign-in expired', { kind: 'sign-in', status: 401 });
      return done;
    },
  });
  expect(ends(ran)).toEqual([
    ['a#edit', 'applied', null],
    ['b#edit', 'failed', 'refused'],
    ['c#edit', 'applied', null],
  ]);
});

it('a fault of our own ends the run', async () => {
  const fault = new TypeError('The step has no self record');
  const { result } = await run({
    steps: [step('a#edit')],
    rows: { a: UNDONE },
    write: () => {
      throw fault;
    },
  });
  expect(result).toBe(fault);
});

it('an interruption is in the journal, and what is under way is awaited', async () => {
  const interruption = new AbortController();
  const { lines, result } = await run({
    steps: [step('a#edit'), behind('b#edit', 'a#edit')],
    rows: { a: UNDONE, b: UNDONE },
    options: { interrupted: interruption.signal },
    write: async () => {
      interruption.abort();
      await setImmediate();
      return done;
    },
  });
  expect(lines.map(short).slice(2)).toEqual([
    'intent a#edit',
    'interrupted',
    'settled b#edit skipped',
    'answered a#edit done',
    'settled a#edit applied',
    'run-ended interrupted',
  ]);
  expect(result).toMatchObject({ stopped: 'interrupted' });
});

const hangs = (): Promise<never> => new Promise(() => {});

it('an interruption while a reading hangs after a write ends the run ten seconds later', async () => {
  const interruption = new AbortController();
  let isWritten = false;
  const { lines, result, written } = await run({
    steps: [step('a#approve'), behind('b#edit', 'a#approve')],
    rows: { a: PENDING, b: UNDONE },
    options: { interrupted: interruption.signal },
    read: async () => {
      if (!isWritten) return;
      setImmediate().then(() => interruption.abort());
      await hangs();
    },
    write: () => {
      isWritten = true;
      return done;
    },
  });
  const times = lines.map((line): readonly [string, string] => [short(line), line.time]);
  expect(times.slice(-4)).toEqual([
    ['interrupted', at(0)],
    ['settled b#edit skipped', at(0)],
    ['settled a#approve unknown', at(10)],
    ['run-ended interrupted', at(10)],
  ]);
  expect({ written, result }).toMatchObject({ written: ['a#approve'], result: { stopped: 'interrupted' } });
});

it('the time of the run is over although a reading hangs', async () => {
  const ran = await run({
    steps: [step('a#edit')],
    rows: { a: UNDONE },
    options: { timeoutMs: 60_000 },
    read: hangs,
  });
  expect({ ends: ends(ran), end: ran.lines.at(-1) }).toMatchObject({
    ends: [['a#edit', 'skipped', 'time-out']],
    end: { event: 'run-ended', time: at(60) },
  });
});

it.each(['interrupted', 'time-out'] as const)(
  'a write that hangs ends the run ten seconds after its %s',
  async (stopped) => {
    const interruption = new AbortController();
    let answer: (result: WriteResult) => void = () => {};
    const { lines, result } = await run({
      steps: [step('a#edit'), step('b#edit'), behind('c#edit', 'a#edit')],
      rows: { a: UNDONE, b: UNDONE, c: UNDONE },
      options: {
        interrupted: interruption.signal,
        timeoutMs: stopped === 'time-out' ? 60_000 : null,
      },
      write: async ({ id }) => {
        if (id !== 'a#edit') return done;
        if (stopped === 'interrupted') setImmediate().then(() => interruption.abort());
        return new Promise<WriteResult>((resolve) => {
          answer = resolve;
        });
      },
    });
    const end = stopped === 'time-out' ? 70 : 10;
    const times = lines.map((line): readonly [string, string] => [short(line), line.time]);
    expect(times.slice(-2)).toEqual([
      ['settled a#edit unknown', at(end)],
      [`run-ended ${stopped === 'time-out' ? 'incomplete' : stopped}`, at(end)],
    ]);
    expect(result).toMatchObject({ stopped });
    // Its journal has been closed: what comes of the write is for the next run to read.
    answer(done);
    await setImmediate();
    expect(lines.at(-1)?.event).toBe('run-ended');
  },
);

it('what was interrupted while its intent went to the disk is not sent', async () => {
  const interruption = new AbortController();
  const { lines, written } = await run({
    steps: [step('a#edit')],
    rows: { a: UNDONE },
    options: { interrupted: interruption.signal },
    append: ({ event }) => {
      if (event === 'intent') interruption.abort();
    },
  });
  expect({ lines: lines.map(short), written }).toEqual({
    lines: [
      'run-started',
      'observed a',
      'intent a#edit',
      'interrupted',
      'answered a#edit throttled',
      'settled a#edit skipped',
      'run-ended interrupted',
    ],
    written: [],
  });
});

it('an interruption comes before answers that wait for the disk: no intent stands behind it', async () => {
  const interruption = new AbortController();
  const { lines, written } = await run({
    steps: ['a', 'b', 'c', 'd', 'e', 'f'].map((address) => step(`${address}#edit`)),
    rows: { a: UNDONE, b: UNDONE, c: UNDONE, d: UNDONE, e: UNDONE, f: UNDONE },
    options: { interrupted: interruption.signal, lanes: { start: 2, most: 2 } },
    append: async ({ event, step: id }) => {
      if (event !== 'settled' || id !== 'a#edit') return;
      // Meanwhile the other lane is answered.
      await setImmediate();
      interruption.abort();
    },
  });
  const intents = lines.flatMap(({ event, step: id }) => (event === 'intent' ? [id] : []));
  expect({ intents, written, last: short(lines.at(-1) as JournalEvent) }).toEqual({
    intents: ['a#edit', 'b#edit', 'c#edit', 'd#edit', 'e#edit'],
    written: ['a#edit', 'b#edit', 'c#edit', 'd#edit'],
    last: 'run-ended interrupted',
  });
});

it('tells of a pause that a reading is asked for, and sends nothing until it is over', async () => {
  let tell: (until: number) => void = () => {};
  let answer: () => void = () => {};
  let readings = 0;
  const sentAt: (readonly [string, string])[] = [];
  const { lines, result } = await run({
    steps: [step('a#edit'), step('b#edit'), step('c#edit'), behind('d#edit', 'a#edit')],
    rows: { a: UNDONE, b: UNDONE, c: UNDONE, d: UNDONE },
    options: { lanes: { start: 1, most: 1 } },
    onPause: (listener) => {
      tell = listener;
    },
    read: async () => {
      readings += 1;
      if (readings !== 2) return;
      tell(Date.parse(at(600)));
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    },
    append: ({ event, step: id, until }) => {
      if (event === 'paused') sentAt.push(['paused', until ?? '']);
      if (event === 'intent') sentAt.push(['intent', id ?? '']);
    },
    write: async ({ id }) => {
      if (id !== 'b#edit') return done;
      answer();
      await setImmediate();
      return done;
    },
  });
  expect(sentAt).toEqual([
    ['intent', 'a#edit'],
    ['intent', 'b#edit'],
    ['paused', at(600)],
    ['intent', 'c#edit'],
    ['intent', 'd#edit'],
  ]);
  const { time = '' } = lines.find(({ event, step: id }) => event === 'intent' && id === 'c#edit') ?? {};
  expect(Date.parse(time)).toBeGreaterThanOrEqual(Date.parse(at(600)));
  expect(result).toMatchObject({ stopped: null });
});

it('reads five hundred rows at once', async () => {
  let requests = 0;
  const steps = Array.from({ length: 2_500 }, (_none, index) => step(`m${index}#edit`));
  const rows = Object.fromEntries(steps.map(({ address }) => [address, DONE]));
  const { result } = await run({
    steps,
    rows,
    append: ({ event }) => {
      if (event === 'observed') requests += 1;
    },
  });
  expect(requests).toBe(5);
  expect(result).toMatchObject({ outcomes: { length: 2_500 } });
});

it('a run that is killed in a request of several steps, some of them carried out, converges', async () => {
  const steps = Array.from({ length: 60 }, (_none, index) => step(`m${index}#edit`));
  const rows: Record<string, FieldValues | null> = Object.fromEntries(
    steps.map(({ address }) => [address, UNDONE]),
  );
  const lines: JournalEvent[] = [];
  const group = await new Promise<readonly string[]>((resolve) => {
    let together: readonly string[] = [];
    const killed = run({
      steps,
      rows,
      append: (line) => lines.push({ time: at(0), run: 'r1', seq: lines.length + 1, ...line }),
      request: (sent) => {
        if (sent.length > 1 && together.length === 0) together = sent.map(({ id }) => id);
      },
      // Dies after every other step of the group.
      write: ({ id, address, set }) => {
        if (!together.includes(id)) return done;
        if (together.indexOf(id) % 2 === 0)
          rows[address] = {
            ...rows[address],
            ...Object.fromEntries(set.map(({ field, to }) => [field, to])),
          };
        resolve(together);
        return new Promise<never>(() => {});
      },
    });
    killed.catch(() => {});
  });
  expect(group.length).toBeGreaterThan(2);
  const begun = new Set(lines.filter(({ event }) => event === 'intent').map(({ step: id }) => id));
  expect(group.filter((id) => !begun.has(id))).toEqual([]);

  const again = await run({ steps, rows, options: { history: historyOf(lines) } });
  expect(again.result).toMatchObject({ outcomes: steps.map(() => ({ kind: 'applied' })) });
  // What was carried out is not sent again.
  const carriedOut = group.filter((_id, index) => index % 2 === 0);
  expect(again.written.filter((id) => carriedOut.includes(id))).toEqual([]);
});
