import { describe, expect, it } from 'vitest';
import { hideSecrets, withoutSecrets } from './secret-lines.ts';

describe('hideSecrets', () => {
  it.each([
    ['a value', 'password: hunter2', 'password: ********'],
    ['a value in quotes', "password: 'hunter2'", 'password: ********'],
    [
      'a value in a flow mapping',
      '{ username: a, password: hunter2 }',
      '{ username: a, password: ******** }',
    ],
    ['a key in quotes', '"password": "hunter2"', '"password": ********'],
    ['a key without a space', '{ password:hunter2 }', '{ password:******** }'],
    ['an alias', 'password: *hunter2', 'password: ********'],
    ['a tag', 'password: !x hunter2', 'password: ********'],
    ['a mapping that is no reference', 'password: { value: hunter2 }', 'password: ******** }'],
    ['a variable with a name that is none', 'password: { env: $hunter2 }', 'password: ******** }'],
    ['credentials that are no mapping', 'credentials: support/hunter2', 'credentials: ********'],
    ['a comment', '# password: hunter2', '# password: ********'],
    ['a longer key', 'incomingPassword: hunter2', 'incomingPassword: ********'],
    ['a block', 'password: |\n  hunter2\nother: x', 'password: ********\n  ********\nother: x'],
    ['the line below', '- password:\n    hunter2\n  other: x', '- password:\n    ********\n  other: x'],
  ])('hides %s', (_name, text, expected) => {
    expect(hideSecrets(text.split('\n')).lines.join('\n')).toBe(expected);
  });

  it.each([
    'password: { env: SUPPORT_PASSWORD }',
    'password: { file: /run/secrets/support }',
    'password: { keyVault: "https://contoso.vault.azure.net/secrets/support" }',
    'password:\n  env: SUPPORT_PASSWORD',
    'password: {\n  env: SUPPORT_PASSWORD\n}',
    'username: support',
    'credentials: none',
    'credentials: { username: support }',
    'tokenFile: /run/token',
  ])('shows %s', (text) => {
    expect(hideSecrets(text.split('\n'))).toEqual({ lines: text.split('\n'), hidden: [] });
  });
});

it('withoutSecrets takes what was hidden out of messages', () => {
  const { hidden } = hideSecrets(['password: *hunter2', 'secret: abc']);
  expect(withoutSecrets('alias "hunter2", key "abc", abcd', hidden)).toBe(
    'alias "********", key "********", abcd',
  );
});
