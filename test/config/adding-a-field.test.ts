/**
 * Adding a field touches one source file: the row. Here one is added that the product does not have, on a column that
 * nobody uses; everything else follows through the functions that the product itself runs.
 */

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  type Catalogue,
  decodeFields,
  demandedFields,
  makeCatalogue,
  ROWS,
  selectedColumns,
} from '../../src/catalogue/catalogue.ts';
import { textColumn } from '../../src/catalogue/codecs.ts';
import { field, type RawRecord } from '../../src/catalogue/field.ts';
import { fieldReference } from '../../src/catalogue/reference.ts';
import { configSchema } from '../../src/config/config-schema.ts';
import { parseYaml } from '../../src/config/parse-yaml.ts';
import { itemReaders, readItems } from '../../src/config/read-items.ts';
import { makeSourceText } from '../../src/config/source-text.ts';
import { encodeStep } from '../../src/dataverse/encode-step.ts';
import { columnsOf } from '../../src/dataverse/tables.ts';
import { diff } from '../../src/diff/diff.ts';
import type { DeclaredResource } from '../../src/model/config.ts';

const ADDED = field({
  kind: 'profile',
  key: 'undeliverableNote',
  title: 'Note on undeliverable mail',
  verb: 'edit',
  yaml: {
    schema: { type: 'string', maxLength: 200 },
    summary: 'What is written above mail that could not be delivered.',
    example: 'Please call us.',
  },
  codec: textColumn('emailserverprofile', 'acsemailservicename'),
});

const CATALOGUE: Catalogue = makeCatalogue([...ROWS, ADDED]);
const YAML = 'serverProfiles:\n  - { name: A, type: gmail, undeliverableNote: Please write. }\n';
const ACTUAL: RawRecord = {
  self: { name: 'A', acsemailservicename: 'Please call us.' },
  owner: null,
  ownerTable: null,
};

function declaredProfile(): DeclaredResource {
  const source = makeSourceText('mailboxctl.yaml', YAML);
  const { tree } = parseYaml(source);
  if (tree === null) throw new Error('the YAML of the test is broken');
  const file = { tree, source, refused: new Set<string>(), lists: new Map() };
  const [profile] = readItems(file, itemReaders(CATALOGUE)).profiles;
  if (profile === undefined) throw new Error('no profile was read');
  return profile;
}

describe('with one row more', () => {
  it('the schema knows the key, and an editor its text', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    addFormats.default(ajv);
    const accepts = ajv.compile(configSchema(CATALOGUE));
    expect(accepts({ serverProfiles: [{ name: 'A', undeliverableNote: 'Please write.' }] })).toBe(true);
    expect(accepts({ serverProfiles: [{ name: 'A', undeliverableNote: 1 }] })).toBe(false);
    expect(JSON.stringify(configSchema(CATALOGUE))).toContain(
      '"description":"What is written above mail that could not be delivered.","examples":["Please call us."]',
    );
  });

  it('YAML is read, with the place of the value', () => {
    expect(declaredProfile().fields.get('undeliverableNote')).toEqual({
      value: 'Please write.',
      source: { file: 'mailboxctl.yaml', line: 2, column: 48 },
    });
  });

  it('the column is asked for and decoded', () => {
    expect(selectedColumns(CATALOGUE, 'emailserverprofile', new Set())).toContain('acsemailservicename');
    expect(columnsOf(CATALOGUE, 'emailserverprofile', new Set())).toContain('acsemailservicename');
    const fields = decodeFields(CATALOGUE, 'profile', ACTUAL, () => null);
    expect(fields.undeliverableNote).toBe('Please call us.');
  });

  it('a difference is found and written', () => {
    const { address, fields } = declaredProfile();
    const actual = decodeFields(CATALOGUE, 'profile', ACTUAL, () => null);
    const wanted = demandedFields(CATALOGUE, 'profile', fields, actual, ({ key }) => key === ADDED.key);
    const set = diff(wanted, actual);
    expect(set).toEqual([{ field: ADDED.key, from: 'Please call us.', to: 'Please write.' }]);
    const step = { id: `${address}#edit`, verb: 'edit', address, set, after: [], because: [] } as const;
    expect(encodeStep(CATALOGUE, step, ACTUAL)).toEqual({
      self: { acsemailservicename: 'Please write.' },
      owner: {},
    });
  });

  it('reports have its title, and the reference its entry', () => {
    expect(CATALOGUE.row('profile', ADDED.key)?.title).toBe('Note on undeliverable mail');
    expect(fieldReference(CATALOGUE)).toContain(
      '### Server profiles: `undeliverableNote`\n\nWhat is written above mail that could not be delivered.\n',
    );
  });
});
