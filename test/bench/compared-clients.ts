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
  /** Sets a column of all these mailboxes; answers when it is through, whatever came of it. */
  readonly edit: (url: string, mailboxIds: readonly string[], edit: Edit) => Promise<void>;
}

export interface Edit {
  readonly column: string;
  readonly value: number;
}

const BATCH = 1_000;
const POOL = 50;
const TOKEN = 'bench';

const BATCHES: ComparedClient = {
  name: 'dynamics-web-api, batches of 1000',
  edit: async (url, ids, edit) => {
    const api = clientOf(url);
    for (let at = 0; at < ids.length; at += BATCH) {
      api.startBatch();
      for (const id of ids.slice(at, at + BATCH)) void update(api, id, edit);
      // A batch that is refused ends as a rejection; a script goes on with the next.
      await api.executeBatch({ continueOnError: true }).catch(() => []);
    }
  },
};

const POOLED: ComparedClient = {
  name: 'dynamics-web-api, pool of 50',
  edit: async (url, ids, edit) => {
    const api = clientOf(url);
    const left = ids.values();
    const work = async (): Promise<void> => {
      // The iterator is common to all: each takes what no other has.
      for (const id of left) await update(api, id, edit).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: POOL }, work));
  },
};

const SHELL_TOOLS = ['curl', 'jq', 'xargs'];
const SHELL: ComparedClient = {
  name: 'curl + jq + xargs, 8 at once',
  edit: async (url, ids, { column, value }) => {
    const patch = [
      `curl -s -o /dev/null -X PATCH '${url}/api/data/v9.2/mailboxes({})'`,
      `-H 'Authorization: Bearer ${TOKEN}' -H 'Content-Type: application/json' -H 'If-Match: *'`,
      `-d '{"${column}":${value}}'`,
    ].join(' ');
    const child = spawn('sh', ['-c', `jq -r '.[]' | xargs -P 8 -I{} ${patch}`], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin.end(JSON.stringify(ids));
    await once(child, 'exit');
  },
};

function clientOf(url: string): DynamicsWebApi {
  return new DynamicsWebApi({
    serverUrl: `${url}/`,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => TOKEN,
  });
}

function update(api: DynamicsWebApi, key: string, { column, value }: Edit): Promise<unknown> {
  return api.update({ collection: 'mailboxes', key, data: { [column]: value } });
}

/** Those that this machine has; the others are named with the reason. */
export function comparedClients(): {
  readonly clients: readonly ComparedClient[];
  readonly absent: readonly string[];
} {
  const missing = SHELL_TOOLS.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (missing.length === 0) return { clients: [BATCHES, POOLED, SHELL], absent: [] };
  return { clients: [BATCHES, POOLED], absent: [`${SHELL.name}: ${missing.join(', ')} not found`] };
}
