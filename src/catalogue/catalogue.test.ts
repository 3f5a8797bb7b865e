/** A spec over all rows of the catalogue: each is complete, explains itself, and reads and writes what it says. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValues, Value } from '../model/value.ts';
import { GUARD_NAMES } from '../plan/safety/guard.ts';
import {
  CATALOGUE,
  decodeFields,
  demandedFields,
  demandedInTheEnd,
  makeCatalogue,
  ROWS,
  selectedColumns,
} from './catalogue.ts';
import {
  type EncodedCell,
  type FieldRow,
  field,
  type NameRecord,
  type RawRecord,
  type RawRow,
} from './field.ts';

const PROFILE_ID = '7eedeb22-6a30-4a66-808b-00c25a95b03f';
const PROFILE = { ref: 'profile:Exchange Online' };
const nameRecord: NameRecord = (_table, id) => (id === PROFILE_ID ? PROFILE.ref : null);

const FORWARD: RawRecord = { self: {}, owner: null, ownerTable: null };
const OF_USER: RawRecord = { self: {}, owner: {}, ownerTable: 'systemuser' };
const OF_QUEUE: RawRecord = { self: {}, owner: {}, ownerTable: 'queue' };

type YamlRow = FieldRow & { readonly yaml: NonNullable<FieldRow['yaml']> };
type WrittenRow = FieldRow & { readonly codec: Required<NonNullable<FieldRow['codec']>> };

const yamlRows = ROWS.filter((row): row is YamlRow => row.yaml !== undefined);
const writtenRows = ROWS.filter((row): row is WrittenRow => row.codec?.encode !== undefined);

function titled<Row extends FieldRow>(rows: readonly Row[]): readonly (readonly [string, Row])[] {
  return rows.map((row) => [`${row.kind} ${row.key}`, row] as const);
}

describe('every row', () => {
  it.each(titled(ROWS))('%s has a title, and resets rows that exist', (_name, row) => {
    expect(row.title.trim()).toMatch(/^[A-Z].+[^.]$/u);
    const targets = (row.resets ?? []).flatMap(({ on, fields }) =>
      fields.map((key) => CATALOGUE.row(on === 'mailboxes' ? 'mailbox' : row.kind, key)),
    );
    expect(targets.filter((target) => target === undefined)).toEqual([]);
  });

  it.each(titled(ROWS.filter(({ secretOf }) => secretOf !== undefined)))(
    '%s names the fields of its group',
    (_name, { kind, secretOf = [] }) => {
      expect(secretOf.filter((key) => CATALOGUE.row(kind, key) === undefined)).toEqual([]);
    },
  );

  it('titles tell the rows of a kind apart', () => {
    const titles = ROWS.map(({ kind, title }) => `${kind} ${title}`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe('every risk', () => {
  it.each(titled(ROWS.filter(({ risk }) => risk !== undefined)))(
    '%s is a sentence, and a guard looks at it',
    (_name, { risk }) => {
      expect(risk?.text).toMatch(/^[A-Z].*\.$/su);
      expect(GUARD_NAMES).toContain(risk?.guard);
    },
  );
});

describe('every row with a YAML key', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);

  it.each(titled(yamlRows))('%s has a summary and an example that its schema accepts', (_name, { yaml }) => {
    expect(yaml.summary).toMatch(/^[A-Z].*\.$/su);
    const validate = ajv.compile(yaml.schema);
    expect([validate(yaml.example), validate.errors ?? []]).toEqual([true, []]);
    if (yaml.default !== undefined) expect(validate(yaml.default)).toBe(true);
    expect(validate([yaml.example])).toBe(false);
  });

  it.each(titled(yamlRows))('%s can be told from its example', (_name, { yaml }) => {
    expect(declaredValue(yaml, yaml.example)).not.toBeUndefined();
  });
});

/** The values that a row can be asked for: those its schema lists, or its example. */
function valuesOf({ kind, key, yaml, secretOf }: FieldRow): readonly Value[] {
  if (key === 'approved') return ['approved', 'rejected'];
  if (key === 'testAndEnable') return [true];
  if (secretOf !== undefined) return [{ secret: 'env:SUPPORT_PASSWORD' }];
  if (key === 'credentials') return ['allowed', 'none'];
  if (key.endsWith('erverProfile')) return [PROFILE];
  // A type is told from the credentials of both directions, which are fields of their own.
  if (kind === 'profile' && key === 'type') return [];
  const { enum: listed, type } = yaml?.schema ?? {};
  if (Array.isArray(listed)) return listed as Value[];
  return type === 'boolean' ? [true, false] : [declaredValue(yaml, yaml?.example) as Value];
}

function declaredValue(yaml: FieldRow['yaml'], example: unknown): unknown {
  return yaml?.parse === undefined ? example : yaml.parse(example);
}

