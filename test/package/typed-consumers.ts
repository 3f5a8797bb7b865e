/**
 * Packs this checkout as npm publishes it, build and all, installs it into an empty project, and compiles programs that
 * use the library: strictly, the declarations themselves included, and as both kinds of projects find packages. A part
 * of `npm run package-check`; too slow for `npm test`.
 */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportedNames } from './exported-names.ts';
import { type Ended, ended, install, packIn } from './packed.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMPILER = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

/** How projects find packages, with the kind of modules that goes with it. */
const WAYS = [
  { moduleResolution: 'nodenext', module: 'nodenext' },
  { moduleResolution: 'bundler', module: 'esnext' },
] as const;

/** Uses what it imports in ways that only compile if the types say something. */
const USES = `
import { loadProject, openForReading, type Plan, type PlanStep, planReport, RefusedError } from 'mailboxctl';
import schema from 'mailboxctl/schemas/config.schema.json' with { type: 'json' };

export async function steps(directory: string): Promise<readonly PlanStep[]> {
  const environment = await openForReading(await loadProject(directory), 'local');
  const plan: Plan = await environment.plan(await environment.see());
  const text: string = planReport(plan, { width: 100 });
  const id: string = schema.$id;
  // @ts-expect-error Nobody can apply who opened to read.
  environment.apply;
  // @ts-expect-error A plan has no such member.
  plan.stepz;
  // @ts-expect-error It is a number.
  planReport(plan, { width: text + id });
  return plan.steps;
}

export const why = (error: unknown): string => (error instanceof RefusedError ? error.reason : '');
`;

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-typed-'));
  try {
    const { tarball } = await packIn(ROOT, directory);
    const project = join(directory, 'project');
    await install(tarball, project);
    // What any program for Node has.
    for (const name of ['@types/node', 'undici-types'])
      await cp(join(ROOT, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
    await writeFile(join(project, 'uses.ts'), USES);
    await writeFile(join(project, 'names.ts'), await everyName(project));
    const problems = await Promise.all(WAYS.map((way) => compile(project, way)));
    return problems.every((none) => none) ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Imports every name that is exported. */
async function everyName(project: string): Promise<string> {
  const index = join(project, 'node_modules', 'mailboxctl', 'dist', 'types', 'src', 'index.d.ts');
  const { values, types } = exportedNames(await readFile(index, 'utf8'));
  const golden = await readFile(join(ROOT, 'test', 'package', 'library.golden.txt'), 'utf8');
  const lines = [...values.map((name) => `value ${name}`), ...types.map((name) => `type ${name}`)];
  if (`${lines.join('\n')}\n` !== golden)
    throw new Error(`The declarations name others than library.golden.txt:\n${lines.join('\n')}`);
  return `import { ${values.join(', ')} } from 'mailboxctl';
import type * as all from 'mailboxctl';
export type Types = [${types.map((name) => `all.${name}`).join(', ')}];
export const values = { ${values.join(', ')} };
`;
}

async function compile(project: string, way: (typeof WAYS)[number]): Promise<boolean> {
  const compilerOptions = {
    ...way,
    ...{ target: 'es2022', lib: ['ES2023'], types: ['node'], resolveJsonModule: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ skipLibCheck: false, noEmit: true },
  };
  const config = join(project, `tsconfig.${way.moduleResolution}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions, files: ['uses.ts', 'names.ts'] }));
  const { code, stdout, stderr } = await ended(process.execPath, [COMPILER, '-p', config], { cwd: project });
  tell(way.moduleResolution, { code, stdout, stderr });
  return code === 0;
}

function tell(way: string, { code, stdout, stderr }: Ended): void {
  const says = code === 0 ? 'compiles' : `does not compile:\n${stdout}${stderr}`;
  process.stdout.write(`A program with "moduleResolution": "${way}" ${says}\n`);
}

process.exitCode = await main();
