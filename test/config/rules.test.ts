/** Every rule with a configuration that it accepts and one that it does not. */

import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/config/load-project.ts';
import type { Declarations, Rule } from '../../src/rules/rule.ts';
import { RULES } from '../../src/rules/rules.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';

interface Case {
  readonly rule: string;
  readonly good: string;
  readonly bad: string;
  /** Code and line of each finding. */
  readonly found: readonly string[];
}

const POP3 = `serverProfiles:
  - name: Mail
    type: pop3-smtp
    incoming: { server: pop3.contoso.com }
    outgoing: { server: smtp.contoso.com }
`;
const ONLINE = 'serverProfiles:\n  - name: Mail\n    type: exchange-online\n';

function mailbox(...lines: readonly string[]): string {
  return `mailboxes:\n  - ${lines.join('\n    ')}\n`;
}

function rule(...lines: readonly string[]): string {
  return `rules:\n  - name: some\n    ${lines.join('\n    ')}\n`;
}

function profile(type: string, ...lines: readonly string[]): string {
  return `serverProfiles:\n  - name: Mail\n    type: ${type}\n    ${lines.join('\n    ')}\n`;
}

const METHODS = ['incoming', 'outgoing', 'appointmentsContactsTasks'];
const NO_METHODS = METHODS.map((method) => `${method}: none`);

