/** Units as people write them, against columns as the service stores them. */

import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { CATALOGUE } from './catalogue.ts';
import { instantOf } from './codecs.ts';
import { parseTimeout } from './connection-timeout.ts';
import type { Codec, EncodedCell, RawRow } from './field.ts';

function codecOf(kind: 'profile' | 'settings' | 'mailbox', key: string): Codec {
  const codec = CATALOGUE.row(kind, key)?.codec;
  if (codec === undefined) throw new Error(`${kind} ${key} has no codec`);
  return codec;
}

const decode = (codec: Codec, self: RawRow): Value =>
  codec.decode({ self, owner: null, ownerTable: null }, () => null);
const encode = (codec: Codec, value: Value): Readonly<Record<string, EncodedCell>> | undefined =>
  codec.encode?.(value, { self: {}, owner: null, ownerTable: null }).columns;

describe('decoding', () => {
  it.each<[string, Codec, RawRow, Value]>([
    [
      'bytes as kilobytes',
      codecOf('settings', 'attachments.maxSizeKB'),
      { maxuploadfilesize: 5242880 },
      5120,
    ],
    [
      'bytes that are no whole kilobytes',
      codecOf('settings', 'attachments.maxSizeKB'),
      { maxuploadfilesize: 1 },
      1 / 1024,
    ],
    [
      'a size that is no number',
      codecOf('settings', 'attachments.maxSizeKB'),
      { maxuploadfilesize: 'a' },
      { unknown: 'option a' },
    ],
    ['no size', codecOf('settings', 'attachments.maxSizeKB'), {}, null],
    [
      'the opposite of a switch',
      codecOf('settings', 'tracking.betweenUsersAsTwo'),
      { ignoreinternalemail: true },
      false,
    ],
    [
      'the opposite of nothing',
      codecOf('settings', 'tracking.betweenUsersAsTwo'),
      { ignoreinternalemail: null },
      null,
    ],
    [
      'a switch that was never set',
      codecOf('settings', 'tracking.smartMatching'),
      { enablesmartmatching: null },
      null,
    ],
    [
      'the highest number as digits',
      codecOf('settings', 'tracking.tokenMessageDigits'),
      { maximumtrackingnumber: 99999 },
      5,
    ],
    [
      'a highest number that is none of those',
      codecOf('settings', 'tracking.tokenMessageDigits'),
      { maximumtrackingnumber: 500 },
      { unknown: 'option 500' },
    ],
    [
      'never',
      codecOf('profile', 'processEmailsFrom'),
      { processemailsreceivedafter: '1900-01-01T00:00:00Z' },
      null,
    ],
    [
      'a date',
      codecOf('profile', 'processEmailsFrom'),
      { processemailsreceivedafter: '2026-01-01T00:00:00Z' },
      '2026-01-01T00:00:00Z',
    ],
    [
      'a date of another zone',
      codecOf('mailbox', 'processEmailsFrom'),
      { processemailreceivedafter: '2026-01-01T01:30:00+01:30' },
      '2026-01-01T00:00:00Z',
    ],
    [
      'a time limit',
      codecOf('profile', 'connectionTimeout'),
      { timeoutmailboxconnection: true, timeoutmailboxconnectionafteramount: 30000 },
      '30s',
    ],
    [
      'a time limit in parts of seconds',
      codecOf('profile', 'connectionTimeout'),
      { timeoutmailboxconnection: true, timeoutmailboxconnectionafteramount: 1500 },
      '1500ms',
    ],
    [
      'no time limit',
      codecOf('profile', 'connectionTimeout'),
      { timeoutmailboxconnection: false, timeoutmailboxconnectionafteramount: 30000 },
      'none',
    ],
    [
      'a time limit that nobody set',
      codecOf('profile', 'connectionTimeout'),
      { timeoutmailboxconnection: true },
      null,
    ],
    [
      'a tenant',
      codecOf('profile', 'oauth.tenantId'),
      { exchangeonlinetenantid: 'a', usedefaulttenantid: true },
      'a',
    ],
  ])('%s', (_name, codec, row, value) => expect(decode(codec, row)).toEqual(value));
});

describe('encoding', () => {
  it.each<[string, Codec, Value, Readonly<Record<string, EncodedCell>>]>([
    ['kilobytes', codecOf('settings', 'attachments.maxSizeKB'), 10240, { maxuploadfilesize: 10485760 }],
    ['the opposite', codecOf('settings', 'tracking.betweenUsersAsTwo'), true, { ignoreinternalemail: false }],
    ['digits', codecOf('settings', 'tracking.tokenMessageDigits'), 4, { maximumtrackingnumber: 9999 }],
    [
      'a time limit',
      codecOf('profile', 'connectionTimeout'),
      '90s',
      { timeoutmailboxconnection: true, timeoutmailboxconnectionafteramount: 90000 },
    ],
    ['no time limit', codecOf('profile', 'connectionTimeout'), 'none', { timeoutmailboxconnection: false }],
    [
      'a tenant, which turns the default one off',
      codecOf('profile', 'oauth.tenantId'),
      'a',
      { exchangeonlinetenantid: 'a', usedefaulttenantid: false },
    ],
    [
      'a secret as a reference',
      codecOf('profile', 'incoming.password'),
      { secret: 'env:A' },
      { incomingpassword: { secret: 'env:A' } },
    ],
    [
      'the organization that synchronizes',
      codecOf('mailbox', 'syncFromThisOrganizationOnly'),
      true,
      { orgmarkedasprimaryforexchangesync: true },
    ],
  ])('%s', (_name, codec, value, columns) => expect(encode(codec, value)).toEqual(columns));
});

describe('what people write', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z'],
    ['2025-12-31T19:00:00-05:00', '2026-01-01T00:00:00Z'],
    ['not a date', 'not a date'],
  ])('the instant %s is %s', (text, instant) => expect(instantOf(text)).toBe(instant));

  it.each([
    ['1m', '60s'],
    ['60s', '60s'],
    ['none', 'none'],
    [60, undefined],
  ])('the time limit %s is %s', (yaml, value) => expect(parseTimeout(yaml)).toBe(value));
});