/** The row as the service would show it after the write. */
function written(record: RawRecord, row: WrittenRow, value: Value): RawRecord {
  const { on, columns } = row.codec.encode(value, record);
  const shown: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(columns)) Object.assign(shown, shownCell(column, cell));
  // The service mirrors the address and the approval of a user or queue to its mailbox.
  const mirrored = { ...shown, emailaddress: shown.internalemailaddress ?? shown.emailaddress };
  if (on === 'self') return { ...record, self: { ...record.self, ...shown } };
  return { ...record, owner: { ...record.owner, ...shown }, self: { ...record.self, ...mirrored } };
}

function shownCell(column: string, cell: EncodedCell): RawRow {
  if (typeof cell !== 'object' || cell === null) return { [column]: cell };
  return 'secret' in cell ? { [`is${column}set`]: true } : { [`_${column}_value`]: PROFILE_ID };
}

describe('every row that is written', () => {
  const cases = titled(writtenRows).flatMap(([name, row]) =>
    valuesOf(row).map((value) => [`${name}: ${JSON.stringify(value)}`, row, value] as const),
  );

  it.each(cases)('reads back %s', (_name, row, value) => {
    const expected = row.secretOf === undefined ? value : { is_set: true };
    for (const record of row.kind === 'mailbox' ? [FORWARD, OF_USER, OF_QUEUE] : [FORWARD]) {
      expect(row.codec.decode(written(record, row, value), nameRecord)).toEqual(expected);
    }
  });

  it.each(titled(writtenRows))('%s refuses what is no value of it', (_name, row) => {
    const wrong: Value = row.key === 'testAndEnable' ? true : { unknown: 'option 9' };
    const encode = (): unknown => row.codec.encode(wrong, OF_USER);
    if (row.key === 'testAndEnable' || row.key === 'credentials') expect(encode()).toBeDefined();
    else expect(encode).toThrow(TypeError);
  });
});

