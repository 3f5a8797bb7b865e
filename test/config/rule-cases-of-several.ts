/** Rules that look at several files or environments, with configurations that they accept and ones that they do not. */

import type { Case } from './rule-case.ts';

function partOfSettings(key: string): string {
  return `emailSettings: { onlyApproved: { ${key}: true } }\n`;
}

function ruleNamed(name: string, match: string, outgoing: string): string {
  return `rules:\n  - name: ${name}\n    match: ${match}\n    outgoing: ${outgoing}\n`;
}

/** Two files, each with a rule: the first sends nothing, the second does. */
function disagreeing(first: string, second: string): readonly string[] {
  return [ruleNamed('a', first, 'none'), ruleNamed('b', second, 'server-side-sync')];
}

function real(name: string, more = ''): string {
  return `${name}: { url: "https://${name}.crm4.dynamics.com", purpose: production${more} }`;
}

const PEOPLE = '{ mailboxOf: [user], emailAddress: "*@x.org" }';
const TWO = `{ ${real('test')}, ${real('prod')} }`;
const CAPPED = `{ ${real('test', ', mail: { allow: ["*@test.x.org"], others: leave }')}, ${real('prod')} }`;
const WITH_LOCAL = `{ local: { url: emulator }, ${real('prod')} }`;
const SAME_ID = ', organizationId: 00000000-0000-0000-0000-000000000001';
const SAME_ORGANIZATION = `{ ${real('test', SAME_ID)}, ${real('prod', SAME_ID)} }`;
const SAME_URL = `{ ${real('prod')}, again: { url: "https://PROD.crm4.dynamics.com", purpose: production } }`;

const SYNCED = 'mailboxes:\n  - { queue: A, emailAddress: a@x.org, incoming: server-side-sync }\n';
const TESTED = 'mailboxes:\n  - { user: a@x.org, testAndEnable: true }\n';
const NOTHING_MOVES = 'incoming: none, outgoing: none, appointmentsContactsTasks: none';
const SEVEN = [...'abcdefg']
  .map((name) => `  - { user: ${name}@x.org, outgoing: server-side-sync }\n`)
  .join('');

function ofPattern(pattern: string, field: string): string {
  return `rules:\n  - { name: all, match: { emailAddress: "${pattern}" }, ${field} }\n`;
}

const OUTGOING = 'outgoing: server-side-sync';

export const CASES_OF_SEVERAL: readonly Case[] = [
  {
    rule: 'settingsAreUnique',
    good: [partOfSettings('users'), partOfSettings('queues')],
    bad: [partOfSettings('users'), partOfSettings('queues'), partOfSettings('users')],
    found: ['duplicate-item 1'],
  },
  {
    rule: 'rulesAgree',
    good: [ruleNamed('a', PEOPLE, 'none'), ruleNamed('b', PEOPLE, 'none')],
    bad: disagreeing(PEOPLE, PEOPLE),
    found: ['rule-conflict 4'],
  },
  {
    rule: 'rulesAgree',
    good: disagreeing('{ emailAddress: "*@x.org" }', '{ emailAddress: "*@y.org" }'),
    bad: disagreeing('{ emailAddress: "*@x.org" }', '{ emailAddress: "a*@x.org" }'),
    found: ['rule-conflict 4'],
  },
  {
    rule: 'rulesAgree',
    // Whether a unit and a team have the same people, the environment alone knows.
    good: disagreeing('{ businessUnit: Sales }', '{ team: Sales }'),
    bad: disagreeing('{ businessUnit: Sales, below: true }', '{ businessUnit: Sales }'),
    found: ['rule-conflict 4'],
  },
  {
    rule: 'rulesAgree',
    good: disagreeing('{ mailboxOf: user }', '{ queue: Support }'),
    bad: disagreeing('{ mailboxOf: queue }', '{ queue: Support }'),
    found: ['rule-conflict 4'],
  },
  {
    rule: 'environmentsDiffer',
    good: '',
    goodEnvironments: TWO,
    bad: '',
    environments: SAME_ORGANIZATION,
    found: ['duplicate-environment 2'],
  },
  {
    rule: 'environmentsDiffer',
    good: '',
    goodEnvironments: '{ local: { url: emulator }, other: { url: emulator } }',
    bad: '',
    environments: SAME_URL,
    found: ['duplicate-environment 2'],
  },
  {
    rule: 'addressesStayInOneEnvironment',
    good: SYNCED,
    goodEnvironments: CAPPED,
    bad: SYNCED,
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'addressesStayInOneEnvironment',
    good: SYNCED,
    goodEnvironments: SAME_URL,
    bad: `mailboxes:\n${SEVEN}`,
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'addressesStayInOneEnvironment',
    good: TESTED,
    goodEnvironments: WITH_LOCAL,
    // What a rule says of queues, no user hears.
    bad: `${TESTED}rules:\n  - { name: queues, match: { mailboxOf: queue }, ${NOTHING_MOVES} }\n`,
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'addressesStayInOneEnvironment',
    good: `${ofPattern('*', NOTHING_MOVES)}${TESTED}`,
    bad: `${ofPattern('*', NOTHING_MOVES).replace('outgoing: none, ', '')}${TESTED}`,
    environments: TWO,
    found: ['address-in-two-environments 4'],
  },
  {
    rule: 'addressesStayInOneEnvironment',
    good: `mailboxes:
  - { queue: A, emailAddress: a@x.org, incoming: none }
  - { queue: B, emailAddress: b@x.org, incoming: server-side-sync, state: inactive }
  - { queue: C, emailAddress: c@x.org, testAndEnable: true, ${NOTHING_MOVES} }
  - { forward: D, emailAddress: d@x.org, testAndEnable: true, incoming: none }
  - { queue: E, emailAddress: e@x.org, testAndEnable: false }
`,
    bad: 'mailboxes:\n  - { forward: D, emailAddress: d@x.org, testAndEnable: true }\n',
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'patternsStayInOneEnvironment',
    good: ofPattern('*@x.org', OUTGOING),
    goodEnvironments: CAPPED,
    bad: ofPattern('*@x.org', OUTGOING),
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'patternsStayInOneEnvironment',
    good: ofPattern('*@x.org', 'outgoing: none'),
    // The ceiling lets a part of it through.
    bad: ofPattern('*@*.org', OUTGOING),
    environments: CAPPED,
    found: ['address-in-two-environments 2'],
  },
  {
    rule: 'patternsStayInOneEnvironment',
    good: `${ofPattern('*', NOTHING_MOVES)}  - { name: pilot, match: { team: Pilot }, testAndEnable: true }\n`,
    bad: ofPattern('*', 'testAndEnable: true'),
    environments: TWO,
    found: ['address-in-two-environments 2'],
  },
];
