/** Every code that the documentation lists for e-mail is explained, in every form in which it is printed. */

import { describe, expect, it } from 'vitest';
import { ALERT_CODES, alertCodeFacts } from './alert-codes.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { SERVICE_CODES } from './service-codes.ts';
import { explainAlert, serviceHint } from './service-hints.ts';

/** Answers to saving a mailbox or profile (Microsoft Learn, "Web service error codes"). */
const SAVING =
  '200 201 202 203 204 205 207 208 209 20A 210 211 212 213 214 218 230 233 234 235 236 238 23B 23C 23D 23E 23F 240 241 244 245 247 248 249 24A 24B 24C 24D 24E 24F 250 251 252 253 254 255 256 25A 25B 25C';

/** Of any request (the same page, and "Compose HTTP requests and handle errors", "Service protection API limits"). */
const GENERAL =
  '80040203 80040216 80040217 80040220 80040231 80040237 80040256 80041D48 80042F09 80044150 80044151 8004431A 8004432F 80044331 80048306 80048405 80048408 8004F511 80060882 80060883 8006088D 80060891 80060892 80072321 80072322 80072326 80072491 80072560 80090904 80090905';

/** Of tests, and of mail that moves (the same page, and Microsoft's articles on single codes). */
const TESTING =
  '20B 215 216 217 219 220 221 222 223 224 225 226 227 228 229 231 232 239 23A 242 243 246 259 272 273 274 276';

const NAMES: readonly (readonly [string, string])[] = [
  ['CannotAcceptEmail', '8005E20B'],
  ['Pop3UnexpectedException', '8005E215'],
  ['OpenMailboxException', '8005E216'],
  ['InvalidMailbox', '8005E217'],
  ['InactiveMailbox', '8005E219'],
  ['UnapprovedMailbox', '8005E220'],
  ['InvalidEmailAddressInMailbox', '8005E221'],
  ['EmailServerProfileNotAssociated', '8005E222'],
  ['InvalidIncomingEmailServerProfile', '8005E222'],
  ['IncomingDeliveryIsForwardMailbox', '8005E223'],
  ['InvalidIncomingDeliveryExpectingEmailConnector', '8005E224'],
  ['OutgoingNotAllowedForForwardMailbox', '8005E225'],
  ['InvalidOutgoingDeliveryExpectingEmailConnector', '8005E226'],
  ['InaccessibleSmtpServer', '8005E227'],
  ['InactiveEmailServerProfile', '8005E228'],
  ['CannotUseUserCredentials', '8005E229'],
  ['ZeroEmailReceived', '8005E231'],
  ['NoTestEmailAccessPrivilege', '8005E232'],
  ['CertificateNotFound', '8005E239'],
  ['InvalidCertificate', '8005E23A'],
  ['UnsupportedEmailServer', '8005E242'],
  ['S2SAccessTokenCannotBeAcquired', '8005E243'],
  ['RouterIsDisabled', '8005E246'],
  ['MailboxNotEnabledForRESTAPI', '8005E274'],
  ['Crm.80048306', '80048306'],
  ['-2147187962', '80048306'],
  ['-2147220891', '80040265'],
  ['UnknownIncomingEmailIntegrationError -2147209462', '80042f0a'],
  ['401 Unauthorized', 'Unauthorized'],
  ['InvalidIncomingEmailServerProfileConfiguration HostNotFound', 'HostNotFound'],
];

const ALONE =
  'IncomingEmailS2SApprovalNeeded OutgoingEmailS2SApprovalNeeded ExchangeSyncEmailS2SApprovalNeeded OutgoingEmailAuthenticationError UnknownIncomingEmailIntegrationError InvalidIncomingEmailServerProfileConfiguration HostNotFound';

const sentence = /^\S.{10,}[^.]$/u;

describe('serviceHint', () => {
  it.each([...SAVING.split(' '), ...TESTING.split(' ')])('knows 0x8005E%s', (code) => {
    const known = serviceHint(`0x8005E${code}`);
    expect(known?.meaning).toMatch(sentence);
    expect(known?.hint).toMatch(/^[A-Z].{5,}\.$/u);
  });

  it.each(['0x80040256', '0x80040216', '0x80090904', '0x80090905'])('knows %s of approving', (code) => {
    expect(serviceHint(code)?.meaning).toMatch(sentence);
  });

  it.each(GENERAL.split(' '))('knows 0x%s', (code) => {
    const known = serviceHint(`0x${code}`);
    expect(known?.meaning).toMatch(sentence);
    expect(known?.hint).toMatch(/^[A-Z].{5,}\.$/u);
  });

  it.each([
    ['-2147015902', '0x80072322'],
    ['-2147015903', '0x80072321'],
    ['-2147015898', '0x80072326'],
    ['-2147204784', '0x80044150'],
    ['-2147204783', '0x80044151'],
    ['-2147098041', '0x8005E247'],
  ])('knows %s as %s', (decimal, code) => {
    expect(serviceHint(decimal)).not.toBeNull();
    expect(serviceHint(decimal)).toBe(serviceHint(code));
  });

  it('takes codes in either case, with and without 0x', () => {
    expect([serviceHint('8005e211'), serviceHint('0x8005E211')].map((known) => known?.hint)).toEqual([
      'Give "emailAddress".',
      'Give "emailAddress".',
    ]);
  });

  it.each([null, '', '0x00000000', 'constructor'])('knows nothing of %j', (code) => {
    expect(serviceHint(code)).toBeNull();
  });
});

