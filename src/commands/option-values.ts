/** What the value of an option, or an argument, can be: said where the option is made, read by the completion of shells. */

import type { Argument, Option } from 'commander';

/** Names of the project: known when its files are read. */
export type Named = 'environments' | 'environment-patterns' | 'addresses' | 'address-patterns';

export interface Values {
  readonly words?: readonly string[];
  readonly named?: Named;
  /** Several in one value, with this between them. */
  readonly separator?: string;
}

const SAID = new WeakMap<Option, Values>();

/** For options whose values are not `choices` of commander, since they are lists, or not known before the project is. */
export function takes(option: Option, values: Values): Option {
  SAID.set(option, values);
  return option;
}

export type Possible = Values & { readonly paths?: 'files' | 'folders' };

/** The placeholder tells files and folders: `<file>`, `[dir]`. */
const PATHS: Readonly<Record<string, Possible['paths']>> = {
  file: 'files',
  files: 'files',
  snapshot: 'files',
  dir: 'folders',
};

export function valuesOfOption(option: Option): Possible {
  const placeholder = /[<[]([\w-]+)/u.exec(option.flags)?.[1] ?? '';
  return SAID.get(option) ?? possible(option.argChoices, placeholder);
}

export function valuesOfArgument(argument: Argument): Possible {
  return possible(argument.argChoices, argument.name());
}

function possible(choices: readonly string[] | undefined, placeholder: string): Possible {
  const paths = PATHS[placeholder];
  if (choices !== undefined) return { words: choices };
  return paths === undefined ? {} : { paths };
}
