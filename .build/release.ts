/**
 * What has to fit before a tag becomes a release: the tag, the version of the package, and a dated section of the
 * changelog, which becomes the text of the release. `npx tsx .build/release.ts v1.2.3` prints that text, or says what
 * does not fit and fails.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Semantic Versioning 2.0.0, without build metadata, which npm would drop. */
const TAG = /^v((?:(?:0|[1-9]\d*)\.){2}(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)$/u;

/** What the release says. Errors: a sentence on what does not fit. */
export function releaseNotes(tag: string, packageVersion: string, changelog: string): string {
  const [, version] = TAG.exec(tag) ?? [];
  if (version === undefined) throw new Error(`"${tag}" is no tag of a version, as v1.2.3 is.`);
  if (version !== packageVersion)
    throw new Error(`The tag is ${tag}, and package.json has the version ${packageVersion}.`);
  const [heading = '', ...lines] = sectionOf(changelog, version);
  if (heading === '') throw new Error(`CHANGELOG.md has no section "## [${version}]".`);
  if (!/ – \d{4}-\d{2}-\d{2}$/u.test(heading))
    throw new Error(
      `The section "${heading}" of CHANGELOG.md does not end with its date, as " – 2026-01-31".`,
    );
  const text = lines.join('\n').trim();
  if (text === '') throw new Error(`The section "${heading}" of CHANGELOG.md is empty.`);
  return `${text}\n`;
}

/** The heading of a version and the lines up to the next. */
function sectionOf(changelog: string, version: string): readonly string[] {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start < 0) return [];
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  return lines.slice(start, length < 0 ? undefined : start + 1 + length);
}

async function main(tag: string): Promise<number> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  try {
    process.stdout.write(releaseNotes(tag, version, await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8')));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv[2] ?? '');
