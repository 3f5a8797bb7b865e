/**
 * An embedded Dataverse to be measured: in this process, where its virtual clock makes times exact, or in a process of
 * its own over HTTP, where its work is not taken for the client's.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createEmulator,
  type LogEntry,
  type Organization,
  type TrafficReport,
} from '../../src/emulator/index.ts';
import { systemClock } from '../../src/local/system-clock.ts';
import type { Clock } from '../../src/model/ports.ts';
import { inFolder } from './in-folder.ts';

export interface Service {
  /** As a configuration names it. */
  readonly url: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

export function inThisProcess(organization: Organization): Service {
  const emulator = createEmulator({ organization });
  return {
    url: new URL(emulator.baseUrl).origin,
    fetch: emulator.fetch,
    clock: { now: emulator.clock.now, sleep: emulator.sleep },
    close: emulator.close,
  };
}

export function inOwnProcess(program: string, organization: Organization): Promise<Service> {
  return inFolder(async (folder) => {
    const file = join(folder, 'organization.yaml');
    await writeFile(file, JSON.stringify(organization));
    return serve(program, [`--data=${file}`]);
  });
}

/** Made up by itself: a file of so many rows takes long to read. Its requests take a round trip and no work. */
export function generatedInOwnProcess(program: string, users: number, roundTripMs: number): Promise<Service> {
  return serve(program, [`--generate=users=${users},queues=5,seed=5`, `--latency=${roundTripMs}`]);
}

async function serve(program: string, args: readonly string[]): Promise<Service> {
  const child = spawn(process.execPath, [program, 'emulator', '--port=0', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  const said = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const line = await Promise.race([said.then(([text]) => text), gone.then(() => null)]);
  if (line === null) throw new Error('The embedded Dataverse did not start');
  return {
    url: line.replace('listening on ', ''),
    fetch: (request) => fetch(request),
    clock: systemClock(),
    close: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export async function trafficOf(service: Service): Promise<TrafficReport> {
  return ((await control(service, 'GET', 'stats')) as { readonly traffic: TrafficReport }).traffic;
}

export async function logOf(service: Service): Promise<readonly LogEntry[]> {
  return (await control(service, 'GET', 'log')) as readonly LogEntry[];
}

/** What is counted: requests, or edits alone or as parts of batches. */
export type Refused = 'requests' | 'edits';

/** Each so many-th is refused for a second. */
export async function refuse(service: Service, every: number, what: Refused): Promise<void> {
  const which = what === 'requests' ? { part: false } : { method: 'PATCH' };
  const fault = { every, status: 429, code: '0x80072322', retryAfter: 1, ...which };
  await control(service, 'POST', 'faults', fault);
}

export async function refuseNoMore(service: Service): Promise<void> {
  await control(service, 'DELETE', 'faults');
}

async function control(service: Service, method: string, path: string, body?: unknown): Promise<unknown> {
  const told = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await service.fetch(new Request(`${service.url}/_emulator/${path}`, told));
  if (!answer.ok) throw new Error(`${path} of the emulator: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** How often each row was written, by its path. */
export async function writesByRow(service: Service): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const entry of await logOf(service)) {
    for (const { method, path, status } of entry.parts ?? [entry])
      if (method === 'PATCH' && status < 300) times.set(path, (times.get(path) ?? 0) + 1);
  }
  return times;
}

interface Page {
  readonly value: readonly Readonly<Record<string, unknown>>[];
  readonly '@odata.nextLink'?: string;
}

/** The ids of the mailboxes whose column has a value, as any client may read them. */
export async function mailboxesWith(
  service: Service,
  column: string,
  value: number,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const first = `${service.url}/api/data/v9.2/mailboxes?$select=mailboxid&$filter=${column} eq ${value}`;
  for (let url: string | undefined = first; url !== undefined; ) {
    const page = (await (await service.fetch(new Request(url))).json()) as Page;
    for (const { mailboxid } of page.value) ids.add(String(mailboxid));
    url = page['@odata.nextLink'];
  }
  return ids;
}
