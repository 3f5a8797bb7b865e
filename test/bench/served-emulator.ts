/** The embedded Dataverse in a process of its own, so that its work is not measured as the client's. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Service {
  readonly users: number;
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers: number;
  /** What it recommends in `x-ms-dop-hint`. */
  readonly hint: number;
}

export interface Traffic {
  readonly requests: number;
  readonly operations: number;
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly work_ms: number;
  readonly throttled: Readonly<Record<string, number>>;
}

export interface ServedEmulator {
  readonly url: string;
  readonly traffic: () => Promise<Traffic>;
  readonly rows: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly fault: (fault: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function serve(
  program: string,
  { users, roundTripMs, operationMs, workers, hint }: Service,
): Promise<ServedEmulator> {
  const options = {
    port: 0,
    generate: `users=${users},queues=5,seed=5`,
    latency: roundTripMs,
    'operation-time': operationMs,
    'operation-spread': 0.25,
    workers,
    hint,
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(process.execPath, [program, 'emulator', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = line.replace('listening on ', '');
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const told = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_emulator/${path}`, told);
    if (!answer.ok) throw new Error(`${path} of the emulator: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    traffic: async () => ((await control('stats')) as { traffic: Traffic }).traffic,
    rows: async (name) => (await control(`rows?table=${name}`)) as readonly Record<string, unknown>[],
    fault: async (fault) => void (await control('faults', fault)),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
