/** Says in words what is wrong with a key that the schema does not know. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { JsonSchema } from '../catalogue/field.ts';
import { mailboxRows, ruleRows } from './config-schema.ts';
import type { SchemaError, SchemaMessage } from './schema-error.ts';
import { MAILBOX_IDENTITY } from './schema-parts.ts';
import { MATCH_KEYS } from './schema-rules.ts';
import { inside, isReference, keysOf, meant, propertyOf, REFERENCE_HINT } from './schema-words.ts';
import type { Path } from './tree.ts';

/** Fields of mailboxes by their first step, but for those that also say who a mailbox is. */
const MANAGED_FIELDS = new Set(
  mailboxRows(CATALOGUE)
    .map(({ key }) => key.split('.')[0] ?? '')
    .filter((key) => !MATCH_KEYS.includes(key)),
);

/** Keys of an item of mailboxes that no rule has. */
const OF_ITEMS_ALONE = new Set(
  [
    ...Object.keys(MAILBOX_IDENTITY),
    ...mailboxRows(CATALOGUE).map(({ key }) => key.split('.')[0] ?? ''),
  ].filter((key) => !ruleRows(CATALOGUE).some((row) => row.key === key)),
);

/** So many allowed keys are not listed to somebody who is told the right one. */
const MANY_KEYS = 8;

export function unknownKey({ path, params, schema }: SchemaError): SchemaMessage {
  const written = String(params.additionalProperty);
  const known = keysOf(schema);
  const at = { key: written };
  const subject = `the key "${written}"${inside(path)}`;
  if (known.includes('user') && written.includes('@')) {
    const hint = `Write a list item with a key: - user: ${written}`;
    return { code: 'unknown-key', at, message: `${subject} is an e-mail address, not a key`, hint };
  }
  if (isManagedInMatch(path, written)) return managedInMatch(path, written);
  if (path[0] === 'rules' && path.length === 2 && OF_ITEMS_ALONE.has(written)) return ofItemsAlone(written);
  if (isReference(schema)) return keyOfReference(path, written, known);
  const code = path.length === 1 && path[0] === 'checks' ? 'check-unknown' : 'unknown-key';
  const hint = meant(written, known) ?? deeper(written, schema);
  const isClear = hint !== null && known.length > MANY_KEYS;
  const message = `${subject} is not known${isClear ? '' : `; use one of: ${known.join(', ')}`}`;
  return { code, at, message, hint };
}

/** A field that rules set: after the first run the rule would cover other mailboxes than before. */
function isManagedInMatch(path: Path, written: string): boolean {
  const inMatch = path[0] === 'rules' && (path[2] === 'match' || path[2] === 'except');
  return inMatch && MANAGED_FIELDS.has(written);
}

function managedInMatch(path: Path, written: string): SchemaMessage {
  return {
    code: 'rule-matches-managed-field',
    at: { key: written },
    message: `the key "${written}"${inside(path)} is a field that rules set; a rule can only match who a mailbox belongs to`,
    hint: `Use one of: ${MATCH_KEYS.join(', ')}.`,
  };
}

function ofItemsAlone(written: string): SchemaMessage {
  return {
    code: 'rule-sets-identity',
    at: { key: written },
    message: `the key "${written}" belongs to a single mailbox; a rule would give it to all that it covers`,
    hint: 'Write it in the item of the mailbox, under mailboxes.',
  };
}

/** `password: { value: … }`: what stands there probably is the secret. */
function keyOfReference(path: Path, written: string, known: readonly string[]): SchemaMessage {
  return {
    code: 'unknown-key',
    at: { key: written },
    message: `the key "${written}"${inside(path)} is not known; use one of: ${known.join(', ')}`,
    hint: meant(written, known) ?? REFERENCE_HINT,
  };
}

/** The same key exists one level further down. */
function deeper(written: string, schema: JsonSchema): string | null {
  const parents = keysOf(schema).filter((key) => keysOf(propertyOf(schema, key)).includes(written));
  return parents.length === 0
    ? null
    : `Write ${parents.map((parent) => `"${parent}.${written}"`).join(' or ')}.`;
}
