/** Tasks on all cores: each child is told the next one as soon as it has answered. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The script answers each message with one. Results are in the order of the tasks. */
export async function inChildren<Task extends object, Result>(
  script: URL,
  tasks: readonly Task[],
): Promise<readonly Result[]> {
  const results = new Array<Result>(tasks.length);
  const left = tasks.entries();
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(script));
    try {
      // The iterator is common to all: each takes what no other has.
      for (const [index, task] of left) results[index] = await ask<Result>(child, task);
    } finally {
      child.kill();
    }
  };
  const children = Math.min(tasks.length, availableParallelism());
  await Promise.all(Array.from({ length: children }, work));
  return results;
}

async function ask<Result>(child: ChildProcess, task: object): Promise<Result> {
  const ended = new AbortController();
  const { signal } = ended;
  child.send(task);
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as Result),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`A process of the bench ended with ${code}: ${JSON.stringify(task)}`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
