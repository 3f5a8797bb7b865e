/** What npm would publish: nothing too much in it, nothing missing; it installs, runs, and is a library. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ended, install, type Packed, pack, run } from './packed.ts';

/** Things that lie about in checkouts. */
const STRAY = {
  '.env': 'AZURE_CLIENT_SECRET=canary-stray',
  'plan.json': '{}',
  'schemas/notes.txt': 'notes',
};

let directory = '';
let packed: Packed;
let project = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-package-'));
  packed = await pack(directory, STRAY);
  project = join(directory, 'project');
  await install(packed.tarball, project);
}, 60_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

const installed = (...path: readonly string[]): string =>
  join(project, 'node_modules', 'mailboxctl', ...path);
const bin = (name: string): string => join(project, 'node_modules', '.bin', name);

describe('the tarball', () => {
  it('holds the program, the schemas with their pages, and what npm always takes', () => {
    const others = packed.files
      .map(({ path }) => path)
      .filter((path) => !/^(dist\/[\w.-]+\.js|schemas\/[\w.-]+\.schema\.json)$/u.test(path));
    expect(others).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/LICENSES.txt',
      'package.json',
      'schemas/codes.md',
      'schemas/fields.md',
      'schemas/reference.md',
    ]);
  });

  it('is of the size that it should be', () => {
    expect(packed.size).toBeLessThan(1_500_000);
    expect(packed.unpackedSize).toBeLessThan(9_000_000);
    expect(packed.files.length).toBeLessThan(300);
  });

  it('holds the licences of the packages whose code is in it, and of no other', async () => {
    const text = await readFile(installed('dist', 'LICENSES.txt'), 'utf8');
    const names = [...text.matchAll(/^([a-z@][\w/.-]+) \([^()\n]+\)$/gmu)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['ajv', 'commander', 'ky', 'preact', 'yaml']));
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(@azure|undici|vitest)/u)]));
    // Nothing can be done about these but to name whose they are.
    const without = [
      ...text.matchAll(/^(\S+) \(.*\)\n\nThe package holds no text of its licence\. (.*)$/gmu),
    ];
    expect(without.map(([, name, whose]) => `${name}: ${whose}`)).toEqual([
      '@nodable/entities: Its author: Amit Gupta (https://solothought.com)',
    ]);
  });
});

describe('installed, the program', () => {
  it('says its version', async () => {
    expect(await ended(bin('mailboxctl'), ['--version'], { cwd: project })).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it('plans the project that init writes', async () => {
    await run(bin('mailboxctl'), ['init', 'mail'], project);
    const { code, stdout, stderr } = await ended(bin('mailboxctl'), ['plan', 'mail'], { cwd: project });
    expect({ code, last: stdout.trimEnd().split('\n').at(-1), stderr }).toEqual({
      code: 0,
      last: 'Plan: 0 to add, 5 to change, 0 to destroy. Actions: 3 approvals, 4 tests.',
      stderr: '',
    });
  });

  it('finds the packages for signing in and for proxies', async () => {
    const config = `
version: 1
environments: { test: { url: https://environment.contoso.test, purpose: non-production } }
`;
    await writeFile(join(project, 'mailboxctl.yaml'), config);
    const id = '00000000-0000-4000-8000-000000000001';
    const env = {
      PATH: process.env.PATH ?? '',
      ...{ AZURE_TENANT_ID: id, AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: 'canary-secret' },
      // Nobody listens there: nothing leaves this machine.
      HTTPS_PROXY: 'http://127.0.0.1:1',
    };
    const { stderr } = await ended(bin('mailboxctl'), ['plan'], { cwd: project, env });
    expect(stderr.split('\n')[0]).toBe(
      'Error: Signing in by client-secret failed: The proxy 127.0.0.1:1 refuses the connection',
    );
  });

  it('of the pipelines is there, too', async () => {
    const { code, stderr } = await ended(bin('mailboxctl-github'), ['--help'], { cwd: project });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('installed, the library', () => {
  const node = (code: string): ReturnType<typeof ended> =>
    ended(process.execPath, ['--input-type=module', '--eval', code], { cwd: project });

  it('plans from code', async () => {
    await run(bin('mailboxctl'), ['init', 'from-code'], project);
    const code = `
      import { loadProject, openForReading, planReport } from 'mailboxctl';
      const environment = await openForReading(await loadProject('from-code'), 'local');
      console.log(planReport(await environment.plan(await environment.see())).trimEnd().split('\\n').at(-1));
      await environment.close();`;
    expect(await node(code)).toEqual({
      code: 0,
      stdout: 'Plan: 0 to add, 5 to change, 0 to destroy. Actions: 3 approvals, 4 tests.\n',
      stderr: '',
    });
  });

  it('gives every schema by its name', async () => {
    const names = packed.files.flatMap(({ path }) => /^schemas\/(.*\.json)$/u.exec(path)?.[1] ?? []);
    const code = `
      for (const name of ${JSON.stringify(names)}) {
        const { default: schema } = await import('mailboxctl/schemas/' + name, { with: { type: 'json' } });
        console.log(name, schema.type === 'object' && (schema.$id ?? name).endsWith(name));
      }`;
    const { stdout } = await node(code);
    expect(stdout.trimEnd().split('\n')).toEqual(names.map((name) => `${name} true`));
    expect(names).toContain('config.schema.json');
  });

  it('shows nothing of its inside', async () => {
    const { code, stderr } = await node(`await import('mailboxctl/dist/cli.js');`);
    expect({ code, refused: stderr.includes('ERR_PACKAGE_PATH_NOT_EXPORTED') }).toEqual({
      code: 1,
      refused: true,
    });
  });
});
