#!/usr/bin/env node
/**
 * The program of the pipelines: posts what `mailboxctl` reports as comments, checks and issues of GitHub. Ties it to
 * this process: streams, environment, clock.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { runGithub } from './github/program.ts';

process.exitCode = await runGithub(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  env: process.env,
  fetch,
  now: Date.now,
  sleep: async (ms) => {
    await sleep(ms);
  },
});
