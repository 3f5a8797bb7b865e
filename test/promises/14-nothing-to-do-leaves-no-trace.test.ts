/** An apply without a step sends nothing and leaves no file of a run; one with a step leaves one. */

import { afterEach, expect, it } from 'vitest';
import { type Folder, openFolder } from './command-line.ts';
import { organizationOf } from './contoso.ts';

const FILES = {
  'mailboxctl.yaml': `version: 1
environments:
  local: { url: emulator, data: organization.yaml }
mailboxes:
  - { queue: Support, outgoing: none }
`,
  'organization.yaml': organizationOf(
    'queues:\n  - { name: Support, emailAddress: support@contoso.com, mailbox: { outgoingemaildeliverymethod: 2 } }\n',
  ),
};

let folder: Folder | undefined;
afterEach(() => folder?.remove());

it('runs are kept only of applies that had something to do', async () => {
  folder = await openFolder(FILES);
  const runs = async (): Promise<number> =>
    Object.keys((await folder?.texts()) ?? {}).filter((path) => path.includes('/runs/')).length;
  const counts: (readonly [number, number])[] = [];
  for (const args of [
    ['apply', '--yes', '--only', 'approvals'],
    ['apply', '--yes'],
    ['apply', '--yes'],
    ['apply'],
  ])
    counts.push([(await folder.run(...args)).exitCode, await runs()]);
  expect(counts).toEqual([
    [0, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});