describe('codes of alerts', () => {
  it.each(TESTING.split(' '))('says meaning, cause and way out of 8005E%s', (code) => {
    const known = alertCodeFacts(`8005E${code}`);
    expect(known?.meaning).toMatch(sentence);
    expect(known?.cause).toMatch(/^[A-Z].{10,}\.$/u);
    expect(known?.hint).toMatch(/^[A-Z].{10,}\.$/u);
  });

  it.each(NAMES)('%s is %s', (name, code) => {
    expect(alertCodeFacts(name)).not.toBeNull();
    expect(alertCodeFacts(name)).toBe(alertCodeFacts(code));
  });

  it.each(ALONE.split(' '))('knows %s', (name) => {
    expect(alertCodeFacts(name)?.cause).toMatch(/^[A-Z].{10,}\.$/u);
  });

  it('names each code and each name once', () => {
    const keys = ALERT_CODES.flatMap((row) => row.keys);
    const codes = SERVICE_CODES.map(({ code }) => code);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('refers to public pages of Microsoft alone', () => {
    const articles = ALERT_CODES.flatMap(({ article }) => article ?? []);
    expect(articles.filter((url) => !/^https:\/\/learn\.microsoft\.com\/[\w/#-]+$/u.test(url))).toEqual([]);
  });
});

describe('explainAlert', () => {
  it('tells all that is known', () => {
    expect(explainAlert({ code: 'MailboxNotEnabledForRESTAPI', text: 'It failed.' })).toEqual({
      hint: 'The mailbox is not reachable through the REST API of Exchange Online. Give the licence; for a mailbox on-premises use a profile of type exchange-hybrid.',
      cause: 'It has no Exchange Online licence, is disabled, or lies on-premises.',
      effect: null,
      article:
        'https://learn.microsoft.com/troubleshoot/power-platform/dataverse/email-exchange-synchronization/error-code-8005e274',
    });
  });

  it.each([
    ['The system will try to receive email again later.', 'TimedOut', 'retried'],
    ['The system will try again.', null, 'retried'],
    ['The mailbox has been disabled for receiving email.', 'ConnectFailure', 'disabled'],
    ["Mailbox Sales didn't synchronize.", null, 'disabled'],
    ['Das Postfach wurde nicht gefunden.', 'HostNotFound', 'disabled'],
    ['Das Postfach wurde nicht gefunden.', 'ConnectFailure', 'retried'],
    ['Es geht nicht.', 'SomethingNew', null],
  ])('%s (%s): %s', (text, code, effect) => {
    expect(explainAlert({ code, text }).effect).toBe(effect);
  });

  it.each([
    [
      'Test and Enable failed because no user was found with the email address "a@x.org".',
      'UnrecognizedEmailAddress',
    ],
    [
      'Email cannot be received because the email address of the mailbox A requires an approval by an Office 365 administrator.',
      'IncomingEmailS2SApprovalNeeded',
    ],
    [
      'The email address of the mailbox A is not approved and the mailbox has been disabled.',
      'UnapprovedMailbox',
    ],
    [
      'Incoming emails aren’t synced: the address is configured for another Dynamics 365 organization.',
      'IncomingIncorrectCrmOrgError',
    ],
    ['The mailbox location could not be determined while sending.', 'MailboxLocationNotDetermined'],
    [
      'The mailbox A does not have an email server profile associated with it.',
      'EmailServerProfileNotAssociated',
    ],
    [
      'An error occurred while establishing a secure connection to the email server.',
      'SecureConnectionError',
    ],
  ])('knows an alert without a code by its text: %s', (text, name) => {
    const known = alertCodeFacts(name);
    expect(known).not.toBeNull();
    expect(explainAlert({ code: null, text }).cause).toBe(known?.cause);
  });

  it.each([
    { code: 'SomethingNew', text: 'Unheard of.' },
    { code: null, text: 'The mailbox has been tested and enabled for processing.' },
  ])('leaves $code alone', (alert) => {
    expect(explainAlert(alert)).toEqual({ hint: null, cause: null, effect: null, article: null });
  });
});

describe('assumptions', () => {
  it('have ids of their own and leave nothing open', () => {
    expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length);
    for (const assumption of ASSUMPTIONS) {
      expect(Object.values(assumption).filter((text) => text.length < 8)).toEqual([]);
    }
  });
});
