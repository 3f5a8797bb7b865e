/** Pages as the program prints them: `--format html` of the verbs that have one. */

import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Status } from '../../src/model/status.generated.ts';
import { contoso, mailboxctl } from './command-line.ts';

const OF_UNITS = fileURLToPath(new URL('../../examples/three-environments', import.meta.url));

it.each([
  ['plan', 'Plan for local'],
  ['drift', 'Drift in local'],
  ['status', 'Mailboxes of local'],
])('%s is a page of its own that allows nothing to be loaded', async (verb, title) => {
  const { stdout } = await mailboxctl([verb, await contoso(), '--format', 'html']);
  expect(stdout).toContain(`<title>${title}</title>`);
  expect(stdout).toContain(`content="default-src 'none'; script-src 'sha256-`);
  expect(stdout.endsWith('</html>\n')).toBe(true);
});

it('status tells the business unit where a rule makes it read, and nowhere else', async () => {
  const { stdout } = await mailboxctl(['status', OF_UNITS, '--env', 'prod', '--format', 'json']);
  const units = (JSON.parse(stdout) as Status).mailboxes.map(({ business_unit }) => business_unit);
  expect(units).toContain('Sales');
  const other = await mailboxctl(['status', await contoso(), '--format', 'json']);
  expect(other.stdout).not.toContain('business_unit');
});
