/** The house: which folder may import which, and the rules that keep stages pure. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder (or file of `src/`) may import: folders, single files, packages. A folder may import itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  catalogue: ['model', 'fast-xml-parser'],
  diff: ['model'],
  need: ['model', 'catalogue'],
  resolve: ['model', 'catalogue'],
  plan: ['model', 'catalogue', 'diff'],
  apply: ['model'],
  drift: ['model', 'diff'],
  // Results of several environments as one.
  merge: ['model'],
  doctor: ['model', 'catalogue'],
  rules: ['model', 'catalogue'],
  // Near misses of names are found as the rules find them.
  checks: ['model', 'catalogue', 'rules'],
  config: ['model', 'catalogue', 'rules', 'yaml', 'ajv', 'ajv-formats', 'node', 'schemas'],
  report: [
    ...['model', 'catalogue', 'picocolors', 'fast-string-width', 'diff-package'],
    ...['preact', 'preact-render-to-string', 'junit-report-builder', 'sarif'],
  ],
  dataverse: ['model', 'catalogue', 'ky', 'undici', '@azure/identity', 'node'],
  secrets: ['model', 'node', '@azure/identity'],
  emulator: ['node', 'selfsigned', 'yaml', 'ajv', 'ajv-formats', 'write-file-atomic', 'schemas'],
  // What this machine keeps: journals and plan files, in the words of apply and plan.
  local: ['model', 'apply', 'plan', 'node', 'ajv', 'write-file-atomic', 'schemas'],
  'pipeline.ts': ['model', 'catalogue', 'need', 'resolve', 'plan', 'apply', 'drift'],
  'wire.ts': ['model', 'catalogue', 'dataverse', 'secrets', 'local', 'emulator', 'node'],
  commands: [
    ...[
      'model',
      'catalogue',
      'config',
      'plan',
      'apply',
      'drift',
      'merge',
      'checks',
      'doctor',
      'rules',
      'library',
      'report',
      'local',
      'pipeline.ts',
      'wire.ts',
    ],
    ...['version.ts', 'commander', 'picocolors', 'node', 'write-file-atomic', 'schemas'],
  ],
  'version.ts': ['package.json'],
  'main.ts': ['commands', 'node'],
  'cli.ts': ['main.ts', 'node'],
  // Posts texts to GitHub, and knows nothing of what they are about.
  github: ['ky', 'node', 'version.ts'],
  'github-cli.ts': ['github', 'node'],
  // What the verbs do, without a terminal.
  library: [
    ...['model', 'catalogue', 'config', 'plan', 'apply', 'drift', 'checks', 'report', 'local'],
    ...['pipeline.ts', 'wire.ts', 'version.ts', 'picocolors'],
  ],
  'index.ts': [
    ...['model', 'catalogue', 'config', 'plan', 'apply', 'drift', 'checks', 'local', 'library'],
    'pipeline.ts',
  ],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    // What `*.inlined.ts` exports is made when the program is built; it is no part of it.
    return /(?<!\.test|\.test-support|\.inlined)\.tsx?$/u.test(entry.name) ? [path] : [];
  });
}

const files = sourceFiles(SRC);

function importsOf(path: string): readonly Import[] {
  const text = readFileSync(path, 'utf8');
  const specifiers = [
    ...text.matchAll(/(?:^(?:import|export)\b[^;']*\bfrom\s*|\bimport\(\s*|^import\s+)'([^'\n]+)'/gmu),
  ].map(([, name]) => name ?? '');
  const from = place(path);
  return specifiers.map((specifier) => ({ file: relative(SRC, path), from, to: target(path, specifier) }));
}

/** The folder of a file below `src/`, or the file itself where it stands directly there. */
function place(path: string): string {
  const [first = ''] = relative(SRC, path).split(sep);
  return first;
}

function target(path: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  if (specifier === 'diff') return 'diff-package';
  if (!specifier.startsWith('.')) return packageName(specifier);
  const to = resolve(dirname(path), specifier);
  if (to.includes(`${sep}schemas${sep}`)) return 'schemas';
  return to.endsWith('package.json') ? 'package.json' : place(to);
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('layers', () => {
  it('every folder has its line in the table, and every line its folder', () => {
    expect([...new Set(files.map(place))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it('no file imports what its folder may not', () => {
    const wrong = files
      .flatMap(importsOf)
      .filter(({ from, to }) => from !== to && !(ALLOWED[from] ?? []).includes(to))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it('who opens an environment to read builds the transport that can only read', () => {
    const text = codeOf(join(SRC, 'wire.ts'));
    const opening = text.slice(text.indexOf('function openReading'), text.indexOf('function openWriting'));
    expect(opening).toContain('createReadTransport(');
    expect(opening).not.toMatch(/createTransport\(|createStepWriter\(|createSecretResolver\(/u);
  });

  it('only cli.ts and the second Ctrl-C end the process', () => {
    const exits = files
      .filter((path) => /\bprocess\.exit\(/u.test(readFileSync(path, 'utf8')))
      .map((path) => relative(SRC, path));
    expect(exits.sort()).toEqual(['cli.ts', 'main.ts']);
  });
});

describe('purity', () => {
  const pure = [
    'model',
    'catalogue',
    'diff',
    'need',
    'resolve',
    'plan',
    'drift',
    'merge',
    'doctor',
    'rules',
    'checks',
    'report',
    'apply',
  ];
  const pureFiles = files.filter((path) => pure.includes(place(path)));

  it('pure stages read no clock, no environment, no randomness and no global fetch', () => {
    const impure = /\bDate\.now\(|new Date\(\)|\bprocess\.|Math\.random|\bfetch\(|\bconsole\./u;
    const wrong = pureFiles.filter((path) => impure.test(codeOf(path))).map((path) => relative(SRC, path));
    expect(wrong).toEqual([]);
  });

  it('the comparison names no kind and no field', () => {
    const text = codeOf(join(SRC, 'diff', 'diff.ts'));
    expect(text).not.toMatch(/mailbox|profile|settings|incoming|outgoing|approv|emailAddress|tests/iu);
  });

  it('the reducer never waits', () => {
    const reducer = [
      'next.ts',
      'on-reading.ts',
      'on-answer.ts',
      'schedule.ts',
      'end-unsent.ts',
      'outcomes.ts',
      'verdict.ts',
      'apply-state.ts',
    ];
    for (const name of reducer)
      expect(codeOf(join(SRC, 'apply', name))).not.toMatch(/\basync\b|\bawait\b|\bPromise\b/u);
  });

  it('equality lives in model/value.ts alone', () => {
    const compares = files
      .filter((path) => !path.endsWith(join('model', 'value.ts')) && place(path) !== 'emulator')
      .filter((path) => /JSON\.stringify\([^)]*\)\s*[!=]==\s*JSON\.stringify/u.test(codeOf(path)))
      .map((path) => relative(SRC, path));
    expect(compares).toEqual([]);
  });

  it('columns are named in catalogue/, dataverse/ and emulator/ alone', () => {
    const columns =
      /emailrouteraccessapproval|incomingemaildeliverymethod|testemailconfigurationscheduled|emailserverprofiles\b/u;
    const wrong = files
      .filter((path) => !['catalogue', 'dataverse', 'emulator'].includes(place(path)))
      .filter((path) => columns.test(codeOf(path)))
      .map((path) => relative(SRC, path));
    expect(wrong).toEqual([]);
  });
});

/** Text without comments. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');
}
