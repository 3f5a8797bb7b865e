/**
 * `mailboxctl complete SHELL …`, which the scripts of `mailboxctl completion` call while somebody types. Prints what
 * may come next: on the first line `words`, `files` or `folders`, then a candidate a line. Whatever goes wrong, it says
 * nothing: an error message in the middle of a command line helps nobody.
 */

import type { Command } from 'commander';
import { bashReplacement, readBashLine, typedText } from './completion/bash-words.ts';
import { namesOf } from './completion/complete-values.ts';
import { type Candidate, verbIn, type Wanted, wanted } from './completion/complete-words.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Register } from './register.ts';

/** Loads a verb, so that its options are known. */
export type LoadVerb = (name: string) => Promise<void>;

export function completeCommand(command: Command, register: Register, load: LoadVerb): void {
  command
    .argument('[words...]', 'the shell; for bash the line up to the cursor, else the words of it')
    .allowUnknownOption()
    .action(
      register(async (io: Io, _options: object, words?: readonly string[]): Promise<ExitCode> => {
        try {
          io.stdout.write(await completion(command.parent ?? command, words ?? [], io, load));
        } catch {
          // Files that cannot be read, a line that nobody can parse: there is nothing to propose.
        }
        return EXIT.ok;
      }),
    );
}

async function completion(
  program: Command,
  [shell, ...args]: readonly string[],
  io: Io,
  load: LoadVerb,
): Promise<string> {
  if (shell === 'bash') {
    const [line = '', replaced] = args;
    const read = readBashLine(line);
    const found = await find(program, read.words.slice(1), typedText(read), io, load);
    return answer(found, ({ value }) => bashReplacement(value, read, replaced ?? read.raw) ?? '');
  }
  const words = args.slice(0, -1);
  const found = await find(program, words, args.at(-1) ?? '', io, load);
  return answer(found, ({ value, about }) => (about === '' ? value : `${value}\t${about}`));
}

interface Found {
  readonly kind: 'words' | 'files' | 'folders';
  readonly candidates: readonly Candidate[];
}

async function find(
  program: Command,
  words: readonly string[],
  current: string,
  io: Io,
  load: LoadVerb,
): Promise<Found> {
  const verb = verbIn(program, words);
  if (verb !== undefined) await load(verb);
  const next = wanted(program, words, current);
  const { values } = next;
  const candidates = [...next.candidates, ...(await valueCandidates(next, current, io))];
  return {
    kind: values?.paths ?? 'words',
    candidates: candidates.filter(({ value }) => value.startsWith(current)),
  };
}

async function valueCandidates({ values, given }: Wanted, current: string, io: Io): Promise<Candidate[]> {
  if (values === null) return [];
  const { words = [], named, separator, lead } = values;
  const names = named === undefined ? [] : await namesOf(named, given, io);
  const typed = current.slice(lead.length);
  const before = separator === undefined ? '' : typed.slice(0, typed.lastIndexOf(separator) + 1);
  const there = separator === undefined ? [] : before.split(separator);
  return [...words, ...names]
    .filter((value) => !there.includes(value))
    .map((value) => ({ value: `${lead}${before}${value}`, about: '' }));
}

/** A name with control characters cannot be typed, nor told on a line. */
function answer({ kind, candidates }: Found, lineOf: (candidate: Candidate) => string): string {
  const typeable = candidates.filter(({ value }) => !/\p{Cc}/u.test(value));
  const lines = typeable.map(lineOf).filter((line) => line !== '');
  return `${[kind, ...lines].join('\n')}\n`;
}
