import { expect, it } from 'vitest';
import { selectPaths } from './glob-pattern.ts';

const PATHS = [
  'config/b.yaml',
  'config/a.yaml',
  'config/x/c.yaml',
  'config/a.yml',
  'mailboxctl.yaml',
  'config(1)/a.yaml',
];

it.each([
  ['config/**/*.yaml', ['config/a.yaml', 'config/b.yaml', 'config/x/c.yaml']],
  ['config/*.yaml', ['config/a.yaml', 'config/b.yaml']],
  ['./config/?.yml', ['config/a.yml']],
  ['config/**', ['config/a.yaml', 'config/a.yml', 'config/b.yaml', 'config/x/c.yaml']],
  ['config(1)/*', ['config(1)/a.yaml']],
  ['configXa.yaml', []],
])('%s selects in a fixed order', (pattern, expected) => {
  expect(selectPaths(PATHS, [pattern])).toEqual(expected);
});
