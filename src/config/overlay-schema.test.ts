import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { configSchema } from './config-schema.ts';
import { overlaySchema } from './overlay-schema.ts';

const OPTIONS = { strict: true, allowUnionTypes: true, validateFormats: false };
const base = new Ajv2020(OPTIONS).compile(configSchema(CATALOGUE));
const overlay = new Ajv2020(OPTIONS).compile(overlaySchema(configSchema(CATALOGUE)));

it('is committed as it is derived', async () => {
  const file = await readFile('schemas/overlay.schema.json', 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(overlaySchema(configSchema(CATALOGUE)))));
});

it.each([
  'mailboxes: [{ queue: A, outgoing: null }]',
  'mailboxes: [{ queue: A, credentials: null }]',
  'mailboxes: [{ queue: A, credentials: { password: null } }]',
  'serverProfiles: [{ name: A, incoming: { port: null } }]',
  'serverProfiles: [{ name: A, type: null }]',
  'emailSettings: { onlyApproved: { users: null } }',
  'emailSettings: { onlyApproved: null }',
  'rules: [{ name: A, match: { emailAddress: null }, except: null }]',
  'checks: { forward-mailbox: null }',
])('only an overlay takes back: %s', (yaml) => {
  expect([base(parse(yaml)), overlay(parse(yaml))]).toEqual([false, true]);
});

it.each([
  'mailboxes: [{ queue: null }]',
  'mailboxes: [{ queue: A, id: null }]',
  'mailboxes: [{ queue: A, credentials: { password: { env: null } } }]',
  'serverProfiles: [{ type: gmail }]',
  'rules: [{ name: null }]',
  'rules: [{ name: A, except: [{ queue: null }] }]',
  'mailboxes: null',
  'checks: { forward-mailbox: { off: null } }',
  'mailboxes: [{ queue: A, outgoing: 1 }]',
])('an overlay cannot say: %s', (yaml) => {
  expect(overlay(parse(yaml))).toBe(false);
});

it('lets an overlay change a rule without its match', () => {
  const yaml = 'rules: [{ name: A, outgoing: none }]';
  expect([base(parse(yaml)), overlay(parse(yaml))]).toEqual([false, true]);
});
