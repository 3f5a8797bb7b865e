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
import { CASES } from './rule-cases.ts';

const GOLDEN = fileURLToPath(new URL('./rules.golden.txt', import.meta.url));
const RULES_FOLDER = fileURLToPath(new URL('../../src/rules/', import.meta.url));
const LOCAL = '{ local: { url: emulator } }';
/** A case that the schema refuses would prove nothing. */
const SCHEMA_CODES = ['wrong-type', 'wrong-value', 'empty-value', 'out-of-range', 'name-not-text'];

/** What the files declare for each environment. */
async function allDeclarations(
  texts: readonly string[],
  environments = LOCAL,
): Promise<readonly Declarations[]> {
  const files = texts.map((text, index) => [`config/${index}.yaml`, text] as const);
  const root = `version: 1\nenvironments: ${environments}\ninclude: [config/*.yaml]\n`;
  const project = await loadProject(
    PROJECT,
    memoryFiles({ 'mailboxctl.yaml': root, ...Object.fromEntries(files) }),
  );
  const broken = project.diagnostics.filter(
    ({ code, message }) =>
      SCHEMA_CODES.includes(code) || code.startsWith('yaml-') || /^the key ".*" is not known/u.test(message),
  );
  expect(broken).toEqual([]);
  return project.environments.map(({ name }) => {
    const { settings, ...config } = project.config(name);
    return { ...config, settings: settings === null ? [] : [settings] };
  });
}

async function declarations(texts: readonly string[], environments?: string): Promise<Declarations> {
  const [first] = await allDeclarations(texts, environments);
  if (first === undefined) throw new Error('No environment');
  return first;
}

const BAD = await Promise.all(
  CASES.map(async (each) => ({ each, declared: await declarations([each.bad], each.environments) })),
);

