/** The rules one by one: what each accepts, what it finds, and that nothing else finds it. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/config/load-project.ts';
import { serviceHint } from '../../src/dataverse/service-hints.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { CrossEnvironmentRule, Declarations, Rule } from '../../src/rules/rule.ts';
import { CROSS_ENVIRONMENT_RULES, RULES } from '../../src/rules/rules.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';
import { CASES as CASES_OF_ONE } from './rule-cases.ts';
import { CASES_OF_SEVERAL } from './rule-cases-of-several.ts';

const GOLDEN = fileURLToPath(new URL('./rules.golden.txt', import.meta.url));
const RULES_FOLDER = fileURLToPath(new URL('../../src/rules/', import.meta.url));
const LOCAL = '{ local: { url: emulator } }';
/** A case that the schema refuses would prove nothing. */
const SCHEMA_CODES = ['wrong-type', 'wrong-value', 'empty-value', 'out-of-range', 'name-not-text'];

/** What the rules are shown by the loader: the first environment, and all of them. */
interface Shown {
  readonly first: Declarations;
  readonly all: readonly Declarations[];
}

async function shown(text: string | readonly string[], environments = LOCAL): Promise<Shown> {
  const texts = typeof text === 'string' ? [text] : text;
  const files = texts.map((each, index) => [`config/${index}.yaml`, each] as const);
  const root = `version: 1\nenvironments: ${environments}\ninclude: [config/*.yaml]\n`;
  const contents = { 'mailboxctl.yaml': root, ...Object.fromEntries(files) };
  const seen: Declarations[][] = [];
  const keepAll = (all: readonly Declarations[]): readonly Diagnostic[] => {
    seen.push([...all]);
    return [];
  };
  const { diagnostics } = await loadProject(PROJECT, memoryFiles(contents), {
    ofEach: [],
    acrossAll: [keepAll],
  });
  expect(diagnostics.filter(isOfSchema)).toEqual([]);
  const [all = []] = seen;
  const [first] = all;
  if (first === undefined) throw new Error('No environment');
  return { first, all };
}

function isOfSchema({ code, message }: Diagnostic): boolean {
  return (
    SCHEMA_CODES.includes(code) || code.startsWith('yaml-') || /^the key ".*" is not known/u.test(message)
  );
}

const CASES = [...CASES_OF_ONE, ...CASES_OF_SEVERAL];
const NAMES = [...RULES, ...CROSS_ENVIRONMENT_RULES].map(({ name }) => name);
const BAD = await Promise.all(
  CASES.map(async (each) => ({ each, declared: await shown(each.bad, each.environments) })),
);

/** What all rules but one find, or only that one. */
function findings({ first, all }: Shown, asked: (name: string) => boolean): readonly Diagnostic[] {
  return [
    ...RULES.filter(({ name }) => asked(name)).flatMap((rule) => rule(first)),
    ...CROSS_ENVIRONMENT_RULES.filter(({ name }) => asked(name)).flatMap((rule) => rule(all)),
  ];
}

function findingsOf(rule: string, declared: Shown): readonly Diagnostic[] {
  expect(NAMES).toContain(rule);
  return findings(declared, (name) => name === rule);
}

function places(found: readonly Diagnostic[]): readonly string[] {
  return found.map(({ code, source }) => `${code} ${source?.line}`);
}

/** The whole diagnostic, without the file: each case has one. */
function lines({ code, severity, address, source, message, hint }: Diagnostic): readonly string[] {
  const place = `${source?.line}:${source?.column}  ${severity}  `;
  return [`${place}${address === null ? '' : `${address}  `}${message}  [${code}]`, `  → ${hint}`, ''];
}

describe('rules', () => {
  it.each(CASES)('$rule accepts what is right: $good', async (each) => {
    const { rule, good, environments, goodEnvironments = environments } = each;
    expect(findingsOf(rule, await shown(good, goodEnvironments))).toEqual([]);
  });

  it.each(BAD)('$each.rule finds what is wrong: $each.bad', ({ each, declared }) => {
    expect(places(findingsOf(each.rule, declared))).toEqual(each.found);
  });

  it.each(NAMES)('without %s exactly its cases go unnoticed', (removed) => {
    const unnoticed = BAD.filter(({ each, declared }) => {
      const seen = places(findings(declared, (name) => name !== removed));
      return !each.found.every((finding) => seen.includes(finding));
    });
    const own = CASES.filter(({ rule }) => rule === removed);
    expect(own).not.toEqual([]);
    expect(unnoticed.map(({ each }) => each)).toEqual(own);
  });

  it('say it as on the golden page', async () => {
    const page = BAD.map(({ each, declared }) => {
      const found = findingsOf(each.rule, declared);
      return [each.rule, '='.repeat(each.rule.length), '', ...found.flatMap(lines)].join('\n');
    });
    await expect(`${page.join('\n')}\n`).toMatchFileSnapshot(GOLDEN);
  });

  it.each(BAD)(
    '$each.rule says what to write before it quotes the service: $each.bad',
    ({ each, declared }) => {
      for (const { hint } of findingsOf(each.rule, declared)) {
        expect(hint).toMatch(/^(?!(With|Without|As it is|The service)\b)/u);
      }
    },
  );

  it('leave alone what is not managed here, and what is to go', async () => {
    const leftAlone = `mailboxes:
  - { forward: A, absent: true }
  - { queue: B, managed: false, incoming: outlook, approved: true }
serverProfiles:
  - { name: Mail, type: pop3-smtp, managed: false, incoming: { ssl: false } }
`;
    expect(findings(await shown(leftAlone), () => true)).toEqual([]);
  });
});

describe('service codes', () => {
  const sources = readdirSync(RULES_FOLDER)
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${RULES_FOLDER}${name}`, 'utf8'));
  const docOf = (rule: Rule | CrossEnvironmentRule): string => {
    const doc = new RegExp(String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\nexport function ${rule.name}\(`, 'u');
    return sources.map((text) => doc.exec(text)?.[1] ?? '').join('');
  };

  it.each([...RULES, ...CROSS_ENVIRONMENT_RULES])(
    '$name says what the service would answer, or why it answers nothing',
    (rule) => {
      expect(docOf(rule)).toMatch(/0x8005E[0-9A-F]{3}\b|\bNo service code: \S/u);
    },
  );

  it('are all known', () => {
    const codes = new Set(sources.flatMap((text) => text.match(/0x[0-9A-F]{8}\b/gu) ?? []));
    expect([...codes].filter((code) => serviceHint(code) === null)).toEqual([]);
    expect(codes.size).toBeGreaterThan(30);
  });
});
