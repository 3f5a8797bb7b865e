import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import { parseEnvironmentUrl, textLiteral, withOptions } from './url.ts';

const CONTOSO = {
  origin: 'https://contoso.crm4.dynamics.com',
  api: 'https://contoso.crm4.dynamics.com/api/data/v9.2/',
  loopback: false,
};

describe('parseEnvironmentUrl', () => {
  it.each([
    ['the address alone', 'https://contoso.crm4.dynamics.com'],
    ['trailing slashes', 'https://contoso.crm4.dynamics.com/'],
    ['white space around it', ' https://contoso.crm4.dynamics.com\n'],
    ['capitals in the host', 'https://Contoso.CRM4.dynamics.com'],
    ['the base of the API', 'https://contoso.crm4.dynamics.com/api/data/v9.2/'],
    ['an older base of the API', 'https://contoso.crm4.dynamics.com/api/data/v9.1'],
    [
      'a page of an app',
      'https://contoso.crm4.dynamics.com/main.aspx?appid=1d8d2bd0-0000-4000-8000-000000000001&pagetype=dashboard',
    ],
    ['an app by name', 'https://contoso.crm4.dynamics.com/apps/sales'],
    ['the port of https', 'https://contoso.crm4.dynamics.com:443'],
  ])('takes %s', (_name, text) => {
    expect(parseEnvironmentUrl(text)).toEqual(CONTOSO);
  });

  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.8.0.1', 'http://127.8.0.1'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://emulator.localhost', 'http://emulator.localhost'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
    ['https://localhost', 'https://localhost'],
  ])('knows %s as this machine', (text, origin) => {
    expect(parseEnvironmentUrl(text)).toEqual({ origin, api: `${origin}/api/data/v9.2/`, loopback: true });
  });

  it.each([
    ['contoso', '"contoso" is no URL'],
    [
      'http://contoso.crm4.dynamics.com',
      'http://contoso.crm4.dynamics.com is not https; plain http is for this machine only',
    ],
    [
      'http://localhost.evil.example',
      'http://localhost.evil.example is not https; plain http is for this machine only',
    ],
    [
      'http://127.0.0.1.evil.example',
      'http://127.0.0.1.evil.example is not https; plain http is for this machine only',
    ],
    ['ftp://localhost', 'ftp://localhost is not https; plain http is for this machine only'],
    [
      'https://user:secret1@contoso.crm4.dynamics.com',
      'The URL of contoso.crm4.dynamics.com holds a user name',
    ],
    [
      'https://contoso.crm4.dynamics.com/sites/x',
      'https://contoso.crm4.dynamics.com/sites/x has a path that no environment has',
    ],
    ['https://make.powerapps.com/', 'make.powerapps.com is an administration site, not an environment'],
    [
      'https://admin.powerplatform.microsoft.com/',
      'admin.powerplatform.microsoft.com is an administration site, not an environment',
    ],
  ])('refuses %s', (text, message) => {
    expect(messageOf(text)).toBe(message);
  });
});

describe('literals', () => {
  it('doubles quotes in text', () => {
    expect(textLiteral("O'Brien ''")).toBe("'O''Brien '''''");
  });

  it('encodes option values so that any text comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const path = withOptions('mailboxes', { $filter: `name eq ${textLiteral(text)}` });
        const parsed = new URL(path, 'https://contoso.crm4.dynamics.com/api/');
        expect(parsed.searchParams.get('$filter')).toBe(`name eq ${textLiteral(text)}`);
      }),
    );
  });
});

function messageOf(text: string): string {
  try {
    return parseEnvironmentUrl(text).api;
  } catch (error) {
    if (error instanceof ServiceError) return error.message;
    throw error;
  }
}
