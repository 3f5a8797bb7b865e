/**
 * The control interface of the emulator: what was asked, what was counted, the rows; faults, edits and the clock.
 * Nothing here is in the log, and no secret is shown.
 */

import type { VirtualClock } from './clock.ts';
import { controlBodyError } from './control-schemas.ts';
import type { Core } from './core.ts';
import { parseDuration } from './duration.ts';
import { addEdit } from './edits.ts';
import { addFault, clearFaults, listFaults } from './faults.ts';
import type { LogEntry } from './log.ts';
import type { Written } from './odata/index.ts';
import type { Row } from './odata/table.ts';
import type { EditEntry, FaultEntry } from './organization.ts';
import { isSecret } from './secrets.ts';
import { counts } from './stats.ts';
import type { Traffic } from './traffic.ts';

export interface Controlled {
  readonly core: Core;
  readonly clock: VirtualClock;
  readonly log: readonly LogEntry[];
  readonly traffic: Traffic;
  readonly reset: () => void;
}

interface ClockBody {
  /** A duration, or milliseconds. */
  readonly advance?: string | number;
  readonly set?: string;
  readonly speed?: number;
}

export interface ControlCall {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

export function control({ method, url, body }: ControlCall, controlled: Controlled): Written {
  const what = url.pathname.slice('/_emulator/'.length);
  const call = `${method} ${what}`;
  controlled.core.settle();
  if (method === 'GET') return read(what, url, controlled);
  if (call === 'DELETE faults') return done(controlled, () => clearFaults(controlled.core.world));
  if (call === 'POST reset') return answer(controlled.reset);
  if (method !== 'POST') return problem(405, `${call} is not known`);
  return write(what, body, controlled);
}

function read(what: string, url: URL, { core, log, traffic, clock }: Controlled): Written {
  switch (what) {
    case 'log':
      return readLog(url.searchParams.get('limit'), log);
    case 'stats':
      return json({
        messages: counts(core.world, 'messages'),
        tests: counts(core.world, 'tests'),
        requests: traffic.report().requests,
        traffic: traffic.report(),
      });
    case 'clock':
      return json({ now: new Date(clock.now()).toISOString(), speed: clock.speed });
    case 'rows':
      return readRows(url.searchParams.get('table') ?? '', core);
    case 'faults':
      return json(listFaults(core.world));
    default:
      return problem(404, `${what} is not known; use log, stats, clock, faults or rows?table=`);
  }
}

function readLog(limit: string | null, log: readonly LogEntry[]): Written {
  if (limit === null) return json(log);
  if (!/^\d{1,9}$/.test(limit)) return problem(400, 'limit is a whole number');
  return json(log.slice(Math.max(0, log.length - Number(limit))));
}

function readRows(table: string, { world }: Core): Written {
  if (!world.tables.has(table)) return problem(404, `there is no table "${table}"`);
  return json([...world.store.rows(table)].map(withoutSecrets));
}

function withoutSecrets(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !isSecret(column)));
}

function write(what: string, text: string, controlled: Controlled): Written {
  if (what !== 'faults' && what !== 'edits' && what !== 'clock') return problem(404, `${what} is not known`);
  const body = parse(text);
  const wrong = controlBodyError(what, body);
  if (wrong !== null) return problem(400, wrong);
  const { world } = controlled.core;
  switch (what) {
    case 'faults':
      return done(controlled, () => addFault(world, body as FaultEntry));
    case 'edits':
      return done(controlled, () => world.store.transaction(() => addEdit(world, body as EditEntry)));
    case 'clock':
      return done(controlled, () => moveClock(controlled, body as ClockBody));
    default:
      return what satisfies never;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function moveClock({ core, clock }: Controlled, { advance, set, speed }: ClockBody): void {
  if (advance !== undefined) clock.advance(typeof advance === 'number' ? advance : parseDuration(advance));
  if (set !== undefined) clock.set(Date.parse(set));
  if (speed !== undefined) clock.run(speed);
  core.settle();
}

function done(controlled: Controlled, work: () => void): Written {
  return answer(() => {
    work();
    controlled.core.commit();
  });
}

/** A wrong name in an edit is the caller's mistake, and said so. */
function answer(work: () => void): Written {
  try {
    work();
    return json({ ok: true });
  } catch (error) {
    return problem(400, error instanceof Error ? error.message : String(error));
  }
}

function problem(status: number, error: string): Written {
  return json({ error }, status);
}

function json(value: unknown, status = 200): Written {
  return {
    status,
    headers: new Headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(value),
  };
}