describe('decoding', () => {
  const cell = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, null, '', -1, 9, 1e9, true, '1900-01-01T00:00:00Z', PROFILE_ID, 'unlikely'),
    fc.constantFrom('<EmailSettings>', '<EmailSettings/>', '<!DOCTYPE a><EmailSettings/>', '<__proto__/>'),
    fc.constantFrom<unknown>({ toString: 1 }, { toString: null, valueOf: 2 }, [{ toString: 1 }]),
  );
  const columns = [
    ...new Set(
      (['mailbox', 'emailserverprofile', 'organization', 'systemuser', 'queue'] as const).flatMap((table) =>
        selectedColumns(CATALOGUE, table, new Set()),
      ),
    ),
  ];
  const row = fc.record(Object.fromEntries(columns.map((column) => [column, cell])), { requiredKeys: [] });

  it('never throws, whatever the row holds', () => {
    fc.assert(
      fc.property(row, row, fc.constantFrom('systemuser', 'queue', null), (self, owner, ownerTable) => {
        const record = { self, owner: ownerTable === null ? null : owner, ownerTable };
        for (const kind of ['profile', 'settings', 'mailbox'] as const) {
          const fields = decodeFields(CATALOGUE, kind, record, () => null);
          expect(Object.values(fields)).not.toContain(undefined);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives an unknown for options of a later version', () => {
    const later = Object.fromEntries(columns.map((column) => [column, 99]));
    const fields = decodeFields(CATALOGUE, 'mailbox', { ...FORWARD, self: later }, () => null);
    expect([fields.incoming, fields.approved, fields.state, fields['tests.outgoing']]).toEqual(
      Array.from({ length: 4 }, () => ({ unknown: 'option 99' })),
    );
  });

  it('says null of a lookup that is empty, and that a record is not known', () => {
    const codec = CATALOGUE.row('mailbox', 'serverProfile')?.codec;
    const decode = (self: RawRow): Value | undefined => codec?.decode({ ...FORWARD, self }, nameRecord);
    expect(decode({ _emailserverprofile_value: null })).toBeNull();
    expect(decode({ _emailserverprofile_value: PROFILE_ID })).toEqual(PROFILE);
    expect(decode({ _emailserverprofile_value: 'gone' })).toEqual({ unknown: 'record gone' });
  });
});

describe('recorded rows of the service', () => {
  const fixture = (name: string): RawRow =>
    JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

  it('decodes a forward mailbox right after it was created', () => {
    expect(decodeFields(CATALOGUE, 'mailbox', { ...FORWARD, self: fixture('mailbox') }, nameRecord)).toEqual({
      name: 'contoso',
      emailAddress: 'contoso@contoso.com',
      serverProfile: PROFILE,
      incoming: 'server-side-sync',
      outgoing: 'none',
      appointmentsContactsTasks: 'none',
      deleteEmailsAfterProcessing: false,
      processEmailsFrom: null,
      credentials: 'none',
      'credentials.username': null,
      'credentials.password': { is_set: false },
      approved: 'approved',
      testAndEnable: false,
      syncFromThisOrganizationOnly: false,
      state: 'active',
      'tests.incoming': 'not-run',
      'tests.outgoing': 'not-run',
      'tests.appointmentsContactsTasks': 'not-run',
      'enabled.incoming': true,
      'enabled.outgoing': false,
      'enabled.appointmentsContactsTasks': true,
      'tests.scheduled': false,
      'tests.completedOn': null,
      'tests.requestedOn': null,
      'approval.on': null,
      'approval.byTenant': false,
      'processing.attemptedOn': null,
      signedIn: false,
      'failures.transient': 0,
    });
  });

  const usual = {
    'newMailboxes.serverProfile': PROFILE,
    'newMailboxes.incoming': 'server-side-sync',
    'newMailboxes.outgoing': 'server-side-sync',
    'newMailboxes.appointmentsContactsTasks': 'none',
    'onlyApproved.users': true,
    'onlyApproved.queues': true,
    'tracking.folderLevel': false,
    'tracking.folderMappings': 25,
    'tracking.correlation': true,
    'tracking.tokenPrefix': 'CRM:;',
    'tracking.tokenBase': 0,
    'tracking.tokenUserDigits': 3,
    'tracking.tokenMessageDigits': 3,
    'tracking.smartMatching': null,
    'tracking.smartMatchingMaxWords': null,
    'tracking.smartMatchingMinRecipients': null,
    'tracking.smartMatchingMaxDifference': null,
    'tracking.betweenUsersAsTwo': true,
    'forms.secureFrames': false,
    'forms.unresolvedRecipients': false,
    'forms.multipleMatchesUnresolved': false,
    'forms.resolveSimilar': true,
    'forms.sendDirectEmail': false,
    'alerts.errors': true,
    'alerts.warnings': true,
    'alerts.information': true,
    'alerts.notifyOwner': false,
  };

  it.each<[string, FieldValues]>([
    [
      'organization-2024',
      { 'tracking.smartMatchingFilter': '^[\\s]*([\\w]+\\s?:[\\s]*)+', 'attachments.maxSizeKB': 5120 },
    ],
    ['organization-2025', { 'tracking.smartMatchingFilter': null, 'attachments.maxSizeKB': 123456 / 1024 }],
  ])('decodes %s', (name, own) => {
    const record = { ...FORWARD, self: fixture(name) };
    expect(decodeFields(CATALOGUE, 'settings', record, nameRecord)).toEqual({ ...usual, ...own });
  });
});

describe('selectedColumns', () => {
  it('names each column once, sorted, without those that the environment lacks', () => {
    const all = selectedColumns(CATALOGUE, 'mailbox', new Set());
    expect(all).toEqual([...new Set(all)].sort());
    expect(selectedColumns(CATALOGUE, 'mailbox', new Set(['emailaddress']))).toEqual(
      all.filter((column) => column !== 'emailaddress'),
    );
  });

  it('leaves out what is only written', () => {
    expect(selectedColumns(CATALOGUE, 'queue', new Set())).toEqual(['emailrouteraccessapproval']);
  });
});

describe('demandedFields', () => {
  const mail = { incoming: 'server-side-sync', outgoing: 'none' };
  const cases: readonly (readonly [string, FieldValues, FieldValues, FieldValues])[] = [
    ['a plain field is demanded as declared', { incoming: 'none' }, {}, { incoming: 'none' }],
    [
      'another address is demanded',
      { emailAddress: 'b@x.org' },
      { emailAddress: 'a@x.org' },
      { emailAddress: 'b@x.org' },
    ],
    ['the spelling of an address is not', { emailAddress: 'A@x.org' }, { emailAddress: 'a@X.org' }, {}],
    ['approval is a status', { approved: true }, { approved: 'pending' }, { approved: 'approved' }],
    ['no approval is met by pending', { approved: false }, { approved: 'pending' }, {}],
    ['no approval is met by empty', { approved: false }, { approved: 'empty' }, {}],
    ['no approval is met by rejected', { approved: false }, { approved: 'rejected' }, {}],
    ['no approval takes one away', { approved: false }, { approved: 'approved' }, { approved: 'rejected' }],
    [
      'also one on the owner',
      { approved: false },
      { approved: 'approved-on-owner' },
      { approved: 'rejected' },
    ],
    [
      'also one that may be there',
      { approved: false },
      { approved: { unknown: 'x' } },
      { approved: 'rejected' },
    ],
    [
      'tests are demanded where mail is synchronized',
      { testAndEnable: true },
      mail,
      { 'tests.incoming': 'success', 'enabled.incoming': true },
    ],
    ['another name is demanded', { name: 'B' }, { name: 'A' }, { name: 'B' }],
    ['the spelling of a name is not', { name: 'SUPPORT' }, { name: 'Support' }, {}],
    ['a name for what has none', { name: 'A' }, { name: null }, { name: 'A' }],
    [
      'how an item is managed demands nothing',
      { managed: true, protect: true, ignore: ['incoming'], applyDefaultEmailSettings: true },
      mail,
      {},
    ],
    ['no tests where nothing is', { testAndEnable: true }, { incoming: 'none' }, {}],
    ['no tests where none are wanted', { testAndEnable: false }, mail, {}],
  ];

  it.each(cases)('%s', (_name, declared, state, expected) => {
    const fields = new Map(Object.entries(declared).map(([key, value]) => [key, { value }]));
    expect(demandedFields(CATALOGUE, 'mailbox', fields, state)).toEqual(expected);
  });

  it('narrows to the rows asked for', () => {
    const fields = new Map([
      ['incoming', { value: 'none' }],
      ['outgoing', { value: 'none' }],
    ]);
    expect(demandedFields(CATALOGUE, 'mailbox', fields, {}, ({ key }) => key === 'outgoing')).toEqual({
      outgoing: 'none',
    });
  });
});

describe('demandedInTheEnd', () => {
  const tested = { testAndEnable: true };
  const results = (direction: string): FieldValues => ({
    [`tests.${direction}`]: 'success',
    [`enabled.${direction}`]: true,
  });

  it.each<[string, FieldValues, FieldValues, FieldValues]>([
    [
      'no test of what is to be turned off',
      { ...tested, incoming: 'none' },
      { incoming: 'server-side-sync', outgoing: 'server-side-sync' },
      { incoming: 'none', ...results('outgoing') },
    ],
    [
      'one of what is to be turned on',
      { ...tested, incoming: 'server-side-sync' },
      { incoming: 'none', outgoing: 'none' },
      { incoming: 'server-side-sync', ...results('incoming') },
    ],
    [
      'one of what stays as it is',
      tested,
      { incoming: 'server-side-sync', outgoing: 'none' },
      results('incoming'),
    ],
    [
      'all else compared with what is there',
      { emailAddress: 'B@x.org', approved: true },
      { emailAddress: 'b@x.org', approved: 'pending' },
      { approved: 'approved' },
    ],
  ])('%s', (_name, declared, state, expected) => {
    const fields = new Map(Object.entries(declared).map(([key, value]) => [key, { value }]));
    expect(demandedInTheEnd(CATALOGUE, 'mailbox', fields, state)).toEqual(expected);
  });
});

describe('making rows', () => {
  const good: FieldRow = {
    kind: 'mailbox',
    key: 'sample.key',
    title: 'Sample',
    verb: 'edit',
    yaml: { schema: { type: 'string' }, summary: 'A summary that says enough.', example: 'a' },
    codec: { columns: {}, decode: () => null, encode: () => ({ on: 'self', columns: {} }) },
  };

  it.each<[string, Partial<FieldRow>, string]>([
    ['a key in another case', { key: 'Sample-Key' }, 'the key is not lower camel case'],
    ['no title', { title: '' }, 'no title'],
    [
      'a summary that says nothing',
      { yaml: { ...good.yaml, schema: { type: 'string' }, summary: 'Too short.', example: '' } },
      'the summary says too little',
    ],
    [
      'meanings of other values',
      {
        yaml: {
          schema: { type: 'string', enum: ['a', 'b'] },
          summary: 'A summary that says enough.',
          example: 'a',
          meanings: { a: 'the first', c: 'no value' },
        },
      },
      'the meanings are not those of its values',
    ],
    [
      'a schema without a type',
      { yaml: { schema: {}, summary: 'A summary that says enough.', example: 'a' } },
      'the schema has no type',
    ],
  ])('refuses %s', (_name, parts, what) => {
    const row = { ...good, ...parts };
    expect(() => field(row)).toThrow(new TypeError(`Catalogue row mailbox ${row.key}: ${what}`));
  });

  it('refuses a row that nothing declares or observes, a write without a verb, a verb without a key', () => {
    const { yaml: _yaml, codec: _codec, verb: _verb, ...bare } = good;
    expect(() => field(bare)).toThrow('neither declared nor observed');
    expect(() => field({ ...bare, codec: good.codec ?? { columns: {}, decode: () => null } })).toThrow(
      'written by no verb',
    );
    expect(() => field({ ...bare, verb: 'edit', codec: { columns: {}, decode: () => null } })).toThrow(
      'has a verb but no YAML key',
    );
    expect(field(good)).toBe(good);
  });

  it('refuses two rows of one key', () => {
    expect(() => makeCatalogue([good, good])).toThrow('the same kind and key');
  });
});
