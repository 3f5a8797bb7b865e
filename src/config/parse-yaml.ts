/**
 * From YAML text to our tree. Refuses what would surprise: several documents, tags, merge keys, keys given twice,
 * and aliases that unfold without end. The parser's documents do not leave this file.
 */

import { type Alias, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { placeOf, type SourceText } from './source-text.ts';
import type { Entry, Node } from './tree.ts';
import { aliasProblem, type YamlProblem, yamlErrorAt, yamlProblem } from './yaml-error.ts';

/** Nodes that aliases of one file may stand for, altogether. */
const MAX_ALIAS_NODES = 10_000;

export interface Parsed {
  /** `null`: empty, or not to be trusted because of the diagnostics. */
  readonly tree: Node | null;
  readonly diagnostics: readonly Diagnostic[];
}

interface Anchored {
  readonly node: Node;
  readonly size: number;
}

interface Walk {
  readonly source: SourceText;
  readonly anchors: Map<string, Anchored>;
  readonly report: (at: number, problem: YamlProblem) => void;
  /** Nodes made so far, those behind aliases counted each time. */
  size: number;
  aliasNodes: number;
}

const NESTED_TOO_DEEPLY: YamlProblem = {
  code: 'yaml-syntax',
  message: 'the file is nested too deeply',
  hint: 'Look for brackets that are not closed.',
};

export function parseYaml(source: SourceText): Parsed {
  const diagnostics: Diagnostic[] = [];
  const report = (at: number, { code, message, hint }: YamlProblem): void => {
    diagnostics.push({ code, severity: 'error', address: null, source: placeOf(source, at), message, hint });
  };
  const tree = readDocument(source, report);
  return { tree: diagnostics.length > 0 ? null : tree, diagnostics };
}

function readDocument(source: SourceText, report: Walk['report']): Node | null {
  try {
    return convertDocument(source, report);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(0, NESTED_TOO_DEEPLY);
    return null;
  }
}

function convertDocument(source: SourceText, report: Walk['report']): Node | null {
  const documents = parseAllDocuments(source.text, { prettyErrors: false, uniqueKeys: false, merge: false });
  if (!Array.isArray(documents) || documents[0] === undefined) return null;
  const [first, second] = documents;
  // One slip can make several errors in the parser; the first in the text is the one to mend.
  const [error] = [...first.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error !== undefined) report(yamlErrorAt(error, source.text), yamlProblem(error));
  else if (second !== undefined) report(second.range[0], severalDocuments());
  if (error !== undefined || second !== undefined) return null;
  return first.contents === null ? null : convert(first.contents, newWalk(source, report), 0);
}

function newWalk(source: SourceText, report: Walk['report']): Walk {
  return { source, anchors: new Map(), report, size: 0, aliasNodes: 0 };
}

function convert(node: unknown, walk: Walk, at: number): Node {
  if (isAlias(node)) return convertAlias(node, walk, at);
  const before = walk.size;
  walk.size += 1;
  const made = convertContent(node, walk, at);
  if (isScalar(node) || isMap(node) || isSeq(node)) {
    if (node.tag !== undefined)
      walk.report(made.at, yamlProblem({ code: 'TAG_RESOLVE_FAILED', message: '' }));
    if (node.anchor !== undefined) walk.anchors.set(node.anchor, { node: made, size: walk.size - before });
  }
  return made;
}

function convertContent(node: unknown, walk: Walk, at: number): Node {
  if (isScalar(node)) {
    const [start, end] = node.range ?? [at, at];
    const value = scalarValue(node.value);
    return { kind: 'scalar', value, text: node.source ?? String(value), at: start, end };
  }
  if (isSeq(node)) {
    const [start, end] = node.range ?? [at, at];
    return { kind: 'list', items: node.items.map((item) => convert(item, walk, start)), at: start, end };
  }
  if (isMap(node)) {
    const [start, end] = node.range ?? [at, at];
    return { kind: 'map', entries: convertEntries(node, walk, start), at: start, end };
  }
  return { kind: 'scalar', value: null, text: '', at, end: at };
}

function scalarValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}

function convertEntries(node: YAMLMap, walk: Walk, at: number): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, value } of node.items) {
    const keyAt =
      (isScalar(key) || isMap(key) || isSeq(key) || isAlias(key) ? key.range?.[0] : undefined) ?? at;
    const name = keyName(key, keyAt, walk);
    if (name === null) continue;
    const first = entries.get(name);
    if (first !== undefined) walk.report(keyAt, duplicateKey(name, placeOf(walk.source, first.keyAt).line));
    else entries.set(name, { keyAt, value: convert(value, walk, keyAt) });
  }
  return entries;
}

function keyName(key: unknown, at: number, walk: Walk): string | null {
  if (isAlias(key)) {
    walk.report(at, aliasProblem(key.source));
    return null;
  }
  if (!isScalar(key)) {
    walk.report(at, {
      code: 'yaml-syntax',
      message: 'a list or mapping cannot be a key',
      hint: 'Write plain text before the colon, and put text that begins with "[" or "{" in quotes.',
    });
    return null;
  }
  if (key.value === '<<' && key.type === 'PLAIN') {
    walk.report(at, mergeKey());
    return null;
  }
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function convertAlias(alias: Alias, walk: Walk, at: number): Node {
  const start = alias.range?.[0] ?? at;
  const anchored = walk.anchors.get(alias.source);
  const missing: Node = { kind: 'scalar', value: null, text: '', at: start, end: start };
  if (anchored === undefined) {
    walk.report(start, aliasProblem(alias.source));
    return missing;
  }
  walk.size += anchored.size;
  const before = walk.aliasNodes;
  walk.aliasNodes += anchored.size;
  if (walk.aliasNodes <= MAX_ALIAS_NODES) return anchored.node;
  if (before <= MAX_ALIAS_NODES) walk.report(start, tooManyAliases());
  return missing;
}

function duplicateKey(name: string, firstLine: number): YamlProblem {
  return {
    code: 'yaml-duplicate-key',
    message: `the key "${name}" is given twice, here and in line ${firstLine}`,
    hint: 'Keep one of the two.',
  };
}

function severalDocuments(): YamlProblem {
  return {
    code: 'yaml-several-documents',
    message: 'a second YAML document begins here; a file holds one',
    hint: 'Move it to a file of its own, or remove the line "---".',
  };
}

function mergeKey(): YamlProblem {
  return {
    code: 'yaml-merge-key',
    message: 'merge keys ("<<") are not supported',
    hint: 'Write the keys out, or use a rule to set them for many mailboxes.',
  };
}

function tooManyAliases(): YamlProblem {
  return {
    code: 'yaml-alias',
    message: `the aliases of this file stand for more than ${MAX_ALIAS_NODES} values`,
    hint: 'Write the values out, or use a rule to set them for many mailboxes.',
  };
}
