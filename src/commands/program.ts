/** The command line: all verbs, one place where their errors become messages and exit codes. */

import { Command, CommanderError, Help } from 'commander';
import { ServiceError } from '../model/service-error.ts';
import { VERSION } from '../version.ts';
import { errorText } from './error-text.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Register, RegisterArgument } from './register.ts';

interface VerbEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: (command: Command, register: Register, registerArgument: RegisterArgument) => Promise<void>;
}

const VERBS: readonly VerbEntry[] = [
  {
    name: 'init',
    summary: 'write a starter project that works at once',
    load: async (command, register) => (await import('./init.ts')).initCommand(command, register),
  },
  {
    name: 'validate',
    summary: 'check the configuration, without a network',
    load: async (command, register) => (await import('./validate.ts')).validateCommand(command, register),
  },
  {
    name: 'plan',
    summary: 'compare with the environment and show what would be done',
    load: async (command, register) => (await import('./plan.ts')).planCommand(command, register),
  },
  {
    name: 'apply',
    summary: 'carry out a plan and await its tests',
    load: async (command, register) => (await import('./apply.ts')).applyCommand(command, register),
  },
  {
    name: 'drift',
    summary: 'report where the environment differs from the configuration',
    load: async (command, register) => (await import('./drift.ts')).driftCommand(command, register),
  },
  {
    name: 'status',
    summary: 'show every mailbox: methods, approval, test results, alerts',
    load: async (command, register) => (await import('./status.ts')).statusCommand(command, register),
  },
  {
    name: 'doctor',
    summary: 'who am I here, what may I do, what will not work, how to mend it',
    load: async (command, register) => (await import('./doctor.ts')).doctorCommand(command, register),
  },
  {
    name: 'export',
    summary: 'write a snapshot of the environment, to plan against without access to it',
    load: async (command, register) => (await import('./export.ts')).exportCommand(command, register),
  },
  {
    name: 'environments',
    summary: 'list the declared environments, for the matrix of a pipeline',
    load: async (command, register) =>
      (await import('./environments.ts')).environmentsCommand(command, register),
  },
  {
    name: 'report',
    summary: 'show a saved result in another form, or those of several environments as one',
    load: async (command, register) => (await import('./report.ts')).reportCommand(command, register),
  },
  {
    name: 'schema',
    summary: 'print a JSON Schema',
    load: async (command, _register, registerArgument) =>
      (await import('./schema.ts')).schemaCommand(command, registerArgument),
  },
  {
    name: 'completion',
    summary: 'print a script that completes command lines in bash, zsh or fish',
    load: async (command, _register, registerArgument) =>
      (await import('./completion.ts')).completionCommand(command, registerArgument),
  },
  {
    name: 'emulator',
    summary: 'serve the embedded Dataverse on this machine',
    load: async (command, register) => (await import('./emulator.ts')).emulatorCommand(command, register),
  },
];

/** What the scripts of shells call; no verb for people. */
const COMPLETE = 'complete';

/** Runs one command line (without node and script) and answers with its exit code. Never throws. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const register: Register =
    (verb) =>
    async (...given) => {
      const [argument, options] = given.length > 2 ? [given[0], given[1]] : [undefined, given[0]];
      exitCode = await verb(io, options as never, argument as never);
    };
  const registerArgument: RegisterArgument = (verb) => async (name) => {
    exitCode = await verb(io, name as never);
  };
  try {
    const program = await makeProgram(args, io, register, registerArgument);
    await program.parseAsync([...withoutUnknownTopic(args, program)], { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

async function makeProgram(
  args: readonly string[],
  io: Io,
  register: Register,
  registerArgument: RegisterArgument,
): Promise<Command> {
  const program = new Command('mailboxctl')
    .description('Dynamics 365 / Dataverse mailboxes, e-mail server profiles and e-mail settings as code.')
    .version(VERSION, '-V, --version')
    .helpCommand('help [command]', 'help for a command')
    .showHelpAfterError('(mailboxctl help [command] says more)')
    .showSuggestionAfterError()
    .addHelpText('after', '\nStart with "mailboxctl init demo && mailboxctl plan demo".')
    .exitOverride()
    .configureHelp({ minWidthToWrap: 20, formatItem })
    .configureOutput({
      writeOut: io.stdout.write,
      writeErr: io.stderr.write,
      getOutHelpWidth: () => io.stdout.width,
      getErrHelpWidth: () => io.stderr.width,
    });
  for (const { name, summary } of VERBS) program.command(name).summary(summary);
  const load = async (verb: string): Promise<void> => {
    const command = program.commands.find((known) => known.name() === verb);
    const entry = VERBS.find(({ name }) => name === verb);
    if (command !== undefined) await entry?.load(command, register, registerArgument);
  };
  // Start-up is part of speed: only the verb that is asked for is loaded.
  if (args[0] === COMPLETE)
    (await import('./complete.ts')).completeCommand(
      program.command(COMPLETE, { hidden: true }),
      register,
      load,
    );
  else for (const { name } of VERBS.filter((verb) => args.includes(verb.name))) await load(name);
  for (const command of program.commands) command.copyInheritedSettings(program).exitOverride();
  return program;
}

/** Help for what does not exist is the mistake of asking for that: commander alone would show the overview. */
function withoutUnknownTopic(args: readonly string[], { commands }: Command): readonly string[] {
  const [verb, topic] = args;
  const isUnknown =
    verb === 'help' &&
    topic !== undefined &&
    !topic.startsWith('-') &&
    topic !== 'help' &&
    commands.every((command) => command.name() !== topic);
  return isUnknown ? args.slice(1) : args;
}

/** Columns that a description needs beside its term; on a narrower page it stands below. */
const BESIDE = 30;

function formatItem(term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  if (description === '' || width - termWidth - 4 >= BESIDE)
    return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
  const lines = helper.boxWrap(description, width - 6).split('\n');
  return [`  ${term}`, ...lines.map((line) => `      ${line}`)].join('\n');
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