const CASES: readonly Case[] = [
  {
    rule: 'itemsAreUnique',
    good: 'mailboxes:\n  - queue: A\n  - user: A\n',
    bad: 'mailboxes:\n  - queue: A\n  - queue: a\n',
    found: ['duplicate-item 3'],
  },
  {
    rule: 'itemsAreUnique',
    good: 'mailboxes:\n  - queue: A\n    id: 00000000-0000-0000-0000-000000000001\n  - queue: A\n    id: 00000000-0000-0000-0000-000000000002\n',
    bad: 'serverProfiles:\n  - { name: A, type: exchange-online }\n  - { name: A, type: exchange-online }\n',
    found: ['duplicate-item 3'],
  },
  {
    rule: 'ruleNamesAreUnique',
    good: 'rules:\n  - { name: a, match: { mailboxOf: user } }\n  - { name: b, match: { mailboxOf: user } }\n',
    bad: 'rules:\n  - { name: a, match: { mailboxOf: user } }\n  - { name: A, match: { mailboxOf: user } }\n',
    found: ['duplicate-item 3'],
  },
  {
    rule: 'emailAddressesAreUnique',
    good: 'mailboxes:\n  - { queue: A, emailAddress: a@x.org }\n  - { queue: B, emailAddress: b@x.org }\n',
    bad: 'mailboxes:\n  - { queue: A, emailAddress: a@x.org }\n  - { queue: B, emailAddress: A@X.org }\n',
    found: ['duplicate-item 3'],
  },
  {
    rule: 'emailAddressesAreRecognized',
    good: mailbox('queue: A', 'emailAddress: recent:support@gmail.com'),
    bad: mailbox('queue: A', 'emailAddress: support@contoso'),
    found: ['address-unrecognized 3'],
  },
  {
    rule: 'patternsCanMatch',
    good: rule('match: { emailAddress: ["*@contoso.com", alice@contoso.com] }'),
    bad: rule('match: { emailAddress: ["contoso.com", "a@b@*"] }'),
    found: ['address-unrecognized 2', 'address-unrecognized 2'],
  },
  {
    rule: 'requiresServers',
    good: POP3,
    bad: profile('imap-smtp', 'incoming: { server: imap.contoso.com }'),
    found: ['type-requires-field 3'],
  },
  {
    rule: 'forbidsServers',
    good: ONLINE,
    bad: profile('exchange-online', 'incoming: { server: outlook.office365.com, port: 443 }'),
    found: ['type-forbids-field 4', 'type-forbids-field 4'],
  },
  {
    rule: 'requiresSsl',
    good: profile('gmail', 'incoming: { ssl: true }'),
    bad: profile('gmail', 'incoming: { ssl: false }', 'outgoing: { ssl: false }'),
    found: ['ssl-required 4', 'ssl-required 5'],
  },
  {
    rule: 'locationAgreesWithSsl',
    good: profile('exchange-server', 'incoming: { server: "https://mail.contoso.com/EWS" }'),
    bad: profile('exchange-server', 'incoming: { server: "http://mail.contoso.com/EWS" }'),
    found: ['location-ssl-disagree 4'],
  },
  {
    rule: 'authenticationFitsType',
    good: profile('imap-smtp', 'authentication: profile'),
    bad: profile('pop3-smtp', 'authentication: profile'),
    found: ['type-forbids-authentication 4'],
  },
  {
    rule: 'authenticationFitsType',
    good: profile('gmail', 'authentication: gmail-oauth'),
    bad: profile('gmail', 'authentication: user-or-queue'),
    found: ['authentication-ended 4'],
  },
  {
    rule: 'authenticationFitsType',
    good: profile('exchange-server', 'authentication: profile'),
    bad: profile(
      'exchange-server',
      'authentication: profile',
      'outgoing: { authentication: windows-integrated }',
    ),
    found: ['type-forbids-authentication 5'],
  },
  {
    rule: 'authenticationIsDeclared',
    good: profile('exchange-hybrid', 'authentication: hybrid-modern'),
    bad: profile('exchange-hybrid', 'incoming: { authentication: hybrid-modern }'),
    found: ['type-requires-field 3'],
  },
  {
    rule: 'outlookNotOnQueues',
    good: `${mailbox('user: a@x.org', 'incoming: outlook')}${rule('match: { mailboxOf: user }', 'outgoing: outlook')}`,
    bad: `${mailbox('queue: A', 'incoming: outlook')}${rule('match: { emailAddress: "*@x.org" }', 'outgoing: outlook')}`,
    found: ['method-not-for-queue 3', 'method-not-for-queue 7'],
  },
  {
    rule: 'outlookIsDeprecated',
    good: mailbox('user: a@x.org', 'incoming: server-side-sync'),
    bad: `${mailbox('user: a@x.org', 'incoming: outlook')}emailSettings: { newMailboxes: { outgoing: outlook } }\n`,
    found: ['method-deprecated 4', 'method-deprecated 3'],
  },
  {
    rule: 'forwardMailboxIsComplete',
    good: mailbox('forward: A', 'emailAddress: a@x.org', 'incoming: server-side-sync', 'outgoing: none'),
    bad: mailbox('forward: A', 'incoming: forward-mailbox', 'outgoing: server-side-sync'),
    found: ['missing-key 2', 'method-not-for-forward 3', 'method-not-for-forward 4'],
  },
  {
    rule: 'forwardIsDiscouraged',
    good: mailbox('queue: A'),
    bad: mailbox('forward: A', 'emailAddress: a@x.org'),
    found: ['forward-discouraged 2'],
  },
  {
    rule: 'appointmentsNeedExchange',
    good:
      ONLINE + mailbox('user: a@x.org', 'serverProfile: Mail', 'appointmentsContactsTasks: server-side-sync'),
    bad:
      POP3 + mailbox('user: a@x.org', 'serverProfile: mail', 'appointmentsContactsTasks: server-side-sync'),
    found: ['type-forbids-appointments 9'],
  },
  {
    rule: 'appointmentsNeedExchange',
    good: `${POP3}emailSettings: { newMailboxes: { serverProfile: Mail, appointmentsContactsTasks: none } }\n`,
    bad: `${POP3}emailSettings: { newMailboxes: { appointmentsContactsTasks: server-side-sync } }\n${mailbox('user: a@x.org', 'serverProfile: Mail', 'applyDefaultEmailSettings: true')}`,
    found: ['type-forbids-appointments 6'],
  },
  {
    rule: 'credentialsAreComplete',
    good: mailbox('queue: A', 'credentials: { username: a, password: { env: A_PASSWORD } }'),
    bad: mailbox('queue: A', 'credentials: { password: { env: A_PASSWORD } }'),
    found: ['credentials-incomplete 3'],
  },
  {
    rule: 'credentialsAreUsed',
    good: POP3 + mailbox('queue: A', 'serverProfile: Mail', 'credentials: { username: a }'),
    bad: ONLINE + mailbox('queue: A', 'serverProfile: Mail', 'credentials: { username: a }'),
    found: ['credentials-not-used 7'],
  },
  {
    rule: 'credentialsAreNotForbidden',
    good: ONLINE + mailbox('queue: A', 'serverProfile: Mail', 'credentials: none'),
    bad: POP3 + mailbox('queue: A', 'serverProfile: Mail', 'credentials: none'),
    found: ['credentials-missing 9'],
  },
  {
    rule: 'approvalNeedsAddress',
    good: `${mailbox('queue: A', 'emailAddress: a@x.org', 'approved: true')}  - { user: b@x.org, approved: true }\n`,
    bad: mailbox('queue: A', 'approved: true'),
    found: ['approval-needs-address 3'],
  },
  {
    rule: 'rulesCanApprove',
    good: rule('match: { emailAddress: "*@x.org" }', 'approved: true'),
    bad: `${rule('match: { mailboxOf: user }', 'approved: true')}  - { name: b, match: { mailboxOf: queue, emailAddress: "*@x.org" }, approved: true }\n`,
    found: ['rule-cannot-approve 4', 'rule-cannot-approve 5'],
  },
  {
    rule: 'approvalIsRequired',
    good: 'emailSettings: { onlyApproved: { users: true } }\n',
    bad: 'emailSettings: { onlyApproved: { users: true, queues: false } }\n',
    found: ['approval-not-required 1'],
  },
  {
    rule: 'somethingToTest',
    good: mailbox('queue: A', 'incoming: none', 'outgoing: none', 'testAndEnable: true'),
    bad: mailbox('queue: A', ...NO_METHODS, 'testAndEnable: true'),
    found: ['nothing-to-test 6'],
  },
  {
    rule: 'somethingToTest',
    good: rule('match: { mailboxOf: user }', 'testAndEnable: true'),
    bad: rule('match: { mailboxOf: user }', ...NO_METHODS, 'testAndEnable: true'),
    found: ['nothing-to-test 7'],
  },
];

