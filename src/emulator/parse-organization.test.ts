import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/organization.schema.json' with { type: 'json' };
import { OrganizationError, parseOrganization } from './parse-organization.ts';
import { switchTable } from './switches.ts';

const head = 'version: 1\norganizationId: d76771b5-0b80-ef11-ac1c-0022482cc906\n';

function problems(text: string): string {
  try {
    parseOrganization(text, 'organization.yaml');
  } catch (error) {
    if (error instanceof OrganizationError) return error.message;
    throw error;
  }
  return '';
}

describe('an organization file', () => {
  it.each([
    [
      'a key that is not known',
      `${head}users:\n  - signIn: a@b.c\n    nam: x\n`,
      'organization.yaml:5:5  users.0.nam is not known',
    ],
    [
      'a missing key',
      `${head}users:\n  - name: x\n`,
      "organization.yaml:4:5  users.0 must have required property 'signIn'",
    ],
    [
      'a value of a switch that does not exist',
      `${head}switches:\n  editWithTest: maybe\n`,
      'organization.yaml:4:3  switches.editWithTest must be equal to one of the allowed values: accepted, testIgnored, refused',
    ],
    [
      'a column that does not exist',
      `${head}profiles:\n  - name: P\n    servrtype: 1\n`,
      'organization.yaml:5:5  table emailserverprofile has no column "servrtype"',
    ],
    [
      'a choice that does not exist',
      `${head}users:\n  - signIn: a@b.c\n    mailbox:\n      actdeliverymethod: Maybe\n`,
      'organization.yaml:6:7  mailbox.actdeliverymethod: "Maybe" is no choice; use one of: Microsoft Dynamics 365 for Outlook, Server-Side Synchronization, None',
    ],
    [
      'a name that nothing has',
      `${head}queues:\n  - name: Q\n    owner: nobody@b.c\n`,
      'organization.yaml:5:5  no user or team is named "nobody@b.c"',
    ],
    [
      'two entries of one name without ids',
      `${head}queues:\n  - name: Q\n    id: 11111111-1111-4111-8111-111111111111\n  - name: Q\n  - name: q\n`,
      'organization.yaml:7:5  queues has another entry named "q"; give all of them but one an id',
    ],
    [
      'two users of one sign-in name without ids',
      `${head}users:\n  - signIn: a@b.c\n  - signIn: A@b.c\n`,
      'organization.yaml:5:5  users has another entry named "A@b.c"; give all of them but one an id',
    ],
    [
      'broken YAML',
      `${head}users: [\n`,
      'organization.yaml:4:1  Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('%s is told with its line', (_name, text, expected) => {
    expect(problems(text)).toBe(expected);
  });

  it('tells all problems at once', () => {
    expect(problems('version: 2\norganizationId: x\n').split('\n').length).toBe(2);
  });
});

describe('its schema', () => {
  it('is itself as a schema has to be', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    expect(() => ajv.compile(schema)).not.toThrow();
    expect(() => ajv.compile({ ...schema, $id: 'wrong', required: 'version' })).toThrow('schema is invalid');
  });

  it('lists every switch with its values and default', () => {
    const inSchema = Object.entries(schema.properties.switches.properties).map(
      ([name, { enum: values, default: standard }]) => [
        name,
        [...new Set(values.map(String))],
        String(standard),
      ],
    );
    const inTable = Object.entries(switchTable).map(([name, row]) => [name, [...row.values], row.default]);
    expect(inSchema).toEqual(inTable);
  });
});
