/** From an empty folder to a closed issue: what the example workflows do and post in the life of a repository. */

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type Program } from '../program.ts';
import {
  aliceAlone,
  comments,
  everybody,
  type Life,
  ORGANIZATION,
  onMain,
  results,
  serveEnvironment,
  stable,
  startLife,
} from './life.ts';

let program: Program;

beforeAll(async () => {
  program = await buildProgram();
}, 120_000);
afterAll(() => program.remove());

it('init, pull request, merge, apply, approval, drift, issue, mended, closed', {
  timeout: 240_000,
}, async () => {
  const life = await startLife(program);
  const { github } = life;
  await life.write({ '../organization.yaml': ORGANIZATION });
  const { url, edit } = await serveEnvironment(program, join(life.folder, 'organization.yaml'));
  const golden = async (name: string, text = ''): Promise<void> => {
    await expect(stable(text, { url })).toMatchFileSnapshot(`golden/${name}.golden.md`);
  };

  // init, commit: at first one mailbox is managed, which is as declared.
  expect((await life.person('mailboxctl init .')).exitCode).toBe(0);
  const config = everybody(await life.read('mailboxctl.yaml'), url);
  await life.write({ 'mailboxctl.yaml': aliceAlone(config) });
  life.commit('main', 'Begin with Alice');

  // A pull request that takes in everybody. A second push edits the comment.
  await life.write({ 'mailboxctl.yaml': config });
  life.commit('everybody', 'Take in everybody');
  const planned = ['environments: success', 'plan prod: success', 'comment: success'];
  expect(results(await life.run('plan', life.pullRequest(7, 'everybody')))).toEqual(planned);
  const [first = ''] = comments(life, 7);
  await life.write({
    'mailboxctl.yaml': config
      .replace('folderLevel', 'folderLevel')
      .replace('onlyApproved', 'tracking: { folderLevel: true }\n  onlyApproved'),
  });
  life.commit('everybody', 'Track folders');
  await life.run('plan', life.pullRequest(7, 'everybody'));
  expect(comments(life, 7)).toHaveLength(1);
  expect(comments(life, 7)).not.toEqual([first]);
  await golden('pull-request-comment', comments(life, 7)[0]);
  expect(github.checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
    'mailboxctl plan prod: success',
    'mailboxctl plan prod: success',
  ]);
  await expect(stable(JSON.stringify(github.checks[1]?.annotations, null, 2))).toMatchFileSnapshot(
    'golden/check-annotations.golden.json',
  );

  // Merged: the very plan is applied.
  const merged = life.merge(7, 'everybody');
  const applied = await life.run('apply', merged);
  expect(results(applied)).toEqual(['environments: success', 'apply prod: success']);
  await golden('apply-comment', comments(life, 7)[1]);

  // A person approves, by the commands of that comment.
  const [, commands = ''] = /To approve[\s\S]*?```sh\n([\s\S]*?)```/u.exec(comments(life, 7)[1] ?? '') ?? [];
  const approve = commands.split('\n').find((line) => line.startsWith('mailboxctl apply')) ?? '';
  const approved = await life.person(`${approve} --yes`, applied.result('apply prod').workspace);
  expect(approved).toMatchObject({ exitCode: 0 });
  expect(approved.output).toContain(
    'Apply complete! Resources: 0 added, 0 changed, 0 destroyed. Actions: 2 approved, 0 tested.',
  );

  // What waited for the approval: looked at by hand, then applied by its digest. Nothing is left for the night.
  await golden('by-hand-look', await byHand(life, merged.sha));
  await golden('by-hand-apply', await byHand(life, merged.sha, digestOf(await byHand(life, merged.sha))));
  await nightly(life, merged.sha);
  expect(github.issues).toEqual([]);

  // Somebody changes a mailbox: an issue. Somebody changes another: a comment. A quiet night: neither.
  await edit({
    as: 'admin',
    table: 'mailbox',
    name: 'Alice Berg',
    set: { outgoingemaildeliverymethod: 'None' },
  });
  await nightly(life, merged.sha);
  await golden('issue-opened', `# ${github.issues[0]?.title}\n\n${github.issues[0]?.body}`);
  expect(comments(life, 100)).toEqual([]);
  await edit({ as: 'admin', table: 'mailbox', name: '陈伟', set: { incomingemaildeliverymethod: 'None' } });
  await nightly(life, merged.sha);
  await golden('issue-updated', github.issues[0]?.body);
  await nightly(life, merged.sha);
  expect(comments(life, 100)).toHaveLength(1);

  // Mended as the issue says, and closed the night after.
  await byHand(life, merged.sha, digestOf(await byHand(life, merged.sha)));
  await nightly(life, merged.sha);
  await golden('issue-comments', comments(life, 100).join('\n\n---\n\n'));
  expect(github.issues).toMatchObject([{ number: 100, state: 'closed', state_reason: 'completed' }]);
});

/** The summary of the apply workflow, run by hand. */
async function byHand(life: Life, sha: string, expect = ''): Promise<string> {
  const { jobs } = await life.run(
    'apply',
    onMain('workflow_dispatch', sha, { environments: 'prod', expect, allow: '' }),
  );
  const wrong = jobs.filter(({ result }) => result !== 'success');
  if (wrong.length > 0) throw new Error(wrong.map(({ log }) => log).join('\n'));
  return jobs.map(({ summary }) => summary).join('');
}

async function nightly(life: Life, sha: string): Promise<void> {
  const run = await life.run('drift', onMain('schedule', sha));
  if (run.result('drift prod').result !== 'success') throw new Error(run.result('drift prod').log);
}

function digestOf(summary: string): string {
  const [, digest] = /expect: (sha256:[0-9a-f]{64})/u.exec(summary) ?? [];
  if (digest === undefined) throw new Error(`The summary names no digest: ${summary}`);
  return digest;
}
