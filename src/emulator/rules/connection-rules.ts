/**
 * Save rules of a server profile on where its servers are and how they are reached. Names and codes: Microsoft Learn,
 * "Web service error codes"; for an online environment.
 */

import type { Row } from '../odata/table.ts';
import { text } from '../world.ts';
import { credential, isExchange } from './profile-facts.ts';
import { type RuleInput, type RuleLine, toRules } from './rule.ts';

/** Types whose locations are written by hand: POP3, IMAP and SMTP. Gmail's are filled in. */
function needsLocations(row: Row): boolean {
  return !isExchange(row) && row.incomingcredentialretrieval !== credential.gmail;
}

function withoutSsl({ after }: RuleInput): boolean {
  return after.incomingusessl === false || after.outgoingusessl === false;
}

function autoDiscoverWithoutExchange({ after }: RuleInput): boolean {
  return after.useautodiscover === true && !isExchange(after);
}

function locationBesideAutoDiscover({ after }: RuleInput): boolean {
  if (after.useautodiscover !== true) return false;
  return text(after.incomingserverlocation) !== '' || text(after.outgoingserverlocation) !== '';
}

function scheme(row: Row, column: string, prefix: string): boolean {
  return text(row[column]).toLowerCase().startsWith(prefix);
}

function badLocation(row: Row, column: string): boolean {
  const location = text(row[column]);
  if (location === '') return false;
  return (
    /\s/.test(location) || (isExchange(row) && !/^(https?:\/\/)?[\w.-]+(:\d+)?(\/\S*)?$/i.test(location))
  );
}

function missing(...columns: readonly string[]): (input: RuleInput) => boolean {
  return ({ after }) =>
    needsLocations(after) &&
    columns.some((column) => (after[column] ?? null) === null || after[column] === '');
}

/** Exchange reached without auto-discover needs to be told where it is; the default location is enough. */
function exchangeWithoutLocation({ after }: RuleInput): boolean {
  const isHybrid = after.servertype === 2;
  if (!isHybrid || after.useautodiscover === true) return false;
  return text(after.incomingserverlocation) === '' && text(after.defaultserverlocation) === '';
}

const locations = [
  'servertype',
  'useautodiscover',
  'incomingserverlocation',
  'outgoingserverlocation',
  'defaultserverlocation',
];
const ssl = ['incomingusessl', 'outgoingusessl'];

const lines: readonly RuleLine[] = [
  [
    'EmailServerProfileSslRequiredForOnline',
    '0x8005e201',
    ssl,
    withoutSsl,
    'Secure Socket Layer is required for both connections.',
  ],
  [
    'EmailServerProfileAutoDiscoverNotAllowed',
    '0x8005e204',
    locations,
    autoDiscoverWithoutExchange,
    'Auto-discover is for Exchange Server only.',
  ],
  [
    'EmailServerProfileLocationNotRequired',
    '0x8005e205',
    locations,
    locationBesideAutoDiscover,
    'A location cannot be given while auto-discover is on.',
  ],
  [
    'IncomingServerLocationAndSslSetToNo',
    '0x8005e23e',
    ['incomingserverlocation', 'incomingusessl'],
    ({ after }) => scheme(after, 'incomingserverlocation', 'https:') && after.incomingusessl === false,
    'The incoming location says https, Secure Socket Layer is off.',
  ],
  [
    'OutgoingServerLocationAndSslSetToNo',
    '0x8005e23f',
    ['outgoingserverlocation', 'outgoingusessl'],
    ({ after }) => scheme(after, 'outgoingserverlocation', 'https:') && after.outgoingusessl === false,
    'The outgoing location says https, Secure Socket Layer is off.',
  ],
  [
    'IncomingServerLocationAndSslSetToYes',
    '0x8005e240',
    ['incomingserverlocation', 'incomingusessl'],
    ({ after }) => scheme(after, 'incomingserverlocation', 'http:') && after.incomingusessl !== false,
    'The incoming location says http, Secure Socket Layer is on.',
  ],
  [
    'OutgoingServerLocationAndSslSetToYes',
    '0x8005e241',
    ['outgoingserverlocation', 'outgoingusessl'],
    ({ after }) => scheme(after, 'outgoingserverlocation', 'http:') && after.outgoingusessl !== false,
    'The outgoing location says http, Secure Socket Layer is on.',
  ],
  [
    'ServerLocationAndSSLSetToYes',
    '0x8005e255',
    ['defaultserverlocation'],
    ({ after }) => scheme(after, 'defaultserverlocation', 'http:'),
    'The location of Exchange Online says http.',
  ],
  [
    'EmailServerProfileInvalidServerLocation',
    '0x8005e20a',
    locations,
    ({ after }) =>
      badLocation(after, 'incomingserverlocation') || badLocation(after, 'outgoingserverlocation'),
    'The location of the server is not valid.',
  ],
  [
    'InvalidEmailServerLocation',
    '0x8005e218',
    ['defaultserverlocation', 'servertype'],
    ({ after }) => badLocation(after, 'defaultserverlocation'),
    'The location of the email server is not valid.',
  ],
  [
    'SpecifyIncomingServerLocation',
    '0x8005e24b',
    locations,
    missing('incomingserverlocation'),
    'The location of the incoming server is required.',
  ],
  [
    'SpecifyOutgoingServerLocation',
    '0x8005e24c',
    locations,
    missing('outgoingserverlocation'),
    'The location of the outgoing server is required.',
  ],
  [
    'ServerLocationIsEmpty',
    '0x8005e250',
    locations,
    exchangeWithoutLocation,
    'A location is required while auto-discover is off.',
  ],
  [
    'SpecifyInComingPort',
    '0x8005e24f',
    ['incomingportnumber'],
    missing('incomingportnumber'),
    'The incoming port is required.',
  ],
  [
    'SpecifyOutgoingPort',
    '0x8005e256',
    ['outgoingportnumber'],
    missing('outgoingportnumber'),
    'The outgoing port is required.',
  ],
  [
    'InvalidValueProcessEmailAfter',
    '0x8005e244',
    ['processemailsreceivedafter'],
    ({ after }) =>
      text(after.processemailsreceivedafter) !== '' && text(after.processemailsreceivedafter) < '1900-01-01',
    'The date from which email is processed is too early.',
  ],
];

export const connectionRules = toRules(lines);
