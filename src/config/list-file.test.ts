import { describe, expect, it } from 'vitest';
import { readListFile } from './list-file.ts';

function read(text: string): ReturnType<typeof readListFile> {
  return readListFile('lists/pilot.txt', new TextEncoder().encode(text));
}

function entry(text: string, line: number, column = 1): object {
  return { text, source: { file: 'lists/pilot.txt', line, column } };
}

describe('readListFile', () => {
  it('takes one entry a line, with the place it stands at', () => {
    const text =
      '# Pilots\nalice@contoso.com\n\n  Customer Service  \nQueue #2\nbob@contoso.com   # since May\n';
    const { entries, diagnostics } = read(text);
    expect(entries).toEqual([
      entry('alice@contoso.com', 2),
      entry('Customer Service', 4, 3),
      entry('Queue #2', 5),
      entry('bob@contoso.com', 6),
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('reads files of Windows: byte order mark and line ends', () => {
    expect(read('\uFEFFalice@contoso.com\r\n\r\n# end\r\nSupport\r\n').entries).toEqual([
      entry('alice@contoso.com', 1),
      entry('Support', 4),
    ]);
  });

  it.each(['', '\n\n', '# nobody yet\n'])('is empty: %j', (text) => {
    expect(read(text).entries).toEqual([]);
  });

  it('refuses a file in another encoding', () => {
    const { entries, diagnostics } = readListFile('lists/pilot.txt', Uint8Array.of(0xff, 0xfe, 0x61, 0x00));
    expect(entries).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['not-utf8']);
  });

  const ONE = 'Write one name or address a line.';
  it.each([
    ['alice@contoso.com bob@contoso.com', 'looks like several entries', ONE],
    ['alice@contoso.com, bob@contoso.com', 'looks like several entries', ONE],
    ['alice@contoso.com;', 'looks like several entries', ONE],
    ['Sales, Support', 'looks like several entries', ONE],
    ['Alice <alice@contoso.com>', 'is an address with a name beside it', 'Write the address alone.'],
    [
      '*@contoso.com',
      'is a pattern; a list file holds names',
      'Write the pattern in the match: emailAddress, signIn or queue.',
    ],
  ])('does not guess what "%s" means', (text, what, hint) => {
    expect(read(`ok@contoso.com\n${text}\n`).diagnostics).toEqual([
      {
        code: 'list-entry-unrecognized',
        severity: 'error',
        address: null,
        source: { file: 'lists/pilot.txt', line: 2, column: 1 },
        message: `"${text}" ${what}`,
        hint,
      },
    ]);
  });
});
