/**
 * What people use today to change many mailboxes, as they would write it: a client library with batches of 1000 and
 * with a pool of 50 requests, and a shell with curl, jq and xargs. None of them is wrong; they show what it costs to
 * leave throttling, versions and answers to the caller.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { DynamicsWebApi } from 'dynamics-web-api';

export interface ComparedClient {
  readonly name: string;
  /** Sets the outgoing method of all these mailboxes; answers when it is through, whatever came of it. */
  readonly edit: (url: string, mailboxIds: readonly string[], method: number) => Promise<void>;
}

const BATCH = 1_000;
const POOL = 50;
const TOKEN = 'bench';

function client(url: string): DynamicsWebApi {
  return new DynamicsWebApi({
    serverUrl: `${url}/`,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => TOKEN,
  });
}

const update = (api: DynamicsWebApi, key: string, method: number): Promise<unknown> =>
  api.update({ collection: 'mailboxes', key, data: { outgoingemaildeliverymethod: method } });

const batches: ComparedClient = {
  name: 'dynamics-web-api, batches of 1000',
  edit: async (url, ids, method) => {
    const api = client(url);
    for (let at = 0; at < ids.length; at += BATCH) {
      api.startBatch();
      for (const id of ids.slice(at, at + BATCH)) void update(api, id, method);
      // A batch that is refused ends as a rejection; a script goes on with the next.
      await api.executeBatch({ continueOnError: true }).catch(() => []);
    }
  },
};

const pool: ComparedClient = {
  name: 'dynamics-web-api, pool of 50',
  edit: async (url, ids, method) => {
    const api = client(url);
    const left = [...ids];
    const work = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift())
        await update(api, id, method).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: POOL }, work));
  },
};

const shell: ComparedClient = {
  name: 'curl + jq + xargs, 8 at once',
  edit: async (url, ids, method) => {
    const patch = [
      `curl -s -o /dev/null -X PATCH '${url}/api/data/v9.2/mailboxes({})'`,
      `-H 'Authorization: Bearer ${TOKEN}' -H 'Content-Type: application/json' -H 'If-Match: *'`,
      `-d '{"outgoingemaildeliverymethod":${method}}'`,
    ].join(' ');
    const child = spawn('sh', ['-c', `jq -r '.[]' | xargs -P 8 -I{} ${patch}`], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin.end(JSON.stringify(ids));
    await once(child, 'exit');
  },
};

/** Those that this machine has; the others are named with the reason. */
export function comparedClients(): {
  readonly clients: readonly ComparedClient[];
  readonly absent: readonly string[];
} {
  const missing = ['curl', 'jq', 'xargs'].filter(
    (tool) => spawnSync(tool, ['--version']).error !== undefined,
  );
  if (missing.length === 0) return { clients: [batches, pool, shell], absent: [] };
  return { clients: [batches, pool], absent: [`${shell.name}: ${missing.join(', ')} not found`] };
}

/** Reads the same mailboxes and owners as a plan of rules does, and nothing else. */
export async function readEverything(url: string): Promise<number> {
  const api = client(url);
  const lists = await Promise.all(
    READ.map(({ collection, select }) =>
      api.retrieveAll({ collection, select: [...select], maxPageSize: 5_000 }),
    ),
  );
  return lists.reduce((rows, { value }) => rows + value.length, 0);
}

interface List {
  readonly collection: string;
  readonly select: readonly string[];
}

let READ: readonly List[] = [];

/** The columns that the product asks for, as its own requests name them. */
export function readAlike(requests: readonly string[]): void {
  READ = requests.flatMap((request) => {
    const found = /^GET (mailboxes|systemusers|queues)\?\$select=([^&]+)$/u.exec(request);
    return found === null ? [] : [{ collection: found[1] ?? '', select: (found[2] ?? '').split(',') }];
  });
}
