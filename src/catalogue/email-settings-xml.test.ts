/** The settings XML: one child is read and rewritten, everything else goes back as it came. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { emailSettingsChild } from './email-settings-xml.ts';
import type { RawRecord } from './field.ts';

const codec = emailSettingsChild('Incoming', { none: 0, outlook: 1, 'server-side-sync': 2 });

function record(defaultemailsettings: unknown): RawRecord {
  return { self: { defaultemailsettings }, owner: null, ownerTable: null };
}

function decode(xml: unknown): Value {
  return codec.decode(record(xml), () => null);
}

function rewrite(xml: unknown, value: Value = 'none'): unknown {
  return codec.encode?.(value, record(xml)).columns.defaultemailsettings;
}

const UNREADABLE = { unknown: 'XML that cannot be read' };

describe('decoding', () => {
  it.each<[string, unknown, Value]>([
    ['the option of the child', '<EmailSettings><Incoming>2</Incoming></EmailSettings>', 'server-side-sync'],
    ['white space around it', '<EmailSettings>\n <Incoming> 1\n</Incoming> </EmailSettings>', 'outlook'],
    ['comments in it', '<EmailSettings><Incoming><!-- 0 -->1</Incoming></EmailSettings>', 'outlook'],
    [
      'a declaration before it',
      '<?xml version="1.0"?><EmailSettings><Incoming>0</Incoming></EmailSettings>',
      'none',
    ],
    [
      'an option that nobody knows',
      '<EmailSettings><Incoming>9</Incoming></EmailSettings>',
      { unknown: 'option 9' },
    ],
    [
      'text for an option',
      '<EmailSettings><Incoming>none</Incoming></EmailSettings>',
      { unknown: 'option none' },
    ],
    ['an empty child', '<EmailSettings><Incoming/></EmailSettings>', null],
    ['no such child', '<EmailSettings><Outgoing>2</Outgoing></EmailSettings>', null],
    ['the child deeper down', '<EmailSettings><X><Incoming>2</Incoming></X></EmailSettings>', null],
    ['an empty root', '<EmailSettings/>', null],
    ['null', null, null],
    ['absent', undefined, null],
    ['empty', '', null],
    ['white space', ' \n', null],
    ['another root', '<Settings><Incoming>2</Incoming></Settings>', UNREADABLE],
    ['cut off', '<EmailSettings><Incoming>2</Inco', UNREADABLE],
    ['no XML', 'none', UNREADABLE],
    ['no text', 2, UNREADABLE],
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY b "2">]><EmailSettings><Incoming>&b;</Incoming></EmailSettings>',
      UNREADABLE,
    ],
    ['a document type in lower case', '<!doctype a><EmailSettings/>', UNREADABLE],
  ])('%s', (_name, xml, expected) => expect(decode(xml)).toEqual(expected));
});

describe('rewriting', () => {
  it.each<[string, unknown, string]>([
    [
      'replaces the option',
      '<EmailSettings><Incoming>2</Incoming><Outgoing>2</Outgoing></EmailSettings>',
      '<EmailSettings><Incoming>0</Incoming><Outgoing>2</Outgoing></EmailSettings>',
    ],
    [
      'adds the child behind the others',
      '<EmailSettings><Outgoing>2</Outgoing></EmailSettings>',
      '<EmailSettings><Outgoing>2</Outgoing><Incoming>0</Incoming></EmailSettings>',
    ],
    ['writes the whole where nothing is', null, '<EmailSettings><Incoming>0</Incoming></EmailSettings>'],
    ['writes the whole where white space is', ' \n', '<EmailSettings><Incoming>0</Incoming></EmailSettings>'],
    [
      'keeps unknown children and attributes',
      '<EmailSettings v="1" w="a &amp; b"><New x="&#10;y"><Deep z="1">t</Deep></New><Incoming>2</Incoming></EmailSettings>',
      '<EmailSettings v="1" w="a &amp; b"><New x="&#10;y"><Deep z="1">t</Deep></New><Incoming>0</Incoming></EmailSettings>',
    ],
    [
      'keeps the attributes of the child',
      '<EmailSettings><Incoming a="b">2</Incoming></EmailSettings>',
      '<EmailSettings><Incoming a="b">0</Incoming></EmailSettings>',
    ],
    [
      'keeps comments, CDATA, entities and white space',
      '<EmailSettings>\n <!-- c --><New><![CDATA[<a>&]]> &lt;&#65; </New>\n <Incoming>2</Incoming>\n</EmailSettings>',
      '<EmailSettings>\n <!-- c --><New><![CDATA[<a>&]]> &lt;&#65; </New>\n <Incoming>0</Incoming>\n</EmailSettings>',
    ],
    [
      'keeps the declaration',
      '<?xml version="1.0" encoding="utf-16"?><EmailSettings><Incoming>2</Incoming></EmailSettings>',
      '<?xml version="1.0" encoding="utf-16"?><EmailSettings><Incoming>0</Incoming></EmailSettings>',
    ],
  ])('%s', (_name, xml, expected) => expect(rewrite(xml)).toBe(expected));

  it.each([['<Settings/>'], ['no XML'], ['<!DOCTYPE a><EmailSettings/>']])(
    'writes nothing over %s',
    (xml) => {
      expect(() => rewrite(xml)).toThrow('defaultemailsettings holds XML that cannot be read');
    },
  );

  it('refuses a method that the direction does not have', () => {
    expect(() => rewrite('<EmailSettings/>', 'forward-mailbox')).toThrow(
      new TypeError('Incoming takes no "forward-mailbox"'),
    );
  });

  it('reads back what it wrote, and writing the same again changes nothing', () => {
    const name = fc.constantFrom('Outgoing', 'ACT', 'New', 'Incoming');
    const child = fc.tuple(name, fc.nat(9)).map(([tag, option]) => `<${tag}>${option}</${tag}>`);
    const xml = fc
      .array(child, { maxLength: 5 })
      .map((all) => `<EmailSettings>${all.join('')}</EmailSettings>`);
    fc.assert(
      fc.property(xml, fc.constantFrom('none', 'outlook', 'server-side-sync'), (before, value) => {
        const after = rewrite(before, value);
        expect(decode(after)).toBe(value);
        expect(rewrite(after, value)).toBe(after);
      }),
    );
  });
});
