/** The command line: all verbs, one place where their errors become messages and exit codes. */

import { Command, CommanderError } from 'commander';
import { ServiceError } from '../model/service-error.ts';
import { VERSION } from '../version.ts';
import { applyCommand } from './apply.ts';
import { driftCommand } from './drift.ts';
import { emulatorCommand } from './emulator.ts';
import { errorText } from './error-text.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { initCommand } from './init.ts';
import type { Io } from './io.ts';
import { planCommand } from './plan.ts';
import type { Register, RegisterArgument } from './register.ts';
import { schemaCommand } from './schema.ts';
import { statusCommand } from './status.ts';
import { validateCommand } from './validate.ts';

/** Runs one command line (without node and script) and answers with its exit code. Never throws. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const register: Register =
    (verb) =>
    async (...given) => {
      const [directory, options] = given.length > 2 ? [given[0], given[1]] : [undefined, given[0]];
      exitCode = await verb(io, options as never, directory as string | undefined);
    };
  const registerArgument: RegisterArgument = (verb) => async (name) => {
    exitCode = await verb(io, name as never);
  };
  try {
    await makeProgram(io, register, registerArgument).parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

function makeProgram(io: Io, register: Register, registerArgument: RegisterArgument): Command {
  const program = new Command('mailboxctl')
    .description('Dynamics 365 / Dataverse mailboxes, e-mail server profiles and e-mail settings as code.')
    .version(VERSION, '-V, --version')
    .helpCommand('help [command]', 'help for a command')
    .showHelpAfterError('(mailboxctl help [command] says more)')
    .showSuggestionAfterError()
    .addHelpText('after', '\nStart with "mailboxctl init demo && mailboxctl plan demo".')
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout.write,
      writeErr: io.stderr.write,
      getOutHelpWidth: () => io.stdout.width,
      getErrHelpWidth: () => io.stderr.width,
    });
  for (const add of [initCommand, validateCommand, planCommand, applyCommand, driftCommand, statusCommand]) {
    add(program, register);
  }
  schemaCommand(program, registerArgument);
  emulatorCommand(program, register);
  for (const command of program.commands) command.copyInheritedSettings(program).exitOverride();
  return program;
}

/** Help and version are thrown by commander too; a wrong command line is exit 1. */
function exitCodeOf(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
  io.stderr.write(errorText(error));
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof ServiceError && (error.kind === 'sign-in' || error.kind === 'permission'))
    return EXIT.permission;
  return EXIT.error;
}
