/** The items of one file as the model knows them. Items that the schema refused are left out. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import {
  type Address,
  mailboxAddress,
  profileAddress,
  SETTINGS_ADDRESS,
  SORTS,
  type Sort,
} from '../model/address.ts';
import type { Declared, DeclaredResource, DeclaredRule, Match, RuleInclude } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { mailboxRows, rowsOf, ruleRows } from './config-schema.ts';
import { pathKey } from './item-path.ts';
import { declared, fieldReaders, readFields, sourceOf } from './read-fields.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { itemsOf, type MapNode, member, type Node, textOf, textsOf } from './tree.ts';

export interface FileItems {
  readonly profiles: readonly DeclaredResource[];
  readonly settings: readonly DeclaredResource[];
  readonly rules: readonly DeclaredRule[];
  readonly mailboxes: readonly DeclaredResource[];
  readonly diagnostics: readonly Diagnostic[];
}

const PROFILE_READERS = fieldReaders(rowsOf(CATALOGUE, 'profile'));
const SETTINGS_READERS = fieldReaders(rowsOf(CATALOGUE, 'settings'));
const RULE_READERS = fieldReaders(ruleRows(CATALOGUE));
const MAILBOX_READERS = fieldReaders(mailboxRows(CATALOGUE));

const INCLUDES: readonly RuleInclude[] = ['disabled-users', 'application-users', 'personal-queues'];

export function readItems(tree: Node, source: SourceText, refused: ReadonlySet<string>): FileItems {
  const accepted = (key: string): readonly MapNode[] =>
    itemsOf(member(tree, key)).filter(
      (node, index): node is MapNode => node.kind === 'map' && !refused.has(pathKey([key, index])),
    );
  const mailboxes = accepted('mailboxes').map((node) => readMailbox(node, source));
  return {
    profiles: accepted('serverProfiles').map((node) => readProfile(node, source)),
    settings: refused.has('emailSettings') ? [] : readSettings(tree, source),
    rules: accepted('rules').map((node) => readRule(node, source)),
    mailboxes: mailboxes.filter((item) => 'kind' in item),
    diagnostics: mailboxes.filter((item) => 'code' in item),
  };
}

function readProfile(node: MapNode, source: SourceText): DeclaredResource {
  const name = textOf(member(node, 'name')) ?? '';
  const fields = readFields(node, PROFILE_READERS, { source });
  return resource('profile', null, { name, address: profileAddress(name) }, node, fields, source);
}

function readSettings(tree: Node, source: SourceText): readonly DeclaredResource[] {
  const node = member(tree, 'emailSettings');
  if (node?.kind !== 'map') return [];
  const fields = readFields(node, SETTINGS_READERS, { source });
  return [resource('settings', null, { name: 'email', address: SETTINGS_ADDRESS }, node, fields, source)];
}

function readMailbox(node: MapNode, source: SourceText): DeclaredResource | Diagnostic {
  const named = SORTS.filter((sort) => node.entries.has(sort));
  const [sort, other] = named;
  if (sort === undefined) return unnamed(node, source);
  if (other !== undefined) return namedTwice(node, named, source);
  const nameNode = member(node, sort);
  const name = textOf(nameNode) ?? '';
  const fields = new Map<string, Declared>();
  if (sort === 'forward' && nameNode !== undefined) fields.set('name', declared(name, nameNode, { source }));
  for (const [key, field] of readFields(node, MAILBOX_READERS, { source })) fields.set(key, field);
  return resource('mailbox', sort, { name, address: mailboxAddress(sort, name) }, node, fields, source);
}

function readRule(node: MapNode, source: SourceText): DeclaredRule {
  const name = textOf(member(node, 'name')) ?? '';
  const context = { source, rule: name };
  return {
    name,
    match: readMatch(member(node, 'match')),
    except: itemsOf(member(node, 'except')).map((entry) => textOf(entry) ?? readMatch(entry)),
    include: textsOf(member(node, 'include')).flatMap((text) => INCLUDES.filter((known) => known === text)),
    fields: readFields(node, RULE_READERS, context),
    source: sourceOf(node.at, context),
  };
}

function readMatch(node: Node | undefined): Match {
  const sorts = textsOf(member(node, 'mailboxOf')).filter((sort) => sort === 'user' || sort === 'queue');
  const patterns = textsOf(member(node, 'emailAddress'));
  return {
    ...(sorts.length > 0 ? { mailboxOf: sorts } : {}),
    ...(patterns.length > 0 ? { emailAddress: patterns } : {}),
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
