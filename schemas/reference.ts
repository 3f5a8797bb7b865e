/**
 * The configuration reference: the prose of the template with the tables that code knows. Knows no field; those have a
 * page of their own.
 */

import { CATALOGUE } from '../src/catalogue/catalogue.ts';
import type { JsonSchema } from '../src/catalogue/field.ts';
import { table } from '../src/catalogue/reference.ts';
import { CHECKS } from '../src/checks/checks.ts';
import { ruleRows } from '../src/config/config-schema.ts';
import { DURATION, ENVIRONMENT, SHARE } from '../src/config/schema-environment.ts';
import { RULE_KEYS } from '../src/config/schema-rules.ts';
import { CLOUDS, PUBLIC_AUDIENCE, PUBLIC_AUTHORITY } from '../src/dataverse/authority.ts';
import { SIGN_IN_ORDER } from '../src/dataverse/sign-in-method.ts';
import { GUARDS } from '../src/plan/safety/guards.ts';
import { FORMAT_NAMES, formatsOf, REPORT_VERBS } from '../src/report/formats.ts';
import organization from './organization.schema.json' with { type: 'json' };

type Properties = Readonly<Record<string, JsonSchema>>;

/** What a line `{{name}}` of the template stands for. */
const PARTS: Readonly<Record<string, () => string>> = {
  'environment-keys': () => keyTable(flattened(ENVIRONMENT)),
  'match-keys': () => keyTable(flattened(RULE_KEYS.match ?? {})),
  'rule-fields': () =>
    ruleRows(CATALOGUE)
      .map(({ key }) => `\`${key}\``)
      .join(', '),
  guards: guardTable,
  checks: checkTable,
  formats: formatTable,
  'sign-in-order': signInTable,
  clouds: cloudTable,
  'fault-keys': () => keyTable(flattened(organization.$defs.fault)),
  'edit-keys': () => keyTable(flattened(organization.$defs.edit)),
};

export function reference(template: string): string {
  const used = new Set<string>();
  const filled = template.replace(/^\{\{(.+)\}\}$/gmu, (_, name: string) => {
    const part = PARTS[name];
    if (part === undefined) throw new RangeError(`The template names "${name}", which is no part`);
    used.add(name);
    return part();
  });
  const unused = Object.keys(PARTS).filter((name) => !used.has(name));
  if (unused.length > 0) throw new RangeError(`The template leaves out ${unused.join(', ')}`);
  return filled.replace(/^<!--[\s\S]*?-->\n+/u, '');
}

/** Keys with those below them, as `tests.perRun`. */
function flattened(schema: JsonSchema, prefix = ''): readonly (readonly [string, JsonSchema])[] {
  return Object.entries((schema.properties ?? {}) as Properties).flatMap(([key, property]) => [
    [`${prefix}${key}`, property] as const,
    ...flattened(property, `${prefix}${key}.`),
  ]);
}

function keyTable(keys: readonly (readonly [string, JsonSchema])[]): string {
  const rows = keys.map(([key, schema]) => [
    `\`${key}\``,
    valuesText(schema),
    schema.default === undefined ? '' : `\`${schema.default}\``,
    String(schema.description),
  ]);
  return table(['key', 'values', 'default', 'what'], rows);
}

function valuesText(schema: JsonSchema): string {
  const { type, format, pattern, minimum, maximum, items } = schema;
  const words = enumText(schema);
  if (type === 'object') return 'mapping';
  if (type === 'array') return 'list of texts';
  if (Array.isArray(type)) return `${enumText(items as JsonSchema) ?? 'text'}; or a list`;
  if (words !== null) return words;
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer')
    return `whole number from ${minimum}${maximum === undefined ? '' : ` to ${maximum}`}`;
  if (pattern === DURATION) return 'duration, as `90s`, `15m`, `24h`, `7d`';
  if (pattern === SHARE) return 'percentage from 1 to 100';
  return format === 'uuid' ? 'id (UUID)' : 'text';
}

function enumText({ enum: words }: JsonSchema): string | null {
  return Array.isArray(words) ? words.map((word) => `\`${word}\``).join(', ') : null;
}

function signInTable(): string {
  const rows = SIGN_IN_ORDER.map(({ method, variables, one, application }) => [
    `\`${method}\``,
    variables.map((variable) => `\`${variable}\``).join(one === true ? ' or ' : ', '),
    application === true ? 'tenant and client' : '',
  ]);
  return table(['method', 'variables', 'needs'], rows);
}

function cloudTable(): string {
  const hosts = (domains: readonly string[]): string => domains.map((domain) => `\`*.${domain}\``).join(', ');
  const rows = CLOUDS.map(({ name, authority, audience, domains }) => [
    name,
    hosts(domains),
    authority,
    `\`${audience}\``,
  ]);
  return table(
    ['cloud', 'hosts', 'authority', 'audience of federated credentials'],
    [...rows, ['public, also GCC', 'all others', PUBLIC_AUTHORITY, `\`${PUBLIC_AUDIENCE}\``]],
  );
}

function guardTable(): string {
  const does = { refuse: 'refuses', notice: 'is shown' } as const;
  const rows = GUARDS.map(({ name, severity, fires }) => [`\`${name}\``, does[severity], fires]);
  return table(['guard', 'does', 'fires when'], rows);
}

function formatTable(): string {
  const rows = REPORT_VERBS.map((verb) => [
    `\`${verb}\``,
    ...FORMAT_NAMES.map((name) => (formatsOf(verb).includes(name) ? 'yes' : '')),
  ]);
  return table(['verb', ...FORMAT_NAMES.map((name) => `\`${name}\``)], rows);
}

function checkTable(): string {
  const rows = CHECKS.map(({ id, title, why, severity }) => [`\`${id}\``, title, severity, why]);
  return table(['id', 'advice', 'severity', 'why'], rows);
}
