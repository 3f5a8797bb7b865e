/**
 * Injected failures: which request they fit, how often, and what they do to it. Counters are rows of a table of our
 * own, so that they outlive the process.
 */

import { type Incoming, segmentsOf, tableOf } from './execute.ts';
import type { Written } from './odata/index.ts';
import type { FaultEntry } from './organization.ts';
import { splitKey } from './routes/parse-path.ts';
import { fits } from './test-and-enable/mail-servers.ts';
import { text, type World } from './world.ts';

const faultTable = '_faults';

export function addFault(world: World, entry: FaultEntry): void {
  const id = String(world.store.version).padStart(12, '0');
  world.store.put(faultTable, id, { id, entry: JSON.stringify(entry), seen: 0, used: 0 });
}

export interface SetFault {
  readonly fault: FaultEntry;
  /** Fitting requests and parts so far. */
  readonly seen: number;
  /** How often it struck. */
  readonly used: number;
}

/** In the order in which they are looked at. */
export function listFaults(world: World): readonly SetFault[] {
  return [...world.store.rows(faultTable)].map(({ entry, seen, used }) => ({
    fault: JSON.parse(text(entry)) as FaultEntry,
    seen: Number(seen),
    used: Number(used),
  }));
}

export function clearFaults(world: World): void {
  for (const row of [...world.store.rows(faultTable)]) world.store.remove(faultTable, text(row.id));
}

/** The first fault that strikes this request. Every fault it fits counts it. */
export function findFault(world: World, incoming: Incoming, isPart = false): FaultEntry | undefined {
  if (world.store.size(faultTable) === 0) return undefined;
  let struck: FaultEntry | undefined;
  for (const row of [...world.store.rows(faultTable)]) {
    const entry = JSON.parse(text(row.entry)) as FaultEntry;
    if (!fitsPlace(entry, isPart) || !fitsRequest(world, entry, incoming)) continue;
    const seen = Number(row.seen) + 1;
    const used = Number(row.used);
    const strikes = struck === undefined && isDue(entry, seen, used);
    world.store.put(faultTable, text(row.id), { ...row, seen, used: strikes ? used + 1 : used });
    if (strikes) struck = entry;
  }
  return struck;
}

/** From the nth fitting request on: as often as it is told, or each so many. */
function isDue({ nth, every, times }: FaultEntry, seen: number, used: number): boolean {
  if (used >= (times ?? (every === undefined ? 1 : Number.POSITIVE_INFINITY))) return false;
  const first = nth ?? every ?? 1;
  return seen >= first && (seen - first) % (every ?? 1) === 0;
}

/** What is slow or hangs or is cut off is the whole request. */
function fitsPlace({ part, status, html, drop }: FaultEntry, isPart: boolean): boolean {
  if (part !== undefined && part !== isPart) return false;
  return !isPart || status !== undefined || html === true || drop !== undefined;
}

function fitsRequest(world: World, entry: FaultEntry, incoming: Incoming): boolean {
  if (entry.method !== undefined && entry.method.toUpperCase() !== incoming.method) return false;
  if (entry.table !== undefined && entry.table !== tableOf(world, incoming.url)) return false;
  if (entry.path !== undefined && !fits(entry.path, segmentsOf(incoming.url).join('/') + incoming.url.search))
    return false;
  return entry.emailAddress === undefined || concerns(world, incoming, entry.emailAddress.toLowerCase());
}

/** The address stands in the body, or on the row that the path names. */
function concerns(world: World, incoming: Incoming, address: string): boolean {
  if (incoming.body.toLowerCase().includes(address)) return true;
  const table = tableOf(world, incoming.url);
  const { key } = splitKey(segmentsOf(incoming.url)[0] ?? '');
  const row = table === null || key === null ? undefined : world.store.get(table, key.toLowerCase());
  return [row?.emailaddress, row?.internalemailaddress].some((cell) => text(cell).toLowerCase() === address);
}

/** The answer that a fault gives in place of the service's, if it gives one. */
export function faultResponse(fault: FaultEntry): Written | undefined {
  if (fault.status === undefined && fault.html !== true) return undefined;
  const status = fault.status ?? 502;
  const headers = new Headers(
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) },
  );
  if (fault.html === true) {
    headers.set('Content-Type', 'text/html');
    const title = fault.message ?? 'Bad Gateway';
    const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
    return { status, headers, body };
  }
  headers.set('Content-Type', 'application/json; odata.metadata=minimal');
  headers.set('OData-Version', '4.0');
  const error = { code: fault.code ?? '', message: fault.message ?? 'Injected by the emulator.' };
  return { status, headers, body: JSON.stringify({ error }) };
}

/** What a client sees when the connection goes away: the error that fetch of Node.js rejects with. */
export class DroppedConnection extends TypeError {
  override readonly name = 'TypeError';

  constructor() {
    super('fetch failed', {
      cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
    });
  }
}
