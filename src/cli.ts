#!/usr/bin/env node
/**
 * The program. Checks the version of Node before anything is loaded that an old one could not read; the only file
 * that exits.
 */

import module from 'node:module';

/** A command that is over ends by itself at once; a request or a pause that still hangs is left after this time. */
const LEAVE_MS = 2_000;
const OLDEST = [20, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `mailboxctl needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

// What was compiled is kept for the next start, in the folder for temporary files; Node 20 cannot.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function')
  module.enableCompileCache();

const { main } = await import('./main.ts');
const exitCode = await main(process.argv.slice(2));
// Who interrupts does not want to wait for a request or a pause that is still under way.
if (exitCode === 130) process.exit(exitCode);
process.exitCode = exitCode;
// Nor does whoever set a time limit. Output that is not read yet is waited for.
setTimeout(() => {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}, LEAVE_MS).unref();
