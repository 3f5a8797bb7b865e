import { expect, it } from 'vitest';
import { formatContext } from './context-url.ts';
import { loadWorld } from './corpus/world.ts';
import { parseQuery } from './parse-query.ts';

const world = loadWorld();

it.each([
  ['', 'collection', 'mailboxes'],
  ['', 'entity', 'mailboxes/$entity'],
  ['$select=name,_emailserverprofile_value', 'collection', 'mailboxes(name,_emailserverprofile_value)'],
  [
    '$select=name&$expand=emailserverprofile($select=name)',
    'entity',
    'mailboxes(name,emailserverprofile(name))/$entity',
  ],
  ['$select=name&$expand=emailserverprofile', 'collection', 'mailboxes(name,emailserverprofile())'],
  [
    '$select=name&$expand=emailserverprofile/$ref',
    'collection',
    'mailboxes(name,emailserverprofile,emailserverprofile/$ref())',
  ],
] as const)('%s as %s', (search, shape, expected) => {
  const table = world.table('mailbox');
  if (table === undefined) throw new Error('The corpus has no mailboxes.');
  const query = parseQuery(search, table, world);
  expect(formatContext(query, table, 'https://h/api/data/v9.2/', shape)).toBe(
    `https://h/api/data/v9.2/$metadata#${expected}`,
  );
});
