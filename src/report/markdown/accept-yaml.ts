/**
 * The YAML that makes what is there be what is declared: to be pasted where somebody's change by hand was right. Only
 * for fields that can be declared, only for values that the YAML gives back as they are, and never for secrets.
 */

import { CATALOGUE } from '../../catalogue/catalogue.ts';
import type { FieldRow } from '../../catalogue/field.ts';
import { type ParsedAddress, parseAddress } from '../../model/address.ts';
import type { DriftFinding } from '../../model/drift.generated.ts';
import { canonical, isRef, type Value } from '../../model/value.ts';
import { groupBy } from '../group.ts';

type YamlScalar = string | number | boolean;

/** Lines of YAML for findings of one kind of resource; empty where nothing can be declared so. */
export function acceptLines(findings: readonly DriftFinding[]): readonly string[] {
  const items = groupBy(findings, ({ address }) => address).flatMap(itemLines);
  const [first] = findings;
  const kind = first === undefined ? null : parseAddress(first.address)?.kind;
  if (items.length === 0 || kind === null || kind === undefined) return [];
  return [LISTS[kind], ...items.map((line) => `  ${line}`)];
}

const LISTS = { profile: 'serverProfiles:', settings: 'emailSettings:', mailbox: 'mailboxes:' } as const;

/** All of a resource in one item: another one of the same name would be an error. */
function itemLines(findings: readonly DriftFinding[]): readonly string[] {
  const parsed = parseAddress(findings[0]?.address ?? '');
  if (parsed === null) return [];
  const fields = findings.flatMap(({ field, actual }): readonly Declared[] => {
    if (field === null) return [];
    const declared = declaredValue(CATALOGUE.row(parsed.kind, field), actual);
    return declared === null ? [] : [{ path: field.split('.'), declared }];
  });
  const lines = groupBy(fields, ({ path: [outer = ''] }) => outer).flatMap(fieldLines);
  if (parsed.kind === 'settings' || lines.length === 0) return lines;
  return [`- ${keyOf(parsed)}: ${scalar(parsed.name)}`, ...lines.map((line) => `  ${line}`)];
}

function keyOf({ kind, sort }: ParsedAddress): string {
  return kind === 'profile' ? 'name' : (sort ?? 'user');
}

interface Declared {
  readonly path: readonly string[];
  readonly declared: YamlScalar;
}

/** `newMailboxes.incoming` is a key within a key, which is written once for all that are in it. */
function fieldLines(fields: readonly Declared[]): readonly string[] {
  return fields.flatMap(({ path: [outer = '', inner], declared }, index) => {
    if (inner === undefined) return [`${outer}: ${scalar(declared)}`];
    return [...(index === 0 ? [`${outer}:`] : []), `  ${inner}: ${scalar(declared)}`];
  });
}

/** Keys that mean something only together with others, or identify the item. */
const NOT_ALONE = /^credentials|^(name|absent|renamedFrom|type)$/u;

function declaredValue(row: FieldRow | undefined, actual: Value): YamlScalar | null {
  if (row?.yaml === undefined || row.secretOf !== undefined || NOT_ALONE.test(row.key)) return null;
  // What is not approved may be declared so; nobody vouches for an address by taking over what is there.
  if (row.verb === 'approve') return actual === 'approved' || row.key !== 'approved' ? null : false;
  const yaml = yamlOf(actual);
  if (yaml === null || !isAllowed(row, yaml)) return null;
  const given = row.yaml.parse === undefined ? yaml : row.yaml.parse(yaml);
  return given !== undefined && canonical(given) === canonical(actual) ? yaml : null;
}

function yamlOf(actual: Value): YamlScalar | null {
  if (isRef(actual)) return parseAddress(actual.ref)?.name ?? null;
  return typeof actual === 'string' || typeof actual === 'number' || typeof actual === 'boolean'
    ? actual
    : null;
}

function isAllowed({ yaml }: FieldRow, value: YamlScalar): boolean {
  const { type, enum: values } = yaml?.schema ?? {};
  if (Array.isArray(values)) return values.includes(value);
  return type === typeof value || (type === 'integer' && Number.isInteger(value));
}

/** Words that every reader of YAML takes for text; all others are quoted, as JSON is. */
const PLAIN = /^[A-Za-z][\w.@/-]*( [A-Za-z][\w.@/-]*)*$/u;
const NO_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/iu;

function scalar(value: YamlScalar): string {
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !NO_TEXT.test(value) ? value : JSON.stringify(value);
}
