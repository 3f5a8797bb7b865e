/** What a pull request of the example shows: its first plan, what became of it, and the drift of the night after. */

import { describe, expect, it } from 'vitest';
import { contoso, mailboxctl } from './command-line.ts';

const MARKDOWN = ['--format', 'markdown'];
const CONSENT = ['--yes', '--allow', 'mail-stops'];

describe('the example in Markdown', () => {
  it('as it is planned, applied, watched and listed', async () => {
    const directory = await contoso();
    const runs = [
      ['plan', [...MARKDOWN]],
      ['apply', [...MARKDOWN, ...CONSENT]],
      ['drift', [...MARKDOWN]],
      ['status', [...MARKDOWN, '--view', 'test-and-enable-failed']],
    ] as const;
    for (const [verb, options] of runs) {
      const { stdout } = await mailboxctl([verb, ...options], { cwd: directory });
      await expect(stdout).toMatchFileSnapshot(`golden/contoso-${verb}.golden.md`);
    }
  });

  it('says that the files are valid', async () => {
    const { stdout } = await mailboxctl(['validate', await contoso(), ...MARKDOWN]);
    expect(stdout).toMatch(
      /^\*\*The configuration is valid\.\*\* Files: \d+\. Environments: `local` \(items: \d+\)\./u,
    );
  });
});
