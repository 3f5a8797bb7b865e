/**
 * What may come next on a command line, by commander's own tree of verbs and options. Knows no shell and no project:
 * names of the project are asked for by what they are.
 */

import type { Argument, Command, Option } from 'commander';
import { type Possible, valuesOfArgument, valuesOfOption } from '../option-values.ts';

export interface Candidate {
  readonly value: string;
  /** A few words; empty where there is nothing to say. */
  readonly about: string;
}

export interface Wanted {
  /** Verbs or options. */
  readonly candidates: readonly Candidate[];
  /** Of an option or an argument, with what stands before it in the same word, such as `--format=`. */
  readonly values: (Possible & { readonly lead: string }) | null;
  /** What is typed already: names of the project are those of this folder and this environment. */
  readonly given: Given;
}

interface Given {
  readonly directory: string | undefined;
  readonly environment: string | undefined;
}

/** The verb that a command line is of, so that it can be loaded before its options are asked for. */
export function verbIn({ commands }: Command, words: readonly string[]): string | undefined {
  const word = words.find((each) => !each.startsWith('-'));
  return commands.some((command) => command.name() === word) ? word : undefined;
}

/** `words`: those before the one that is being completed, without the program; `current`: as far as it is typed. */
export function wanted(program: Command, words: readonly string[], current: string): Wanted {
  const at = words.findIndex((word) => !word.startsWith('-'));
  if (at < 0) return atProgram(program, current);
  const verb = words[at] ?? '';
  const rest = words.slice(at + 1);
  if (verb === 'help') return { ...NOTHING, candidates: rest.length === 0 ? verbsOf(program) : [] };
  const command = program.commands.find((known) => known.name() === verb);
  return command === undefined ? NOTHING : atCommand(command, read(command, rest), current);
}

const NOTHING: Wanted = {
  candidates: [],
  values: null,
  given: { directory: undefined, environment: undefined },
};

function atProgram(program: Command, current: string): Wanted {
  const candidates = current.startsWith('-') ? optionsOf(program, new Set()) : verbsOf(program);
  return { ...NOTHING, candidates };
}

function verbsOf(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ value: command.name(), about: command.summary() || command.description() }));
}

/** What the words of a verb say. */
interface Read {
  readonly options: ReadonlyMap<Option, string>;
  readonly positional: readonly string[];
  /** Its value comes next. */
  readonly pending: Option | null;
  /** After `--` nothing is an option. */
  readonly ended: boolean;
}

function read(command: Command, words: readonly string[]): Read {
  const options = new Map<Option, string>();
  const positional: string[] = [];
  let pending: Option | null = null;
  let ended = false;
  for (const word of words) {
    if (pending !== null) {
      options.set(pending, word);
      pending = null;
    } else if (ended || !word.startsWith('-') || word === '-') positional.push(word);
    else if (word === '--') ended = true;
    else {
      const { option, value } = optionIn(command, word);
      if (option !== undefined) options.set(option, value ?? '');
      if (option?.required === true && value === null) pending = option;
    }
  }
  return { options, positional, pending, ended };
}

/** `--env`, `--env=prod`, `-e`, `-eprod`. */
function optionIn(
  command: Command,
  word: string,
): { readonly option: Option | undefined; readonly value: string | null } {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? null : word.slice(equals + 1);
  const option = command.options.find(isCalled(name));
  if (option !== undefined || word.startsWith('--')) return { option, value };
  return { option: command.options.find(isCalled(word.slice(0, 2))), value: word.slice(2) };
}

function isCalled(name: string): (option: Option) => boolean {
  return ({ long, short }) => long === name || short === name;
}

function atCommand(command: Command, { options, positional, pending, ended }: Read, current: string): Wanted {
  const environment = [...options].find(([option]) => option.long === '--env')?.[1];
  const isFolder = command.registeredArguments[0]?.name() === 'dir';
  const given = { environment, directory: isFolder ? positional[0] : undefined };
  if (pending !== null) return { candidates: [], values: { ...valuesOfOption(pending), lead: '' }, given };
  if (!ended && current.startsWith('--') && current.includes('=')) {
    const lead = current.slice(0, current.indexOf('=') + 1);
    const { option } = optionIn(command, current);
    const takesOne = option?.required === true;
    return { candidates: [], values: takesOne ? { ...valuesOfOption(option), lead } : null, given };
  }
  if (!ended && current.startsWith('-'))
    return { candidates: optionsOf(command, new Set(options.keys())), values: null, given };
  const argument = argumentAt(command.registeredArguments, positional.length);
  return {
    candidates: [],
    values: argument === undefined ? null : { ...valuesOfArgument(argument), lead: '' },
    given,
  };
}

function argumentAt(known: readonly Argument[], index: number): Argument | undefined {
  const last = known.at(-1);
  return known[index] ?? (last?.variadic === true ? last : undefined);
}

/** Those that are there already only where they may be repeated: their default is a list. */
function optionsOf(command: Command, used: ReadonlySet<Option>): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !used.has(option) || Array.isArray(option.defaultValue))
    .map((option) => ({ value: option.long ?? option.short ?? '', about: gist(option.description) }));
}

/** A line beside the option; the help has all of it. */
function gist(description: string): string {
  return description.replace(/[;:(].*$/su, '').trim();
}
