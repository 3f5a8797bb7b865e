/** Patterns for paths with `/`: `**` for any folders, `*` and `?` within one name. */

import { compareText } from '../model/value.ts';

const PARTS = /\*\*\/|\*\*|\*|\?|[^*?]+/gu;
const MEANING: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};

export function globPattern(pattern: string): (path: string) => boolean {
  const parts = [...pattern.replace(/^\.\//u, '').matchAll(PARTS)].map(
    ([part]) => MEANING[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'),
  );
  const expression = new RegExp(`^${parts.join('')}$`, 'u');
  return (path) => expression.test(path);
}

/** The paths that one of the patterns matches, in an order that is the same everywhere. */
export function selectPaths(paths: readonly string[], patterns: readonly string[]): readonly string[] {
  const matchers = patterns.map(globPattern);
  return paths.filter((path) => matchers.some((matches) => matches(path))).sort(compareText);
}
