/** The example of a field where it stands in a file: as data, and as the YAML that people would write. */

import type { FieldRow } from './field.ts';

type Plain = Readonly<Record<string, unknown>>;

/** A file that declares this field and no more than its item needs. */
export function exampleFile(row: FieldRow): Plain {
  const value = nest(row.key.split('.'), row.yaml?.example);
  switch (row.kind) {
    case 'profile':
      return { serverProfiles: [{ ...PROFILE, ...value }] };
    case 'settings':
      return { emailSettings: value };
    case 'mailbox':
      return { mailboxes: [mailboxWith(row, value)] };
  }
}

const PROFILE = { name: 'Contoso mail' };

function mailboxWith({ key, yaml }: FieldRow, value: Plain): Plain {
  // A forward mailbox has its name from the key that names it.
  if (key === 'name') return { forward: yaml?.example };
  const sort =
    yaml?.sorts?.[0] ?? (key.startsWith('credentials') || key === 'emailAddress' ? 'queue' : 'user');
  return { [sort]: NAMES[sort], ...value };
}

const NAMES = { user: 'alice@contoso.com', queue: 'Support', forward: 'Inbound' } as const;

function nest([key = '', ...rest]: readonly string[], value: unknown): Plain {
  return { [key]: rest.length === 0 ? value : nest(rest, value) };
}

/** Block style down to the field, flow style for what it holds. */
export function exampleYaml(row: FieldRow): string {
  return block(exampleFile(row), row.key.split('.').length, '').join('\n');
}

function block(data: Plain, depth: number, indent: string): readonly string[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (Array.isArray(value) && indent === '') return [`${key}:`, ...listItem(value[0] as Plain, depth)];
    if (!isMapping(value) || depth <= 1 - Number(indent === '')) return [`${indent}${key}: ${flow(value)}`];
    return [`${indent}${key}:`, ...block(value, depth - 1, `${indent}  `)];
  });
}

function listItem(item: Plain, depth: number): readonly string[] {
  const [first = '', ...rest] = block(item, depth, '    ');
  return [first.replace(/^ {4}/u, '  - '), ...rest];
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMapping(value)) {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${flow(member)}`);
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' && !/^[A-Za-z0-9][\w .@/()-]*$|^https:\S+$/u.test(value)
    ? JSON.stringify(value)
    : String(value);
}

function isMapping(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
