/**
 * The XML text of `organization.defaultemailsettings`: root `EmailSettings`, one child for each method holding an
 * option number. Three fields share the column, so a change rewrites one child and keeps everything else as it is
 * (element names: recorded organization rows in microsoft/terraform-provider-power-platform).
 */

import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { Value } from '../model/value.ts';
import { type ChoiceNames, decodeChoice, encodeChoice, onSelf } from './codecs.ts';
import type { Codec } from './field.ts';

const COLUMN = 'defaultemailsettings';
const ROOT = 'EmailSettings';
/** Whatever is not one of our children goes back as it came: comments, CDATA, entities and white space too. */
const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
};

type XmlNode = Record<string, unknown>;

export function emailSettingsChild(element: string, names: ChoiceNames): Codec {
  return {
    columns: { organization: [COLUMN] },
    decode: ({ self }) => decodeChild(self[COLUMN], element, names),
    encode: (value, { self }) =>
      onSelf({ [COLUMN]: withChild(self[COLUMN], element, String(encodeChoice(value, names, element))) }),
  };
}

function decodeChild(xml: unknown, element: string, names: ChoiceNames): Value {
  const root = parse(xml);
  if (root === null) return { unknown: 'XML that cannot be read' };
  const child = root.children.find((node) => element in node);
  const text = child === undefined ? '' : textContent(child[element]);
  if (text === '') return null;
  return decodeChoice(/^\d+$/u.test(text) ? Number(text) : text, names);
}

function withChild(xml: unknown, element: string, text: string): string {
  const root = parse(xml);
  if (root === null)
    throw new TypeError(`${COLUMN} holds XML that cannot be read; nothing is written over it`);
  const value: XmlNode = { [element]: [{ '#text': text }] };
  const at = root.children.findIndex((node) => element in node);
  const children =
    at < 0
      ? [...root.children, value]
      : root.children.map((node, index) => (index === at ? { ...node, ...value } : node));
  const nodes = root.nodes.map((node) => (ROOT in node ? { ...node, [ROOT]: children } : node));
  return new XMLBuilder({ ...OPTIONS, format: false }).build(nodes);
}

/** Refuses document types: entities have no place in this column and are an attack on every parser. */
function parse(xml: unknown): { readonly nodes: XmlNode[]; readonly children: XmlNode[] } | null {
  const text = xml ?? '';
  if (typeof text !== 'string' || /<!DOCTYPE/iu.test(text)) return null;
  if (text.trim() === '') return { nodes: [{ [ROOT]: [] }], children: [] };
  try {
    const nodes = new XMLParser(OPTIONS).parse(text, true) as XmlNode[];
    const children = nodes.find((node) => ROOT in node)?.[ROOT];
    return Array.isArray(children) ? { nodes, children: children as XmlNode[] } : null;
  } catch {
    // Text that is no XML is an observed value like any other: decoded as unknown, and never rewritten.
    return null;
  }
}

function textContent(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .map((node: XmlNode) => String(node['#text'] ?? ''))
    .join('')
    .trim();
}
