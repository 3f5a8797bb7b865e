import { expect, it } from 'vitest';
import type { Diagnostic } from '../model/diagnostic.ts';
import { byEnvironment } from './by-environment.ts';

function problem(message: string): Diagnostic {
  const source = { file: 'a.yaml', line: 1, column: 1 };
  return { code: 'duplicate-item', severity: 'error', address: null, source, message, hint: null };
}

function pooled(...found: readonly (readonly [environment: string, ...messages: string[]])[]): unknown {
  const all = found.map(([environment, ...messages]) => ({
    environment,
    diagnostics: messages.map(problem),
  }));
  return byEnvironment(all).map(({ message }) => message);
}

it.each<[what: string, found: unknown, expected: readonly string[]]>([
  ['nothing found', pooled(['dev'], ['test']), []],
  ['the only environment is not named', pooled(['dev', 'a']), ['a']],
  ['what holds for all is told once', pooled(['dev', 'a'], ['test', 'a']), ['a']],
  [
    'what holds for some names them',
    pooled(['dev', 'a'], ['test', 'a', 'b'], ['prod', 'b']),
    ['a (environments: dev, test)', 'b (environments: test, prod)'],
  ],
  [
    'what names its environment by itself is left as it is',
    pooled(['dev'], ['test', 'mail of environment "test" fits nothing']),
    ['mail of environment "test" fits nothing'],
  ],
])('%s', (_what, found, expected) => {
  expect(found).toEqual(expected);
});
