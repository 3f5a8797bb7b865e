/** Lines as bash reads them, and what readline has to put in so that the word means the name. */

import { describe, expect, it } from 'vitest';
import { bashReplacement, readBashLine, typedText } from './bash-words.ts';

describe('a line is taken apart', () => {
  it.each<[string, readonly string[], string]>([
    ['mailboxctl', [], 'mailboxctl'],
    ['mailboxctl ', ['mailboxctl'], ''],
    ['mailboxctl plan --env pr', ['mailboxctl', 'plan', '--env'], 'pr'],
    ['mailboxctl plan  --env   pr', ['mailboxctl', 'plan', '--env'], 'pr'],
    ['mailboxctl plan "my folder" --env ', ['mailboxctl', 'plan', 'my folder', '--env'], ''],
    [String.raw`mailboxctl plan my\ folder -e a\"b`, ['mailboxctl', 'plan', 'my folder', '-e'], 'a"b'],
    [`mailboxctl plan 'it'\\''s' "a`, ['mailboxctl', 'plan', "it's"], 'a'],
    [String.raw`mailboxctl plan "\$x \n"`, ['mailboxctl', 'plan'], String.raw`$x \n`],
    ['mailboxctl plan "a" b"c d', ['mailboxctl', 'plan', 'a'], 'bc d'],
    ['mailboxctl plan a\\', ['mailboxctl', 'plan'], 'a'],
  ])('%s', (line, words, current) => {
    const read = readBashLine(line);
    expect([read.words, typedText(read)]).toEqual([words, current]);
  });
});

describe('what is put in', () => {
  it.each<[title: string, line: string, replaced: string, value: string, put: string | null]>([
    ['a plain word', 'm --env pr', 'pr', 'prod', 'prod'],
    ['behind a colon', 'm mailbox:queue/Su', 'queue/Su', 'mailbox:queue/Support', 'queue/Support'],
    ['from an at sign', 'm mailbox:user/a@c', '@c', 'mailbox:user/a@contoso.com', '@contoso.com'],
    ['behind an equals sign', 'm --env=pr', 'pr', '--env=prod', 'prod'],
    ['a space', 'm Ex', 'Ex', 'Exchange Online', String.raw`Exchange\ Online`],
    ['a space between double quotes', 'm "Ex', 'Ex', 'Exchange Online', 'Exchange Online'],
    ['between double quotes', 'm "a', 'a', 'a"b$c`d\\e', '"a\\"b\\$c\\`d\\\\e'.slice(1)],
    ['between single quotes', "m 'a", 'a', "a'b $c", "a'\\''b $c"],
    ['signs of the shell', 'm a', 'a', 'a&b;c|d(e)*?[f]~#!', String.raw`a\&b\;c\|d\(e\)\*\?\[f\]\~\#\!`],
    ['letters of any script', 'm 日', '日', '日本 語', String.raw`日本\ 語`],
    ['behind a quote that is closed', 'm "mailbox":q', 'q', 'mailbox:queue/A', 'queue/A'],
    ['a name that is another', 'm mailbox:q', 'q', 'profile:q', null],
  ])('%s', (_, line, replaced, value, put) => {
    expect(bashReplacement(value, readBashLine(line), replaced)).toBe(put);
  });
});
