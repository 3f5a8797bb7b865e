/** `mailboxctl init`: writes a commented starter project that works at once on the embedded Dataverse. */

import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { examples } from './options.ts';
import type { Register } from './register.ts';
import { STARTER_FILES } from './starter-project.ts';

export function initCommand(command: Command, register: Register): void {
  command
    .description(
      'Writes a commented project with a local environment on the embedded Dataverse. Overwrites nothing.',
    )
    .argument('[dir]', 'folder of the new project; default: here')
    .addHelpText('after', examples('mailboxctl init my-mail'))
    .action(register((io, _options, directory) => init(io, directory)));
}

async function init(io: Io, directory = '.'): Promise<ExitCode> {
  const root = resolve(io.cwd, directory);
  await refuseToOverwrite(root);
  for (const [name, text] of STARTER_FILES) await write(join(root, name), text);
  io.stdout.write(whatNext(relative(io.cwd, root)));
  return EXIT.ok;
}

async function refuseToOverwrite(root: string): Promise<void> {
  const taken: string[] = [];
  for (const [name] of STARTER_FILES) if (await exists(root, name)) taken.push(name);
  if (taken.length > 0) throw refusal(`in ${root} there is already ${taken.join(', ')}`);
}

async function exists(root: string, name: string): Promise<boolean> {
  try {
    await access(join(root, name));
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return false;
    throw code === 'ENOTDIR' ? refusal(`a part of ${root} is a file, not a folder`) : error;
  }
}

function refusal(why: string): CommandError {
  return new CommandError(
    EXIT.error,
    `Nothing was written: ${why}`,
    'Name another folder: mailboxctl init DIR',
  );
}

/** `wx`: a file that appeared since it was looked for is not overwritten either. */
async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}

function whatNext(directory: string): string {
  const argument = directory === '' ? '' : ` ${quoted(directory)}`;
  const files = STARTER_FILES.map(([name]) => `  ${join(directory, name)}\n`).join('');
  const commands = ['validate', 'plan', 'apply'].map((verb) => `  mailboxctl ${verb}${argument}\n`).join('');
  return `Written:\n${files}\nNext:\n${commands}`;
}

function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
