/** The items of one file as the model knows them. Items that the schema refused are left out. */

import { CATALOGUE, type Catalogue } from '../catalogue/catalogue.ts';
import {
  type Address,
  mailboxAddress,
  profileAddress,
  SETTINGS_ADDRESS,
  SORTS,
  type Sort,
} from '../model/address.ts';
import type { CheckSwitchedOff, Declared, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { mailboxRows, rowsOf, ruleRows } from './config-schema.ts';
import { pathKey } from './item-path.ts';
import type { Lists } from './load-lists.ts';
import { readChecks } from './read-checks.ts';
import { declared, type FieldReader, fieldReaders, readFields, sourceOf } from './read-fields.ts';
import { readIncludes, readMatch } from './read-match.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { itemsOf, type MapNode, member, type Node, textOf } from './tree.ts';

/** What the files of one layer declare: the base of all environments, or one overlay. */
export interface LayerItems {
  readonly profiles: readonly DeclaredResource[];
  /** One for each file that has `emailSettings`. */
  readonly settings: readonly DeclaredResource[];
  readonly rules: readonly DeclaredRule[];
  readonly mailboxes: readonly DeclaredResource[];
  readonly checksOff: readonly CheckSwitchedOff[];
}

export interface FileItems extends LayerItems {
  /** How each item is written, which matters for overlays: a key that is `null` declares nothing. */
  readonly nodes: ReadonlyMap<DeclaredResource | DeclaredRule, MapNode>;
  readonly diagnostics: readonly Diagnostic[];
}

export const NO_ITEMS: FileItems = {
  profiles: [],
  settings: [],
  rules: [],
  mailboxes: [],
  checksOff: [],
  nodes: new Map(),
  diagnostics: [],
};

export interface ItemReaders {
  readonly profile: readonly FieldReader[];
  readonly settings: readonly FieldReader[];
  readonly rule: readonly FieldReader[];
  readonly mailbox: readonly FieldReader[];
}

export interface FileToRead {
  readonly tree: Node;
  readonly source: SourceText;
  readonly refused: ReadonlySet<string>;
  readonly lists: Lists;
}

export function itemReaders(catalogue: Catalogue): ItemReaders {
  return {
    profile: fieldReaders(rowsOf(catalogue, 'profile')),
    settings: fieldReaders(rowsOf(catalogue, 'settings')),
    rule: fieldReaders(ruleRows(catalogue)),
    mailbox: fieldReaders(mailboxRows(catalogue)),
  };
}

const READERS = itemReaders(CATALOGUE);

export function readItems(file: FileToRead, readers: ItemReaders = READERS): FileItems {
  const nodes = new Map<DeclaredResource | DeclaredRule, MapNode>();
  const diagnostics: Diagnostic[] = [];
  const read = <Item extends DeclaredResource | DeclaredRule>(
    key: string,
    make: (node: MapNode) => Item | Diagnostic,
  ): readonly Item[] =>
    acceptedNodes(file, key).flatMap((node) => {
      const item = make(node);
      if ('code' in item) diagnostics.push(item);
      else nodes.set(item, node);
      return 'code' in item ? [] : [item];
    });
  const { tree, source, lists, refused } = file;
  return {
    profiles: read('serverProfiles', (node) => readProfile(node, source, readers)),
    settings: read('emailSettings', (node) => readSettings(node, source, readers)),
    rules: read('rules', (node) => readRule(node, source, readers, lists)),
    mailboxes: read('mailboxes', (node) => readMailbox(node, source, readers)),
    checksOff: refused.has('checks') ? [] : readChecks(tree, source),
    nodes,
    diagnostics,
  };
}

/** The items of a list, or the one of `emailSettings`, without those that the schema refused. */
function acceptedNodes({ tree, refused }: FileToRead, key: string): readonly MapNode[] {
  const node = member(tree, key);
  const nodes = node?.kind === 'map' ? [node] : itemsOf(node);
  if (refused.has(key)) return [];
  return nodes.filter(
    (each, index): each is MapNode => each.kind === 'map' && !refused.has(pathKey([key, index])),
  );
}

function readProfile(node: MapNode, source: SourceText, readers: ItemReaders): DeclaredResource {
  const name = textOf(member(node, 'name')) ?? '';
  const fields = readFields(node, readers.profile, { source });
  return resource('profile', null, { name, address: profileAddress(name) }, node, fields, source);
}

function readSettings(node: MapNode, source: SourceText, readers: ItemReaders): DeclaredResource {
  const fields = readFields(node, readers.settings, { source });
  return resource('settings', null, { name: 'email', address: SETTINGS_ADDRESS }, node, fields, source);
}

function readMailbox(node: MapNode, source: SourceText, readers: ItemReaders): DeclaredResource | Diagnostic {
  const named = SORTS.filter((sort) => node.entries.has(sort));
  const [sort, other] = named;
  if (sort === undefined) return unnamed(node, source);
  if (other !== undefined) return namedTwice(node, named, source);
  const nameNode = member(node, sort);
  const name = textOf(nameNode) ?? '';
  const fields = new Map<string, Declared>();
  if (sort === 'forward' && nameNode !== undefined) fields.set('name', declared(name, nameNode, { source }));
  for (const [key, field] of readFields(node, readers.mailbox, { source })) fields.set(key, field);
  return resource('mailbox', sort, { name, address: mailboxAddress(sort, name) }, node, fields, source);
}

function readRule(node: MapNode, source: SourceText, readers: ItemReaders, lists: Lists): DeclaredRule {
  const name = textOf(member(node, 'name')) ?? '';
  const context = { source, rule: name };
  const match = member(node, 'match');
  return {
    name,
    match: readMatch(match, lists),
    except: itemsOf(member(node, 'except')).map((entry) => textOf(entry) ?? readMatch(entry, lists)),
    include: readIncludes(match),
    fields: readFields(node, readers.rule, context),
    source: sourceOf(node.at, context),
  };
}

function resource(
  kind: DeclaredResource['kind'],
  sort: Sort | null,
  { name, address }: { readonly name: string; readonly address: Address },
  node: MapNode,
  fields: DeclaredResource['fields'],
  source: SourceText,
): DeclaredResource {
  const id = textOf(member(node, 'id')) ?? null;
  return { kind, sort, name, address, id, fields, source: placeOf(source, node.at) };
}

function unnamed(node: MapNode, source: SourceText): Diagnostic {
  return {
    code: 'missing-key',
    severity: 'error',
    address: null,
    source: placeOf(source, node.at),
    message: 'the mailbox does not say whose it is; one of the keys user, queue, forward is required',
    hint: 'For example: - user: alice@contoso.com',
  };
}

function namedTwice(node: MapNode, sorts: readonly Sort[], source: SourceText): Diagnostic {
  const second = sorts[1] ?? 'user';
  return {
    code: 'wrong-value',
    severity: 'error',
    address: null,
    source: placeOf(source, node.entries.get(second)?.keyAt ?? node.at),
    message: `the mailbox has the keys ${sorts.join(' and ')}; exactly one of user, queue, forward is allowed`,
    hint: 'Make two items of it.',
  };
}
