/** The parser's errors in our words. The parser's own text may quote the file, and so a password: it is never shown. */

import type { YAMLParseError } from 'yaml';
import type { DiagnosticCode } from '../model/diagnostic.ts';

export interface YamlProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string | null;
}

const UNQUOTED_STAR: YamlProblem = {
  code: 'yaml-unquoted-star',
  message: 'an unquoted value that begins with "*" is an alias in YAML',
  hint: 'Put it in quotes: "*@contoso.com".',
};

const NESTED: YamlProblem = {
  code: 'yaml-syntax',
  message: 'a mapping begins inside this value',
  hint: 'Indent the keys of one item alike, and put a value that holds ": " in quotes.',
};

const UNCLOSED: YamlProblem = {
  code: 'yaml-syntax',
  message: 'a bracket or brace is not closed, or its lines are not indented enough',
  hint: 'Close it with the same kind of bracket: [ … ] or { … }.',
};

const INDENT: YamlProblem = {
  code: 'yaml-syntax',
  message: 'the line is indented unlike its neighbours',
  hint: 'Begin the keys of one mapping, and the dashes of one list, in the same column.',
};

const NO_COLON: YamlProblem = {
  code: 'yaml-syntax',
  message: 'the line is no "key: value"',
  hint: 'Write a colon and a space after the key; put text that goes over lines in quotes.',
};

const PROBLEMS: Readonly<Partial<Record<YAMLParseError['code'], YamlProblem>>> = {
  BAD_ALIAS: UNQUOTED_STAR,
  BLOCK_AS_IMPLICIT_KEY: NESTED,
  BAD_INDENT: INDENT,
  BAD_COLLECTION_TYPE: INDENT,
  BLOCK_IN_FLOW: UNCLOSED,
  MISSING_CHAR: NO_COLON,
  MULTILINE_IMPLICIT_KEY: NO_COLON,
  UNEXPECTED_TOKEN: {
    code: 'yaml-syntax',
    message: 'the text does not belong here',
    hint: 'Look at the indentation, and put the value in quotes if it holds quotes or special characters.',
  },
  TAB_AS_INDENT: {
    code: 'yaml-tab',
    message: 'the line is indented with a tab; YAML allows spaces only',
    hint: 'Replace the tab with spaces.',
  },
  BAD_SCALAR_START: {
    code: 'yaml-syntax',
    message: 'a value cannot begin with "@" or "`"',
    hint: 'Put the value in quotes.',
  },
  BAD_DQ_ESCAPE: {
    code: 'yaml-syntax',
    message: 'a backslash in double quotes begins an escape, and this one is not known',
    hint: 'Use single quotes, in which a backslash is a backslash.',
  },
  TAG_RESOLVE_FAILED: {
    code: 'yaml-tag',
    message: 'tags (values that begin with "!") are not supported',
    hint: 'Remove the tag; a secret is written as { env: NAME }, { file: PATH } or { keyVault: URL }.',
  },
};

const OTHER: YamlProblem = {
  code: 'yaml-syntax',
  message: 'the text is not valid YAML',
  hint: 'Look at quotes, brackets and indentation around this place.',
};

export function yamlProblem(error: Pick<YAMLParseError, 'code' | 'message'>): YamlProblem {
  if (error.code === 'MISSING_CHAR' && error.message.includes('quote')) {
    return {
      code: 'yaml-syntax',
      message: 'a quote is not closed',
      hint: 'Close it with the quote that opens it.',
    };
  }
  if (error.code === 'MISSING_CHAR' && error.message.startsWith('Sequence item')) return INDENT;
  if (error.code === 'BAD_INDENT' && error.message.startsWith('Flow')) return UNCLOSED;
  return PROBLEMS[error.code] ?? OTHER;
}

/** An open quote is noticed at the end of the file; the place to mend is where it opens. */
export function yamlErrorAt(error: Pick<YAMLParseError, 'code' | 'message' | 'pos'>, text: string): number {
  const [, quote] = /^Missing closing (["'])quote/u.exec(error.message) ?? [];
  return quote === undefined ? error.pos[0] : Math.max(0, text.lastIndexOf(quote));
}

/** `*@contoso.com` is an alias to YAML, and a pattern to its author. */
export function aliasProblem(name: string): YamlProblem {
  if (/[@.*]/u.test(name) || name === '') return UNQUOTED_STAR;
  return {
    code: 'yaml-alias',
    message: `the alias "*${name}" has no anchor before it`,
    hint: 'Define the anchor first, or put the value in quotes if it is no alias.',
  };
}