function ruleNamed(name: string): Rule {
  const found = RULES.find((known) => known.name === name);
  if (found === undefined) throw new Error(`No rule ${name}`);
  return found;
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
  it.each(CASES)('$rule accepts what is right: $good', async ({ rule: name, good, environments }) => {
    expect(ruleNamed(name)(await declarations([good], environments))).toEqual([]);
  });

  it.each(CASES)('$rule finds what is wrong: $bad', async ({ rule: name, bad, found, environments }) => {
    expect(places(ruleNamed(name)(await declarations([bad], environments)))).toEqual(found);
  });

  it.each(RULES.filter(({ name }) => CASES.some((each) => each.rule === name)))(
    'without $name exactly its cases go unnoticed',
    (removed) => {
      const rest = RULES.filter((rule) => rule !== removed);
      const unnoticed = BAD.filter(({ each, declared }) => {
        const seen = places(rest.flatMap((check) => check(declared)));
        return !each.found.every((finding) => seen.includes(finding));
      });
      expect(unnoticed.map(({ each }) => each)).toEqual(
        CASES.filter(({ rule: name }) => name === removed.name),
      );
    },
  );

  it('are all shown, here or in the table', () => {
    const shown = new Set(CASES.map(({ rule: name }) => name));
    expect(RULES.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([
      'settingsAreUnique',
      'rulesAgree',
    ]);
  });

  it('say it as on the golden page', async () => {
    const page: string[] = [];
    for (const { each, declared } of BAD) {
      const name = each.rule;
      const found = ruleNamed(name)(declared);
      page.push([name, '='.repeat(name.length), '', ...found.flatMap(lines)].join('\n'));
    }
    await expect(`${page.join('\n')}\n`).toMatchFileSnapshot(GOLDEN);
  });

  it('leave alone what is not managed here, and what is to go', async () => {
    const leftAlone = `mailboxes:
  - { forward: A, absent: true }
  - { queue: B, managed: false, incoming: outlook, approved: true }
serverProfiles:
  - { name: Mail, type: pop3-smtp, managed: false, incoming: { ssl: false } }
`;
    const declared = await declarations([leftAlone]);
    expect(RULES.flatMap((check) => check(declared))).toEqual([]);
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

describe('rules across files and rows', () => {
  const text = (method: string, name: string, match: string): string =>
    `rules:\n  - name: ${name}\n    match: ${match}\n    outgoing: ${method}\n`;

  it('rulesAgree names both lines when rules of two files disagree on the same mailboxes', async () => {
    const match = '{ mailboxOf: [user], emailAddress: "*@x.org" }';
    const found = ruleNamed('rulesAgree')(
      await declarations([text('none', 'a', match), text('server-side-sync', 'b', match)]),
    );
    expect(found.map(({ code, source, message }) => [code, source, message])).toEqual([
      [
        'rule-conflict',
        { file: 'config/1.yaml', line: 4, column: 15, rule: 'b' },
        'rule "b" and rule "a" (config/0.yaml:4) cover the same mailboxes and disagree on outgoing',
      ],
    ]);
  });

  it.each([
    ['one reaches what the other does', '{ emailAddress: "*@x.org" }', '{ emailAddress: "a*@x.org" }', 1],
    ['they reach different people', '{ emailAddress: "*@x.org" }', '{ emailAddress: "*@y.org" }', 0],
    ['only the environment knows', '{ businessUnit: Sales }', '{ team: Sales }', 0],
    ['the wider one takes in what lies below', '{ businessUnit: A, below: true }', '{ businessUnit: A }', 1],
    ['they reach different sorts', '{ mailboxOf: user }', '{ queue: Support }', 0],
  ])('rulesAgree: %s', async (_, first, second, count) => {
    const declared = await declarations([text('none', 'a', first), text('server-side-sync', 'b', second)]);
    expect(ruleNamed('rulesAgree')(declared)).toHaveLength(count);
    const agreed = await declarations([text('none', 'a', first), text('none', 'b', second)]);
    expect(ruleNamed('rulesAgree')(agreed)).toEqual([]);
  });

  it('settingsAreUnique lets files share emailSettings, field by field', () => {
    const part = (key: string): Declarations['settings'][number] => ({
      kind: 'settings',
      sort: null,
      name: 'email',
      address: 'settings:email',
      id: null,
      source: { file: 'a.yaml', line: 1, column: 1 },
      fields: new Map([[key, { value: true, source: { file: 'a.yaml', line: 2, column: 3 } }]]),
    });
    const settings = [part('onlyApproved.users'), part('onlyApproved.queues')];
    const none = { environment: null, profiles: [], rules: [], mailboxes: [] };
    expect(ruleNamed('settingsAreUnique')({ ...none, settings })).toEqual([]);
    const twice = ruleNamed('settingsAreUnique')({
      ...none,
      settings: [...settings, part('onlyApproved.users')],
    });
    expect(twice.map(({ code, message }) => [code, message])).toEqual([
      ['duplicate-item', 'onlyApproved.users is declared here and in a.yaml:2'],
    ]);
  });
});

describe('rules over all environments', () => {
  const REAL = (name: string, more = ''): string =>
    `${name}: { url: "https://${name}.crm4.dynamics.com", purpose: production${more} }`;
  const TWO = `{ ${REAL('test')}, ${REAL('prod')} }`;
  const CAPPED = `{ ${REAL('test', ', mail: { allow: ["*@test.x.org"], others: leave }')}, ${REAL('prod')} }`;
  const SYNCED = 'mailboxes:\n  - { queue: A, emailAddress: a@x.org, incoming: server-side-sync }\n';
  const PATTERN = `rules:
  - { name: all, match: { emailAddress: "*@x.org" }, outgoing: server-side-sync }
`;
  const SAME_ID = ', organizationId: 00000000-0000-0000-0000-000000000001';

  it.each<[string, string, string, string, readonly string[]]>([
    ['environmentsDiffer', 'two environments', TWO, '', []],
    [
      'environmentsDiffer',
      'one organization under two names',
      `{ ${REAL('test', SAME_ID)}, ${REAL('prod', SAME_ID)} }`,
      '',
      [
        'warning duplicate-environment 2: environment "prod" has the organizationId "00000000-0000-0000-0000-000000000001" of "test" (mailboxctl.yaml:2)',
      ],
    ],
    [
      'addressesStayInOneEnvironment',
      'a mailbox of two environments',
      TWO,
      SYNCED,
      [
        'error address-in-two-environments 2: "a@x.org": synchronized in the environments "test", "prod"; Exchange syncs a mailbox with one of them, the last one tested',
      ],
    ],
    [
      'addressesStayInOneEnvironment',
      'many mailboxes of two environments',
      TWO,
      `mailboxes:\n${[...'abcdefg'].map((name) => `  - { user: ${name}@x.org, outgoing: server-side-sync }\n`).join('')}`,
      [
        'error address-in-two-environments 2: "a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org" and 2 more: synchronized in the environments "test", "prod"; Exchange syncs a mailbox with one of them, the last one tested',
      ],
    ],
    ['addressesStayInOneEnvironment', 'a ceiling keeps it out', CAPPED, SYNCED, []],
    [
      'addressesStayInOneEnvironment',
      'one of them is this machine',
      `{ local: { url: emulator }, ${REAL('prod')} }`,
      SYNCED,
      [],
    ],
    [
      'addressesStayInOneEnvironment',
      'nothing synchronizes it, or it is inactive',
      TWO,
      `mailboxes:
  - { queue: A, emailAddress: a@x.org, incoming: none }
  - { queue: B, emailAddress: b@x.org, incoming: server-side-sync, state: inactive }
`,
      [],
    ],
    [
      'patternsStayInOneEnvironment',
      'a rule of two environments',
      TWO,
      PATTERN,
      [
        'warning address-in-two-environments 2: rule "all" synchronizes "*@x.org" in the environments "test", "prod"; Exchange syncs a mailbox with one of them, the last one tested',
      ],
    ],
    ['patternsStayInOneEnvironment', 'a ceiling keeps it out', CAPPED, PATTERN, []],
    [
      'patternsStayInOneEnvironment',
      'a ceiling lets some of it through',
      CAPPED,
      PATTERN.replace('*@x.org', '*@*.org'),
      [
        'warning address-in-two-environments 2: rule "all" synchronizes "*@*.org" in the environments "test", "prod"; Exchange syncs a mailbox with one of them, the last one tested',
      ],
    ],
  ])('%s: %s', async (name, _, environments, text, expected) => {
    const rule = CROSS_ENVIRONMENT_RULES.find((known) => known.name === name);
    const found = rule?.(await allDeclarations([text], environments)) ?? [];
    expect(
      found.map(({ severity, code, source, message }) => `${severity} ${code} ${source?.line}: ${message}`),
    ).toEqual(expected);
  });
});
