/**
 * A program that only reads the same rows as a plan does, with dynamics-web-api: `read-alike URL LISTS`. Chains of
 * pages run side by side.
 */

import { DynamicsWebApi } from 'dynamics-web-api';
import type { List } from './lists.ts';

const [url = '', lists = '[]'] = process.argv.slice(2);
const api = new DynamicsWebApi({
  serverUrl: `${url}/`,
  dataApi: { version: '9.2' },
  onTokenRefresh: async () => 'bench',
});
const answers = await Promise.all(
  (JSON.parse(lists) as readonly List[]).map(({ collection, select, filter }) =>
    api.retrieveAll({
      collection,
      select: [...select],
      maxPageSize: 5_000,
      ...(filter === null ? {} : { filter }),
    }),
  ),
);
const rows = answers.reduce((count, { value }) => count + value.length, 0);
process.stdout.write(`${rows}\n`);
