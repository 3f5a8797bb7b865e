import { describe, expect, it } from 'vitest';
import { audienceAt, authorityFor, isMicrosoftAuthority } from './authority.ts';

describe('authorityFor', () => {
  it.each([
    ['contoso.crm.dynamics.com', 'https://login.microsoftonline.com'],
    ['contoso.crm9.dynamics.com', 'https://login.microsoftonline.com'],
    ['contoso.crm.microsoftdynamics.us', 'https://login.microsoftonline.us'],
    ['contoso.crm.appsplatform.us', 'https://login.microsoftonline.us'],
    ['contoso.crm.dynamics.cn', 'https://login.partner.microsoftonline.cn'],
    ['contoso.vault.azure.net', 'https://login.microsoftonline.com'],
    ['vault.azure.net', 'https://login.microsoftonline.com'],
    ['contoso.vault.usgovcloudapi.net', 'https://login.microsoftonline.us'],
    ['contoso.vault.azure.cn', 'https://login.partner.microsoftonline.cn'],
    ['vault.azure.cn', 'https://login.partner.microsoftonline.cn'],
    ['evildynamics.cn', 'https://login.microsoftonline.com'],
  ])('%s: %s', (host, authority) => {
    expect(authorityFor(host, {})).toBe(authority);
    expect(isMicrosoftAuthority(authority)).toBe(true);
  });

  it.each([
    ['https://login.microsoftonline.com', 'api://AzureADTokenExchange'],
    ['https://login.microsoftonline.us', 'api://AzureADTokenExchangeUSGov'],
    ['https://login.partner.microsoftonline.cn', 'api://AzureADTokenExchangeChina'],
    ['https://login.chinacloudapi.cn/', 'api://AzureADTokenExchangeChina'],
    ['https://login.example.test', 'api://AzureADTokenExchange'],
  ])('%s expects tokens of others for %s', (authority, audience) => {
    expect(audienceAt(authority)).toBe(audience);
  });

  it('takes AZURE_AUTHORITY_HOST before all', () => {
    const env = { AZURE_AUTHORITY_HOST: 'https://login.example.test/' };
    expect(authorityFor('contoso.crm.dynamics.cn', env)).toBe('https://login.example.test');
    expect(isMicrosoftAuthority('https://login.example.test')).toBe(false);
  });

  it.each(['http://login.example.test', 'login.example.test'])('refuses %s', (host) => {
    expect(() => authorityFor('a.crm.dynamics.com', { AZURE_AUTHORITY_HOST: host })).toThrow(
      'AZURE_AUTHORITY_HOST holds no https address',
    );
  });
});
