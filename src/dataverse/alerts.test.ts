import { describe, expect, it } from 'vitest';
import { alertCode, alertList, alertText } from './alerts.ts';

describe('alertText', () => {
  it.each([
    [
      'names for tokens',
      'For @[9606,1234,"<Sales, EMEA>"] of @[9605,5678,"POP \\"3\\""].',
      'For <Sales, EMEA> of POP "3".',
    ],
    ['no stack trace', 'It failed.\nDetails: System.Exception: x\n   at Foo.Bar()', 'It failed.'],
    [
      'no frame without a label',
      'It failed.\n   at Microsoft.Crm.Foo.Bar(String s)\n   at X()',
      'It failed.',
    ],
    ['no activity id', 'It failed. ActivityId: 1234', 'It failed.'],
    [
      'the word detail in a sentence',
      'For more details see the documentation.',
      'For more details see the documentation.',
    ],
    ['one line', 'It\r\n\tfailed.', 'It failed.'],
  ])('gives %s', (_name, text, shown) => {
    expect(alertText(text)).toBe(shown);
  });
});

describe('alertCode', () => {
  it.each([
    ['Failed. Email Server Error Code: UnapprovedMailbox.', 'UnapprovedMailbox'],
    ['Email Server Error Code: Crm.80048306', 'Crm.80048306'],
    ['The error code is 0x8005E259 today', '0x8005E259'],
    ['Email Server Error Code: -2147220891', '-2147220891'],
    ['Something about 0x80048306 here', '0x80048306'],
    [
      'Email Server Error Code: Exchange server returned UnknownIncomingEmailIntegrationError -2147220891 exception.',
      'UnknownIncomingEmailIntegrationError -2147220891',
    ],
    [
      'Email Server Error Code: Socket returned exception InvalidIncomingEmailServerProfileConfiguration HostNotFound.',
      'InvalidIncomingEmailServerProfileConfiguration HostNotFound',
    ],
    ['Email Server Error Code: Socket returned exception TimedOut.', 'TimedOut'],
    ['Email Server Error Code: Http server returned 401 Unauthorized exception.', '401 Unauthorized'],
    ['Email Server Error Code: Web server returned ConnectFailure exception.', 'ConnectFailure'],
    ['Email Server Error Code: Crm.80048306.Not enough privilege to access the object.', 'Crm.80048306'],
    [
      'Email Server Error Code: UnknownIncomingEmailIntegrationError -2147209462',
      'UnknownIncomingEmailIntegrationError -2147209462',
    ],
    ['Email Server Error Code: IncomingEmailS2SApprovalNeeded Learn more', 'IncomingEmailS2SApprovalNeeded'],
    ['No code at all', null],
  ])('finds in "%s"', (text, code) => {
    expect(alertCode(text)).toBe(code);
  });
});

it('keeps the newest five of each mailbox, errors first', () => {
  const row = (text: string, modifiedon: string, level = 3) => ({
    text,
    modifiedon,
    level,
    _regardingobjectid_value: 'AB',
  });
  const old = Array.from({ length: 6 }, (_, day) => row(`old ${day}`, `2026-11-0${day + 1}T00:00:00Z`));
  const rows = [row('twin', '2026-11-10T00:00:00Z', 1), row('problem', '2026-11-10T00:00:00Z'), ...old];
  for (const pages of [[rows], [rows.toReversed()], [rows.slice(0, 3), rows.slice(3)]]) {
    const alerts = alertList();
    for (const page of pages) alerts.add([...page, { text: 'nobody', level: 3 }]);
    expect(alerts.of('ab').map(({ text }) => text)).toEqual(['problem', 'twin', 'old 5', 'old 4', 'old 3']);
  }
  expect(alertList().of('ab')).toEqual([]);
});
