/** Outputs of a step: to the file that the runner names, or to stdout where there is none. */

import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Io } from './io.ts';

export async function setOutputs(io: Io, outputs: Readonly<Record<string, string>>): Promise<void> {
  const path = io.env.GITHUB_OUTPUT;
  // A delimiter that nobody can know: a value of many lines cannot end itself and set another output.
  const end = `end-${randomUUID()}`;
  const text = Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`);
  if (path) await appendFile(path, text.join(''));
  for (const [name, value] of Object.entries(outputs)) io.stdout(`${name}: ${value}\n`);
}
