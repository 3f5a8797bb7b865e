/** A tag becomes a release only with the package's version and a section of the changelog. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../.build/release.ts';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };

const CHANGELOG = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] – 2026-11-20

### Added

- A thing.

## [1.1.0]

- Without a date.

## [1.0.0] – 2026-10-01
`;

it('says what the section of the version says', () => {
  expect(releaseNotes('v1.2.0', '1.2.0', CHANGELOG)).toBe('### Added\n\n- A thing.\n');
});

it.each([
  [
    'another version of the package',
    'v1.2.0',
    '1.2.1',
    'The tag is v1.2.0, and package.json has the version 1.2.1.',
  ],
  ['a tag without v', '1.2.0', '1.2.0', '"1.2.0" is no tag of a version, as v1.2.3 is.'],
  ['a tag that is not whole', 'v1.2', '1.2', '"v1.2" is no tag of a version, as v1.2.3 is.'],
  [
    'a tag with a command in it',
    'v1.2.0;id',
    '1.2.0;id',
    '"v1.2.0;id" is no tag of a version, as v1.2.3 is.',
  ],
  ['no section', 'v1.3.0', '1.3.0', 'CHANGELOG.md has no section "## [1.3.0]".'],
  [
    'a section of a longer version',
    'v1.2.0-rc.1',
    '1.2.0-rc.1',
    'CHANGELOG.md has no section "## [1.2.0-rc.1]".',
  ],
  [
    'a section without a date',
    'v1.1.0',
    '1.1.0',
    'The section "## [1.1.0]" of CHANGELOG.md does not end with its date, as " – 2026-01-31".',
  ],
  ['an empty section', 'v1.0.0', '1.0.0', 'The section "## [1.0.0] – 2026-10-01" of CHANGELOG.md is empty.'],
])('refuses %s', (_name, tag, version, message) => {
  expect(() => releaseNotes(tag, version, CHANGELOG)).toThrow(new Error(message));
});

describe('this checkout', () => {
  it('has the changes of its version, released or not, at the top of the changelog', async () => {
    const changelog = await readFile(fileURLToPath(new URL('../../CHANGELOG.md', import.meta.url)), 'utf8');
    const heading = changelog.split('\n').find((line) => line.startsWith('## ')) ?? '';
    expect(heading).toMatch(/^## \[(?:Unreleased\] – )?\d+\.\d+\.\d+(?:\] – \d{4}-\d\d-\d\d)?$/u);
    expect(heading).toContain(manifest.version);
  });

  it('has the same version, programs and dependencies in both files', () => {
    const { version, bin, dependencies, devDependencies, engines } = lock.packages[''];
    expect({ version, bin, dependencies, devDependencies, engines }).toEqual({
      version: manifest.version,
      bin: manifest.bin,
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
      engines: manifest.engines,
    });
  });
});
