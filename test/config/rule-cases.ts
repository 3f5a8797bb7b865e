/** Every rule that looks at one environment, with configurations that it accepts and ones that it does not. */

import type { Case } from './rule-case.ts';

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

const ID = '00000000-0000-0000-0000-000000000001';
const DEFAULTS =
  'emailSettings: { newMailboxes: { incoming: server-side-sync, outgoing: server-side-sync } }\n';
const ABSENT = 'serverProfiles: [{ name: Mail, absent: true }]\n';
const DATED = profile('exchange-online', 'processEmailsFrom: 2026-01-01T00:00:00Z');
const SAME_DATE = 'processEmailsFrom: 2026-01-01T01:00:00+01:00';
const EARLIER_DATE = 'processEmailsFrom: 2026-01-01T00:00:00+01:00';

function mailboxesOf(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return numbers.map((number) => `  - { user: u${number}@x.org, serverProfile: Mail }\n`).join('');
}

const METHODS = ['incoming', 'outgoing', 'appointmentsContactsTasks'];
const NO_METHODS = METHODS.map((method) => `${method}: none`);

export const CASES: readonly Case[] = [
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
    rule: 'requiredFieldsAreDeclared',
    good: POP3,
    bad: profile('imap-smtp', 'incoming: { server: imap.contoso.com }'),
    found: ['type-requires-field 3'],
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
    rule: 'rulesCanApprove',
    // That nobody is both, another rule says.
    good: rule('match: { signIn: "*@x.org", queue: "Support *" }', 'approved: true'),
    bad: rule('match: { queue: "Support *", emailAddress: "*@x.org" }', 'approved: true'),
    found: ['rule-cannot-approve 4'],
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
  {
    rule: 'idsAreUnique',
    good: `mailboxes:\n  - { queue: A, id: ${ID} }\n  - { user: a@x.org, id: ${ID} }\n`,
    bad: `mailboxes:\n  - { queue: A, id: ${ID} }\n  - { queue: B, id: ${ID} }\n`,
    found: ['duplicate-item 3'],
  },
  {
    rule: 'patternsCanMatch',
    good: rule('match: { signIn: "*@contoso.com" }'),
    bad: rule('match: { signIn: Alice Miller }'),
    found: ['address-unrecognized 2'],
  },
  {
    rule: 'matchesCanMeet',
    good: rule('match: { mailboxOf: [user, queue], queue: "Support *" }', 'except: [{ signIn: "a*@x.org" }]'),
    bad: rule('match: { mailboxOf: user, queue: "Support *" }', 'except: [{ queue: A, licensed: true }]'),
    found: ['rule-matches-nothing 2', 'rule-matches-nothing 2'],
  },
  {
    rule: 'belowHasBusinessUnit',
    good: rule('match: { businessUnit: Sales, below: true }'),
    bad: rule('match: { team: Sales, below: true }'),
    found: ['missing-key 2'],
  },
  {
    rule: 'fieldsFitSort',
    good: `${mailbox('queue: A', 'deleteEmailsAfterProcessing: true')}  - { forward: B, renamedFrom: C }\n`,
    bad: `${mailbox('user: a@x.org', 'deleteEmailsAfterProcessing: true')}  - { queue: B, renamedFrom: C }\n`,
    found: ['field-not-for-sort 3', 'field-not-for-sort 4'],
  },
  {
    rule: 'fieldsFitRule',
    good: rule('match: { mailboxOf: queue }', 'deleteEmailsAfterProcessing: false'),
    bad: rule('match: { emailAddress: "*@x.org" }', 'deleteEmailsAfterProcessing: false'),
    found: ['field-not-for-sort 4'],
  },
  {
    rule: 'fieldsFitRule',
    good: rule('match: { mailboxOf: queue }', 'deleteEmailsAfterProcessing: false'),
    bad: rule('match: { mailboxOf: user }', 'deleteEmailsAfterProcessing: true'),
    found: ['field-not-for-sort 4'],
  },
  {
    rule: 'absentIsPossible',
    good: 'serverProfiles: [{ name: Mail, absent: true }]\nmailboxes: [{ forward: A, absent: true }]\n',
    bad: mailbox('queue: A', 'absent: true'),
    found: ['absent-not-possible 3'],
  },
  {
    rule: 'absentIsAlone',
    good: 'serverProfiles: [{ name: Mail, type: gmail, absent: true }]\nmailboxes: [{ forward: A, absent: true }]\n',
    bad: mailbox('forward: A', 'absent: true', 'outgoing: none', 'incoming: none'),
    found: ['absent-with-fields 5'],
  },
  {
    rule: 'absentProfileIsUnused',
    good: `${ABSENT}mailboxes:\n  - { queue: A, serverProfile: Mail, managed: false }\n`,
    bad: `${ABSENT}mailboxes:\n  - { queue: A, serverProfile: mail }\n  - { queue: B, serverProfile: Mail }\n`,
    found: ['absent-not-possible 3'],
  },
  {
    rule: 'absentProfileIsUnused',
    good: `${ABSENT}emailSettings: { newMailboxes: { serverProfile: Other } }\n`,
    bad: `${ABSENT}emailSettings: { newMailboxes: { serverProfile: Mail } }\n`,
    found: ['absent-not-possible 2'],
  },
  {
    rule: 'renamesAreClear',
    good: 'mailboxes:\n  - { forward: A, renamedFrom: B }\n  - { queue: B }\n',
    bad: `mailboxes:
  - { forward: A, renamedFrom: a }
  - { forward: B, renamedFrom: A }
  - { forward: C, renamedFrom: D }
  - { forward: E, renamedFrom: D }
`,
    found: ['rename-unclear 2', 'rename-unclear 3', 'rename-unclear 5'],
  },
  {
    rule: 'renamesAreClear',
    good: 'mailboxes:\n  - { forward: A, absent: true, renamedFrom: C }\n  - { forward: C, renamedFrom: B }\n',
    bad: 'mailboxes:\n  - { forward: A, absent: true }\n  - { forward: C, renamedFrom: A }\n',
    found: ['rename-unclear 3'],
  },
  {
    rule: 'renamesAreClear',
    good: 'serverProfiles:\n  - { name: A, managed: false }\n  - { name: C, renamedFrom: A, managed: false }\n',
    bad: 'serverProfiles:\n  - { name: A, managed: false }\n  - { name: C, renamedFrom: A }\n',
    found: ['rename-unclear 3'],
  },
  {
    rule: 'ignoredFieldsExist',
    good: `${mailbox('queue: A', 'ignore: [processEmailsFrom, credentials.username]')}serverProfiles: [{ name: Mail, type: gmail, ignore: [incoming.port] }]\n`,
    bad: `${mailbox('queue: A', 'ignore: [processEmailFrom, approvedBy, protect]')}serverProfiles: [{ name: Mail, type: gmail, ignore: [incoming] }]\n`,
    found: ['unknown-key 4', 'unknown-key 3', 'unknown-key 3', 'unknown-key 3'],
  },
  {
    rule: 'ignoredFieldsExist',
    good: rule('match: { mailboxOf: user }', 'ignore: [outgoing]'),
    bad: rule('match: { mailboxOf: user }', 'ignore: [outgonig]'),
    found: ['unknown-key 4'],
  },
  {
    rule: 'acceptedChecksExist',
    good: mailbox('queue: A', 'accept: { queue-owner-disabled: He is on leave. }'),
    bad: mailbox('queue: A', 'accept: { queue-owner-disable: He is on leave. }'),
    found: ['check-unknown 3'],
  },
  {
    rule: 'fieldsFitType',
    good: ONLINE,
    bad: profile('exchange-online', 'incoming: { server: outlook.office365.com, port: 443 }'),
    found: ['type-forbids-field 4', 'type-forbids-field 4'],
  },
  {
    rule: 'fieldsFitType',
    good: profile(
      'exchange-server',
      'authentication: profile',
      'incoming: { impersonation: true }',
      'outgoing: { autoGrantDelegateAccess: true }',
    ),
    bad: profile(
      'imap-smtp',
      'autoDiscover: true',
      'incoming: { impersonation: true }',
      'outgoing: { autoGrantDelegateAccess: true }',
      'exchangeVersion: exchange-2013',
    ),
    found: ['type-forbids-field 4', 'type-forbids-field 5', 'type-forbids-field 6', 'type-forbids-field 7'],
  },
  {
    rule: 'protocolsFitType',
    good: profile('exchange-server', 'incoming: { protocol: ntlm }', 'outgoing: { protocol: basic }'),
    bad: profile('pop3-smtp', 'incoming: { protocol: ntlm }', 'outgoing: { protocol: negotiate }'),
    found: ['protocol-not-possible 4', 'protocol-not-possible 5'],
  },
  {
    rule: 'protocolsFitType',
    good: profile('exchange-online', 'incoming: { protocol: oauth }'),
    bad: profile('exchange-online', 'incoming: { protocol: basic }'),
    found: ['protocol-not-possible 4'],
  },
  {
    rule: 'autoDiscoverOrServers',
    good: profile('exchange-server', 'autoDiscover: true'),
    bad: profile('exchange-server', 'autoDiscover: true', 'incoming: { server: mail.x.org, port: 443 }'),
    found: ['type-forbids-field 5', 'type-forbids-field 5'],
  },
  {
    rule: 'autoDiscoverOrServers',
    good: profile(
      'exchange-server',
      'autoDiscover: false',
      'incoming: { server: mail.x.org }',
      'outgoing: { server: mail.x.org }',
    ),
    bad: profile('exchange-server', 'autoDiscover: false'),
    found: ['type-requires-field 4', 'type-requires-field 4'],
  },
  {
    rule: 'serversAreRecognized',
    good: profile(
      'exchange-server',
      'incoming: { server: "https://mail.x.org:8443/EWS/Exchange.asmx" }',
      'outgoing: { server: mail.x.org }',
    ),
    bad: profile(
      'exchange-server',
      'incoming: { server: "mail.x.org/EWS" }',
      'outgoing: { server: "the mail server" }',
    ),
    found: ['server-unrecognized 4', 'server-unrecognized 5'],
  },
  {
    rule: 'serversAreRecognized',
    good: POP3,
    bad: profile(
      'pop3-smtp',
      'incoming: { server: "pop3.contoso.com:995" }',
      'outgoing: { server: "https://smtp.contoso.com" }',
    ),
    found: ['server-unrecognized 4', 'server-unrecognized 5'],
  },
  {
    rule: 'requiresSsl',
    good: profile('pop3-smtp', 'incoming: { ssl: true, protocol: basic }'),
    bad: profile('pop3-smtp', 'incoming: { ssl: false, protocol: basic }'),
    found: ['ssl-required 4'],
  },
  {
    rule: 'locationAgreesWithSsl',
    good: profile('exchange-server', 'incoming: { server: "https://mail.contoso.com/EWS", ssl: true }'),
    bad: profile(
      'exchange-server',
      'incoming: { server: "https://mail.contoso.com/EWS", ssl: false }',
      'outgoing: { server: "https://mail.contoso.com/EWS", ssl: false }',
    ),
    found: ['location-ssl-disagree 4', 'location-ssl-disagree 5'],
  },
  {
    rule: 'defaultLocationIsSecure',
    good: profile('exchange-online', 'defaultLocation: https://partner.outlook.cn/EWS/Exchange.asmx'),
    bad: profile('exchange-online', 'defaultLocation: http://partner.outlook.cn/EWS/Exchange.asmx'),
    found: ['server-unrecognized 4'],
  },
  {
    rule: 'portsFitCloud',
    environments: '{ gov: { url: "https://contoso.crm9.dynamics.com", purpose: production } }',
    good: profile(
      'pop3-smtp',
      'incoming: { server: pop3.x.org }',
      'outgoing: { server: smtp.x.org, port: 465 }',
    ),
    bad: profile(
      'imap-smtp',
      'incoming: { server: imap.x.org, port: 143 }',
      'outgoing: { server: smtp.x.org }',
    ),
    found: ['port-not-in-cloud 4', 'port-not-in-cloud 3'],
  },
  {
    rule: 'portsFitCloud',
    good: profile('exchange-server', 'incoming: { server: "https://mail.x.org:8443/EWS" }'),
    bad: profile(
      'exchange-server',
      'serverAuthority: us-government',
      'incoming: { server: "https://mail.x.org:8443/EWS" }',
    ),
    found: ['port-not-in-cloud 5'],
  },
  ...['contoso.crm.microsoftdynamics.us', 'contoso.crm.appsplatform.us'].map((host) => ({
    rule: 'portsFitCloud',
    environments: `{ gov: { url: "https://${host}", purpose: production } }`,
    good: profile('gmail', 'incoming: { port: 995 }', 'outgoing: { port: 465 }'),
    bad: profile('gmail', 'incoming: { port: 993 }', 'outgoing: { port: 465 }'),
    found: ['port-not-in-cloud 4'],
  })),
  {
    rule: 'authenticationFitsType',
    good: profile('exchange-hybrid', 'authentication: hybrid-modern'),
    bad: profile('exchange-online', 'authentication: profile'),
    found: ['type-forbids-authentication 4'],
  },
  {
    rule: 'authenticationHasNotEnded',
    good: profile('gmail', 'authentication: gmail-oauth'),
    bad: profile('gmail', 'authentication: user-or-queue'),
    found: ['authentication-ended 4'],
  },
  {
    rule: 'profileCredentialsAreComplete',
    good: profile(
      'exchange-server',
      'authentication: profile',
      'incoming: { username: a, password: { env: A_PASSWORD } }',
    ),
    bad: profile(
      'exchange-server',
      'authentication: profile',
      'incoming: { username: a, impersonation: true }',
    ),
    found: ['credentials-incomplete 5'],
  },
  {
    rule: 'profileCredentialsAreComplete',
    good: profile(
      'imap-smtp',
      'authentication: profile',
      'sameForOutgoing: true',
      'incoming: { username: a, password: { env: A_PASSWORD } }',
    ),
    bad: profile('imap-smtp', 'authentication: profile', 'incoming: { password: { env: A_PASSWORD } }'),
    found: ['credentials-incomplete 5', 'credentials-missing 4'],
  },
  {
    rule: 'profileCredentialsAreUsed',
    good: profile(
      'imap-smtp',
      'incoming: { authentication: profile, username: a, password: { env: A_PASSWORD } }',
    ),
    bad: profile(
      'imap-smtp',
      'incoming: { username: a, password: { env: A_PASSWORD } }',
      'outgoing: { authentication: profile, username: a, password: { env: A_PASSWORD } }',
    ),
    found: ['credentials-not-used 4', 'credentials-not-used 4'],
  },
  {
    rule: 'impersonationHasCredentials',
    good: profile(
      'exchange-server',
      'authentication: profile',
      'incoming: { impersonation: true, username: a, password: { env: A_PASSWORD } }',
    ),
    bad: profile('exchange-server', 'authentication: user-or-queue', 'incoming: { impersonation: true }'),
    found: ['type-forbids-field 5'],
  },
  {
    rule: 'outgoingSharesSettings',
    good: profile(
      'imap-smtp',
      'authentication: user-or-queue',
      'sameForOutgoing: true',
      'outgoing: { port: 465 }',
    ),
    bad: profile(
      'imap-smtp',
      'sameForOutgoing: true',
      'outgoing: { authentication: user-or-queue, protocol: basic }',
    ),
    found: ['type-forbids-field 5', 'type-forbids-field 5'],
  },
  {
    rule: 'applicationIsComplete',
    good: profile(
      'exchange-online',
      'authentication: entra-oauth',
      `oauth: { clientId: a, clientSecret: { env: A }, tenantId: ${ID} }`,
    ),
    bad: profile(
      'exchange-online',
      'authentication: entra-oauth',
      'oauth: { clientId: a, clientSecret: { env: A } }',
    ),
    found: ['type-requires-field 4'],
  },
  {
    rule: 'applicationIsComplete',
    good: profile('gmail', 'oauth: { clientId: a, clientSecret: { env: A } }'),
    bad: profile('gmail', 'description: Mail of Google'),
    found: ['credentials-missing 3'],
  },
  {
    rule: 'applicationIsUsed',
    good: profile(
      'gmail',
      'oauth: { clientId: a, clientSecret: { env: A } }',
      'outgoing: { authentication: user-or-queue }',
    ),
    bad: profile('exchange-online', 'oauth: { clientId: a }'),
    found: ['type-forbids-field 4'],
  },
  {
    rule: 'applicationIsUsed',
    good: profile('exchange-hybrid', 'authentication: hybrid-modern', 'autoDiscover: false'),
    bad: profile('exchange-hybrid', 'authentication: hybrid-modern', 'autoDiscover: true'),
    found: ['type-forbids-field 5'],
  },
  {
    rule: 'profileUsersAreFew',
    good: `${profile('gmail', 'state: active')}mailboxes:\n${mailboxesOf(100)}`,
    bad: `${profile('gmail', 'state: active')}mailboxes:\n${mailboxesOf(101)}`,
    found: ['gmail-user-limit 106'],
  },
  {
    rule: 'uploadLimitIsSure',
    good: 'emailSettings: { attachments: { maxSizeKB: 128000 } }\n',
    bad: 'emailSettings: { attachments: { maxSizeKB: 131072 } }\n',
    found: ['upload-limit-doubtful 1'],
  },
  {
    rule: 'forwardMailboxHasAddress',
    good: mailbox('forward: A', 'emailAddress: a@x.org'),
    bad: mailbox('forward: A', 'outgoing: none'),
    found: ['missing-key 2'],
  },
  {
    rule: 'forwardMailboxOnlyReceives',
    good: mailbox('forward: A', 'emailAddress: a@x.org', 'incoming: server-side-sync', 'outgoing: none'),
    bad: mailbox('forward: A', 'incoming: forward-mailbox', 'outgoing: server-side-sync'),
    found: ['method-not-for-forward 3', 'method-not-for-forward 4'],
  },
  {
    rule: 'forwardMailboxOnlyReceives',
    good: DEFAULTS + mailbox('forward: A', 'applyDefaultEmailSettings: true', 'outgoing: none'),
    bad: DEFAULTS + mailbox('forward: A', 'applyDefaultEmailSettings: true'),
    found: ['method-not-for-forward 4'],
  },
  {
    rule: 'forwardMailboxIsThere',
    good: `${mailbox('queue: A', 'incoming: forward-mailbox')}  - forward: B\n`,
    bad: `${mailbox('queue: A', 'incoming: forward-mailbox')}  - { forward: B, state: inactive }\n  - { queue: C, incoming: forward-mailbox }\n`,
    found: ['forward-mailbox-missing 3'],
  },
  {
    rule: 'forwardMailboxIsThere',
    good: `${rule('match: { mailboxOf: queue }', 'incoming: forward-mailbox')}mailboxes: [{ forward: B }]\n`,
    bad: rule('match: { mailboxOf: queue }', 'incoming: forward-mailbox'),
    found: ['forward-mailbox-missing 4'],
  },
  {
    rule: 'forwardMailboxIsThere',
    good: DEFAULTS,
    bad: 'emailSettings: { newMailboxes: { incoming: forward-mailbox } }\n',
    found: ['forward-mailbox-missing 1'],
  },
  {
    rule: 'mailboxDatesCount',
    good: DATED + mailbox('queue: A', 'serverProfile: Mail', 'processEmailsFrom: 2026-02-01T00:00:00Z'),
    bad: DATED + mailbox('queue: A', 'serverProfile: Mail', 'processEmailsFrom: 2025-12-31T23:59:59Z'),
    found: ['date-without-effect 8'],
  },
  {
    rule: 'mailboxDatesCount',
    good: DATED + rule('match: { mailboxOf: queue }', 'serverProfile: Mail', SAME_DATE),
    bad: DATED + rule('match: { mailboxOf: queue }', 'serverProfile: Mail', EARLIER_DATE),
    found: ['date-without-effect 9'],
  },
  {
    rule: 'rulesKeepMail',
    good: rule('match: { queue: Support }', 'deleteEmailsAfterProcessing: false'),
    bad: rule('match: { queue: Support }', 'deleteEmailsAfterProcessing: true'),
    found: ['deletes-mail 4'],
  },
  {
    rule: 'rulesKeepMail',
    good: rule('match: { mailboxOf: user }', 'deleteEmailsAfterProcessing: true'),
    bad: rule('match: { mailboxOf: queue }', 'deleteEmailsAfterProcessing: true'),
    found: ['deletes-mail 4'],
  },
  {
    rule: 'testedMailboxIsActive',
    good: mailbox('queue: A', 'state: active', 'testAndEnable: true'),
    bad: mailbox('queue: A', 'state: inactive', 'testAndEnable: true'),
    found: ['nothing-to-test 4'],
  },
  {
    rule: 'testedMailboxIsApproved',
    good: `emailSettings: { onlyApproved: { queues: false } }\n${mailbox('queue: A', 'approved: false', 'testAndEnable: true')}`,
    bad: `${mailbox('queue: A', 'approved: false', 'testAndEnable: true')}${rule('match: { mailboxOf: user }', 'approved: false', 'testAndEnable: true')}`,
    found: ['test-needs-approval 4', 'test-needs-approval 9'],
  },
  {
    rule: 'testedProfileIsActive',
    good:
      profile('gmail', 'state: inactive') +
      mailbox('queue: A', 'serverProfile: Mail', 'testAndEnable: false'),
    bad:
      profile('gmail', 'state: inactive') + mailbox('queue: A', 'serverProfile: Mail', 'testAndEnable: true'),
    found: ['profile-inactive 8'],
  },
  {
    rule: 'defaultProfileIsActive',
    good: `${profile('gmail', 'state: active')}emailSettings: { newMailboxes: { serverProfile: Mail } }\n`,
    bad: `${profile('gmail', 'state: inactive')}emailSettings: { newMailboxes: { serverProfile: mail } }\n`,
    found: ['profile-inactive 5'],
  },
  {
    rule: 'primaryOrganizationIsProduction',
    environments: '{ test: { url: "https://contoso.crm4.dynamics.com", purpose: non-production } }',
    good: mailbox('user: a@x.org', 'testAndEnable: true'),
    bad: mailbox('user: a@x.org', 'syncFromThisOrganizationOnly: true', 'testAndEnable: true'),
    found: ['primary-org-not-production 3'],
  },
  {
    rule: 'primaryOrganizationIsTested',
    good: `${mailbox('user: a@x.org', 'syncFromThisOrganizationOnly: true')}${rule('match: { signIn: a@x.org }', 'testAndEnable: true')}`,
    bad: mailbox('user: a@x.org', 'syncFromThisOrganizationOnly: true'),
    found: ['primary-org-needs-test 3'],
  },
  {
    rule: 'rulesTakeEffect',
    good: `${rule('match: { emailAddress: "*@x.org" }', 'outgoing: server-side-sync')}  - { name: chief, match: { emailAddress: ceo@x.org }, outgoing: none }\n`,
    bad: `${rule('match: { emailAddress: ceo@x.org }', 'outgoing: none')}  - { name: all, match: { emailAddress: "*@x.org" }, outgoing: server-side-sync }\n`,
    found: ['rule-without-effect 4'],
  },
  {
    rule: 'itemsSaySomethingNew',
    good: `${rule('match: { signIn: "*@x.org" }', 'outgoing: none')}${mailbox('user: a@x.org', 'incoming: none')}  - { user: b@x.org, outgoing: server-side-sync }\n`,
    bad: `${rule('match: { signIn: "*@x.org" }', 'outgoing: none')}${mailbox('user: a@x.org', 'outgoing: none')}`,
    found: ['item-covered-by-rule 6'],
  },
  {
    rule: 'itemsSaySomethingNew',
    // A rule without addresses approves nobody; the item does.
    good: `${rule('match: { signIn: "*@x.org" }', 'approved: true')}${mailbox('user: a@x.org', 'approved: true')}`,
    bad: `${rule('match: { signIn: "*@x.org" }', 'testAndEnable: true')}${mailbox('user: a@x.org', 'testAndEnable: true')}`,
    found: ['item-covered-by-rule 6'],
  },
  {
    rule: 'ceilingLetsThrough',
    environments: '{ test: { url: emulator, mail: { allow: ["*@test.x.org"], others: leave } } }',
    good: `${rule('match: { emailAddress: "*@*.org" }', 'outgoing: none')}${mailbox('queue: A', 'emailAddress: a@x.org')}`,
    bad: `${rule('match: { emailAddress: "*@x.org" }', 'outgoing: none')}${mailbox('queue: A', 'emailAddress: a@x.org')}`,
    found: ['ceiling-silences-everything 2'],
  },
  {
    rule: 'ceilingIsNotPassedOver',
    environments: '{ test: { url: emulator, mail: { allow: ["*@test.x.org"], others: none } } }',
    good: `${mailbox('user: a@test.x.org', 'managed: false')}  - { user: b@x.org, outgoing: none }\n  - { queue: Q, managed: false }\n`,
    bad: mailbox('user: a@x.org', 'managed: false'),
    found: ['ceiling-passed-over 3'],
  },
];
