/** The field reference for administrators, as Markdown: made from the rows, the types and what is left out, and nothing else. */

import type { Kind } from '../model/address.ts';
import type { Catalogue } from './catalogue.ts';
import { valuesOf } from './describe.ts';
import { exampleYaml } from './example.ts';
import type { FieldRow, Reset } from './field.ts';
import { LEFT_OUT, PAGE_SWITCHES_LEFT_OUT, WRITTEN_ALONG } from './left-out.ts';
import { PROFILE_TYPE_FACTS, PROFILE_TYPES, type ProfileType } from './profile-types.ts';

const KINDS: Readonly<Record<Kind, { readonly title: string; readonly intro: string }>> = {
  profile: {
    title: 'Server profiles',
    intro:
      'Items of `serverProfiles`. `authentication` at the top of a profile sets both directions at once.',
  },
  settings: {
    title: 'E-mail settings',
    intro: 'Keys of `emailSettings`: the e-mail pages of the environment.',
  },
  mailbox: {
    title: 'Mailboxes',
    intro:
      'Items of `mailboxes`, named by `user` (sign-in name), `queue` or `forward` (names), and by `id` as well where a name is not enough. What is marked so may stand in a rule too.',
  },
};

export function fieldReference(catalogue: Catalogue): string {
  const parts = [
    HEADER,
    ...(['profile', 'settings', 'mailbox'] as const).flatMap((kind) => kindParts(catalogue, kind)),
    '## What the types of server profile allow',
    typeTable(),
    '## What is left out',
    'Everything else that could be written, and why it is no field.',
    leftOutTable(),
    'Switches of the admin pages that have no field:',
    table(
      ['switch', 'page', 'reason'],
      PAGE_SWITCHES_LEFT_OUT.map(({ label, page, reason }) => [label, page, reason]),
    ),
    'Columns that are written along with a field:',
    table(
      ['table', 'columns', 'reason'],
      WRITTEN_ALONG.map((entry) => [entry.table, code(entry.columns), entry.reason]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

const HEADER = `# Field reference

Every field that a configuration can declare. This page is made from the catalogue by \`npm run generate\`; the same
texts are what an editor shows with \`config.schema.json\`.

A field that is not written is not managed: it is neither compared nor changed. "Default" is what the service has where
nobody ever set anything. "Column" is the column of the Dataverse table behind the field.`;

function kindParts(catalogue: Catalogue, kind: Kind): readonly string[] {
  const rows = catalogue.rows(kind);
  const declared = rows.filter(({ yaml }) => yaml !== undefined);
  const observed = rows.filter(({ yaml }) => yaml === undefined);
  const { title, intro } = KINDS[kind];
  return [
    `## ${title}`,
    intro,
    overview(declared),
    ...declared.map((row) => entry(row, catalogue)),
    ...(observed.length === 0 ? [] : [observedTable(observed, title)]),
  ];
}

function overview(rows: readonly FieldRow[]): string {
  return table(
    ['key', 'what', 'values', 'default'],
    rows.map((row) => [`\`${row.key}\``, row.title, valuesOf(row), defaultOf(row)]),
  );
}

function defaultOf({ yaml }: FieldRow): string {
  return yaml?.default === undefined ? '' : `\`${yaml.default}\``;
}

function entry(row: FieldRow, catalogue: Catalogue): string {
  const { yaml, kind, key } = row;
  const meanings = Object.entries(yaml?.meanings ?? {}).map(([value, text]) => `  - \`${value}\`: ${text}`);
  const facts = [
    fact('Values', [valuesOf(row), ...meanings].join('\n')),
    fact('Default', defaultOf(row)),
    fact('For', kind === 'mailbox' ? mailboxesOf(row) : ''),
    fact('Column', columnsOf(row)),
    fact('A change', (row.resets ?? []).map((reset) => resetText(reset, catalogue)).join(' ')),
    fact('Risk', row.risk === undefined ? '' : `${row.risk.text} Guard: \`${row.risk.guard}\`.`),
  ];
  const lines = facts.filter((line) => line !== '').join('\n');
  const heading = `### ${KINDS[kind].title}: \`${key}\``;
  return [heading, yaml?.summary ?? '', lines, `\`\`\`yaml\n${exampleYaml(row)}\n\`\`\``].join('\n\n');
}

function fact(name: string, text: string): string {
  return text === '' ? '' : `- **${name}**: ${text}`;
}

function mailboxesOf({ yaml }: FieldRow): string {
  const sorts = (yaml?.sorts ?? ['user', 'queue', 'forward']).join(', ');
  return `${sorts}; ${yaml?.inRules === true ? 'may stand in a rule' : 'single items only'}`;
}

/** Read and written columns; of a secret also the one that is only written. */
function columnsOf({ codec, secretOf }: FieldRow): string {
  if (codec === undefined) return 'none; it says how the item is managed';
  const tables = Object.entries({ ...codec.columns, ...codec.writtenOnly }).map(
    ([name, columns]) => `${name} ${code(columns ?? [])}`,
  );
  if (secretOf === undefined || codec.encode === undefined) return tables.join('; ');
  const written = codec.encode({ secret: 'env:NAME' }, { self: {}, owner: null, ownerTable: null });
  return `${code(Object.keys(written.columns))}, never read back; ${tables.join('; ')} tells whether one is set`;
}

function resetText({ on, fields, effect }: Reset, catalogue: Catalogue): string {
  const titles = fields.map((key) => `"${catalogue.row('mailbox', key)?.title ?? key}"`).join(', ');
  const whose = on === 'mailboxes' ? 'every mailbox of the profile' : 'the mailbox';
  return effect === 'invalidates'
    ? `${titles} of ${whose} hold no longer.`
    : `The service may also clear ${titles} of ${whose}.`;
}

function observedTable(rows: readonly FieldRow[], title: string): string {
  const lines = rows.map((row) => [`\`${row.key}\``, row.title, columnsOf(row)]);
  return `${title}: fields that are only read, as reports name them.\n\n${table(['field', 'what', 'column'], lines)}`;
}

function typeTable(): string {
  const head = ['type', 'authentication', 'servers', 'auto-discover', 'ports', 'appointments', 'approved by'];
  return table(head, PROFILE_TYPES.map(typeLine));
}

function typeLine(type: ProfileType): readonly string[] {
  const facts = PROFILE_TYPE_FACTS[type];
  const { ports, authentication, servers, autoDiscover, appointmentsContactsTasks, approvedBy } = facts;
  return [
    `\`${type}\``,
    code(authentication),
    servers,
    autoDiscover,
    ports === null ? 'none' : `${ports.incoming} in, ${ports.outgoing} out`,
    appointmentsContactsTasks ? 'yes' : 'no',
    approvedBy === 'tenant' ? 'tenant roles and Dataverse roles' : 'Dataverse roles',
  ];
}

function leftOutTable(): string {
  return table(
    ['table', 'columns', 'reason', 'page looked at'],
    LEFT_OUT.map(({ table: name, columns, reason, page = '' }) => [name, code(columns), reason, page]),
  );
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
