/** On a Node that is too old the program says so in one line, before it loads what such a Node could not read. */

import { execFile } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { buildProgram } from '../program.ts';

const program = await buildProgram();
afterAll(() => program.remove());

/** The program under another version number; everything else stays this Node's. */
function runAs(
  version: string,
): Promise<{ readonly code: number | string | null | undefined; readonly stderr: string }> {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', pretend, program.path, '--version'], (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stderr });
    });
  });
}

it.each(['18.20.4', '20.18.3', '19.9.0'])('says on Node %s what it needs', async (version) => {
  expect(await runAs(version)).toEqual({
    code: 1,
    stderr: `mailboxctl needs Node 20.19 or newer; this is ${version}.\n`,
  });
});

it.each(['20.19.0', '22.1.0'])('runs on Node %s', async (version) => {
  expect(await runAs(version)).toEqual({ code: 0, stderr: '' });
});
