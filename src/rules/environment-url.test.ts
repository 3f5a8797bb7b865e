import { expect, it } from 'vitest';
import { isLocalUrl, urlProblem } from './environment-url.ts';

it.each([
  ['emulator', null, true],
  ['http://127.0.0.1:8080', null, true],
  ['http://[::1]:8080/', null, true],
  ['https://contoso.crm4.dynamics.com', null, false],
  ['https://contoso.crm4.dynamics.com/', null, false],
  ['http://contoso.crm4.dynamics.com', 'insecure-url', false],
  ['http://127.0.0.1.contoso.com', 'insecure-url', false],
  ['https://contoso.crm4.dynamics.com/main.aspx', 'wrong-value', false],
  ['https://a:b@contoso.crm4.dynamics.com', 'wrong-value', false],
  ['contoso.crm4.dynamics.com', 'wrong-value', false],
  ['ftp://contoso.com', 'wrong-value', false],
])('%s', (url, code, local) => {
  expect([urlProblem(url)?.code ?? null, isLocalUrl(url)]).toEqual([code, local]);
});
