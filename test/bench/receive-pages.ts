/**
 * A program that receives the same pages as a plan does and parses each as JSON, and nothing else: `receive-pages URL
 * LISTS`. Says what parsing took, in milliseconds.
 */

import { type List, queryOf } from './lists.ts';

const [url = '', lists = '[]'] = process.argv.slice(2);
const headers = { Authorization: 'Bearer bench', Prefer: 'odata.maxpagesize=5000' };
let parseMs = 0;

async function receive(list: List): Promise<void> {
  for (let next: string | undefined = `${url}/api/data/v9.2/${queryOf(list)}`; next !== undefined; ) {
    const text = await (await fetch(next, { headers })).text();
    const started = performance.now();
    const page = JSON.parse(text) as { readonly '@odata.nextLink'?: string };
    parseMs += performance.now() - started;
    next = page['@odata.nextLink'];
  }
}

await Promise.all((JSON.parse(lists) as readonly List[]).map(receive));
process.stdout.write(`${parseMs}\n`);
