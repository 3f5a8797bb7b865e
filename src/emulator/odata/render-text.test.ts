import { expect, it } from 'vitest';
import { idOf, loadWorld } from './corpus/world.ts';
import { parseQuery } from './parse-query.ts';
import { rowRenderer } from './render-row.ts';
import { textRenderer } from './render-text.ts';

const world = loadWorld();
const options = { annotations: 'none', origin: 'https://contoso.crm.dynamics.com/api/data/v9.2/' } as const;

function setup(name: string, search: string) {
  const table = world.table(name);
  if (table === undefined) throw new Error(`The corpus has no table '${name}'.`);
  return { table, query: parseQuery(search, table, world) };
}

it.each([
  ['mailbox', ''],
  ['mailbox', '$select=name'],
  ['mailbox', '$select=name,_emailserverprofile_value,enabledforact,score,createdon,averagetotalduration'],
  ['systemuser', ''],
  ['team', '$select=name'],
])('writes rows of %s with "%s" as the other renderer does', (name, search) => {
  const { table, query } = setup(name, search);
  const asText = textRenderer(query, table, options);
  const asObject = rowRenderer(query, table, world, options);
  const odd = { name: 'a "quoted"\\ \n\u2028 name', mailboxid: idOf('m9') };
  const rows = [...world.rows(name), odd];
  expect(rows.map((row) => asText?.(row))).toEqual(rows.map((row) => JSON.stringify(asObject(row))));
});

it.each(['$expand=emailserverprofile'])('leaves %s to the other renderer', (search) => {
  const { table, query } = setup('mailbox', search);
  expect(textRenderer(query, table, options)).toBeNull();
});
