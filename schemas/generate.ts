/**
 * Writes what is derived: TypeScript types from the schemas; the configuration schema and the references from the
 * catalogue, the guards, the checks and a template; the page of codes from its texts.
 * `npm run generate` rewrites the files; `npm run generate -- --check` fails when one of them is not fresh.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { CATALOGUE } from '../src/catalogue/catalogue.ts';
import { fieldReference } from '../src/catalogue/reference.ts';
import { configSchema, draft07 } from '../src/config/config-schema.ts';
import { overlaySchema } from '../src/config/overlay-schema.ts';
import { codesPage } from './codes.ts';
import { reference } from './reference.ts';

interface Target {
  readonly schema: string;
  readonly types: string;
  /** Definitions, and other schemas, whose type is in a module of its own. */
  readonly handWritten?: Readonly<Record<string, { readonly type: string; readonly from: string }>>;
}

const targets: readonly Target[] = [
  {
    schema: 'schemas/plan.schema.json',
    types: 'src/model/plan.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  {
    schema: 'schemas/snapshot.schema.json',
    types: 'src/model/snapshot.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  { schema: 'schemas/config.schema.json', types: 'src/config/config.generated.ts' },
  { schema: 'schemas/events.schema.json', types: 'src/model/events.generated.ts' },
  {
    schema: 'schemas/drift.schema.json',
    types: 'src/model/drift.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  {
    schema: 'schemas/status.schema.json',
    types: 'src/model/status.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  {
    schema: 'schemas/status-change.schema.json',
    types: 'src/model/status-change.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  { schema: 'schemas/doctor.schema.json', types: 'src/model/doctor.generated.ts' },
  {
    schema: 'schemas/apply.schema.json',
    types: 'src/model/apply.generated.ts',
    handWritten: {
      outcome: { type: 'Outcome', from: './outcome.ts' },
      'plan.schema.json': { type: 'Plan', from: './plan.generated.ts' },
    },
  },
  { schema: 'schemas/environments.schema.json', types: 'src/model/environments.generated.ts' },
  {
    schema: 'schemas/report.schema.json',
    types: 'src/model/report.generated.ts',
    handWritten: { value: { type: 'Value', from: './value.ts' } },
  },
  {
    schema: 'schemas/validate.schema.json',
    types: 'src/model/validate.generated.ts',
    handWritten: { diagnostic: { type: 'Diagnostic', from: './diagnostic.ts' } },
  },
];

/** Schemas that are derived themselves; they come first, since types are made from them. */
const derivedSchemas: Readonly<Record<string, object>> = {
  'schemas/config.schema.json': configSchema(CATALOGUE),
  'schemas/config.draft-07.schema.json': draft07(configSchema(CATALOGUE)),
  'schemas/overlay.schema.json': overlaySchema(configSchema(CATALOGUE)),
};

async function typesOf(target: Target): Promise<string> {
  let text = await readFile(atRoot(target.schema), 'utf8');
  const imports: string[] = [];
  for (const [name, { type, from }] of Object.entries(target.handWritten ?? {})) {
    const reference = name.endsWith('.json') ? name : `#/$defs/${name}`;
    text = text.replaceAll(`"$ref": "${reference}"`, `"tsType": "${type}"`);
    imports.push(`import type { ${type} } from '${from}';\n`);
  }
  const schema = JSON.parse(text) as JSONSchema;
  const banner = `/** Made by \`npm run generate\` from ${target.schema}; edit that file. */\n\n${imports.join('')}`;
  const types = await compile(schema, schema.title ?? target.schema, {
    bannerComment: banner,
    additionalProperties: false,
    unreachableDefinitions: false,
    style: { singleQuote: true, printWidth: 110 },
  });
  return readonlyTypes(types);
}

/** Data does not change after it is made: properties and arrays of the generated types are readonly. */
function readonlyTypes(types: string): string {
  return types
    .replace(/^(\s+)((?:\w+|'[^']+')\??|\[k: string\]):/gmu, '$1readonly $2:')
    .replace(/(\([^()]*\)|\b[A-Za-z]+)\[\]/gu, 'readonly $1[]');
}

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  const put = async (file: string, fresh: string): Promise<void> => {
    const old = await readFile(atRoot(file), 'utf8').catch(() => null);
    if (old === fresh) return;
    stale.push(file);
    if (!check) await writeFile(atRoot(file), fresh);
  };
  for (const [file, schema] of Object.entries(derivedSchemas)) {
    await put(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
  await put('schemas/fields.md', fieldReference(CATALOGUE));
  await put('schemas/codes.md', codesPage());
  await put(
    'schemas/reference.md',
    reference(await readFile(atRoot('schemas/reference.template.md'), 'utf8')),
  );
  for (const target of targets) await put(target.types, await typesOf(target));
  if (check && stale.length > 0) {
    throw new Error(`Not fresh, run "npm run generate": ${stale.join(', ')}`);
  }
}

function atRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

await main(process.argv.includes('--check'));
