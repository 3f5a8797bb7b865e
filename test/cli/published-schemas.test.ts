/** What programs read is what the published schemas say, as the program itself prints both. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { contoso, mailboxctl, project, twoEdits } from './command-line.ts';

async function problemsBy(name: string, documents: readonly unknown[]): Promise<unknown> {
  const { stdout } = await mailboxctl(['schema', name]);
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(stdout));
  return documents.flatMap((document) => (validate(document) ? [] : (validate.errors ?? [])));
}

const VERBS = ['validate', 'plan', 'drift', 'status', 'doctor'] as const;

describe('--format json', () => {
  it.each(VERBS)('of %s', async (verb) => {
    const { stdout } = await mailboxctl([verb, await contoso(), '--format', 'json']);
    expect(await problemsBy(verb, [JSON.parse(stdout)])).toEqual([]);
  });

  it('of validate, where everything is wrong', async () => {
    const directory = await project({ 'mailboxctl.yaml': 'version: 1\nenvironments: 7\nprofilez: []\n' });
    const { exitCode, stdout } = await mailboxctl(['validate', directory, '--format', 'json']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, files: ['mailboxctl.yaml'] });
    expect(await problemsBy('validate', [JSON.parse(stdout)])).toEqual([]);
  });

  it('of apply, and the lines of --events', async () => {
    const directory = await contoso();
    const events = join(directory, 'events.jsonl');
    const allow = ['--allow', 'mail-stops', '--allow', 'max-changes', '--allow', 'first-apply'];
    const args = ['apply', directory, '--yes', '--format', 'json', '--events', events, ...allow];
    const { stdout, stderr } = await mailboxctl(args);
    expect(stdout, stderr).not.toBe('');
    const document = JSON.parse(stdout);
    expect(document.outcomes.length).toBeGreaterThan(5);
    expect(await problemsBy('apply', [document])).toEqual([]);
    const lines = (await readFile(events, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(document.outcomes.length);
    expect(
      await problemsBy(
        'events',
        lines.map((line) => JSON.parse(line)),
      ),
    ).toEqual([]);
  });

  it('of apply where there is nothing to do', async () => {
    const directory = await twoEdits();
    await mailboxctl(['apply', directory, '--yes']);
    const { stdout } = await mailboxctl(['apply', directory, '--yes', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ plan: { steps: [] }, outcomes: [] });
    expect(await problemsBy('apply', [JSON.parse(stdout)])).toEqual([]);
  });
});

describe('the schemas', () => {
  it.each(VERBS)('of %s refuses what is not its document', async (name) => {
    expect(await problemsBy(name, [{ format_version: '1.0' }])).not.toEqual([]);
  });

  it('of apply looks into the plan', async () => {
    const directory = await twoEdits();
    const { stdout } = await mailboxctl(['apply', directory, '--yes', '--format', 'json']);
    const document = JSON.parse(stdout);
    expect(await problemsBy('apply', [{ ...document, plan: { ...document.plan, steps: [{}] } }])).not.toEqual(
      [],
    );
  });
});