async function declarations(...texts: readonly string[]): Promise<Declarations> {
  const files = texts.map((text, index) => [`config/${index}.yaml`, text] as const);
  const root = 'version: 1\nenvironments: { local: { url: emulator } }\ninclude: [config/*.yaml]\n';
  const project = await loadProject(
    PROJECT,
    memoryFiles({ 'mailboxctl.yaml': root, ...Object.fromEntries(files) }),
  );
  const broken = project.diagnostics.filter(({ code }) => code === 'unknown-key' || code.startsWith('yaml-'));
  expect(broken).toEqual([]);
  const { settings, ...config } = project.config('local');
  return { ...config, settings: settings === null ? [] : [settings] };
}

function ruleNamed(name: string): Rule {
  const found = RULES.find((known) => known.name === name);
  if (found === undefined) throw new Error(`No rule ${name}`);
  return found;
}

describe('rules', () => {
  it.each(CASES)('$rule accepts what is right: $good', async ({ rule: name, good }) => {
    expect(ruleNamed(name)(await declarations(good))).toEqual([]);
  });

  it.each(CASES)('$rule finds what is wrong: $bad', async ({ rule: name, bad, found }) => {
    const findings = ruleNamed(name)(await declarations(bad));
    expect(findings.map(({ code, source }) => `${code} ${source?.line}`)).toEqual(found);
  });

  it.each(RULES.filter(({ name }) => CASES.some((each) => each.rule === name)))(
    'without $name exactly its cases go unnoticed',
    async (removed) => {
      const rest = RULES.filter((each) => each !== removed);
      const unnoticed: Case[] = [];
      for (const each of CASES) {
        const declared = await declarations(each.bad);
        const seen = rest
          .flatMap((check) => check(declared))
          .map(({ code, source }) => `${code} ${source?.line}`);
        if (!each.found.every((finding) => seen.includes(finding))) unnoticed.push(each);
      }
      expect(unnoticed).toEqual(CASES.filter((each) => each.rule === removed.name));
    },
  );

  it('are all shown here or below', () => {
    const shown = new Set(CASES.map(({ rule: name }) => name));
    const elsewhere = ['settingsAreUnique', 'fieldsFitSort', 'rulesAgree'];
    expect(
      RULES.map(({ name }) => name)
        .filter((name) => !shown.has(name))
        .sort(),
    ).toEqual(elsewhere.sort());
  });
});

describe('rules across files and rows', () => {
  it('rulesAgree names both lines when rules of two files disagree on the same mailboxes', async () => {
    const text = (method: string, name: string): string =>
      `rules:\n  - name: ${name}\n    match: { mailboxOf: [user], emailAddress: "*@x.org" }\n    outgoing: ${method}\n`;
    const found = ruleNamed('rulesAgree')(
      await declarations(text('none', 'a'), text('server-side-sync', 'b')),
    );
    expect(found.map(({ code, source, message }) => [code, source, message])).toEqual([
      [
        'rule-conflict',
        { file: 'config/1.yaml', line: 4, column: 15, rule: 'b' },
        'rule "b" and rule "a" (config/0.yaml:4) cover the same mailboxes and disagree on outgoing',
      ],
    ]);
    expect(ruleNamed('rulesAgree')(await declarations(text('none', 'a'), text('none', 'b')))).toEqual([]);
  });

  it('settingsAreUnique lets files share emailSettings, field by field', async () => {
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

  it('fieldsFitSort asks the catalogue which sorts have a field', async () => {
    const declared = await declarations(mailbox('forward: A', 'emailAddress: a@x.org'));
    expect(ruleNamed('fieldsFitSort')(declared)).toEqual([]);
    const queues = declared.mailboxes.map((item) => ({ ...item, sort: 'queue' as const }));
    const found = ruleNamed('fieldsFitSort')({ ...declared, mailboxes: queues });
    expect(found.map(({ code }) => code)).toEqual(['field-not-for-sort']);
  });
});
