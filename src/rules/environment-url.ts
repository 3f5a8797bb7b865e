/** What is wrong with the url of an environment, looking at the text alone. */

import type { DiagnosticCode } from '../model/diagnostic.ts';

export const EMULATOR_URL = 'emulator';

export interface UrlProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string;
}

const HINT = 'Write the address of the environment alone: https://contoso.crm4.dynamics.com';

export function urlProblem(text: string): UrlProblem | null {
  if (text === EMULATOR_URL) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { code: 'wrong-value', message: 'url is no web address and not "emulator"', hint: HINT };
  }
  if (url.username !== '' || url.password !== '') {
    return { code: 'wrong-value', message: 'url holds a user name or password', hint: HINT };
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    const message = 'url uses plain http; tokens and mail settings would travel unprotected';
    return { code: 'insecure-url', message, hint: 'Use https; plain http is for loopback addresses only.' };
  }
  if (url.search === '' && url.hash === '' && url.pathname === '/') return null;
  const message = `url goes on after the host name "${url.host}"`;
  return { code: 'wrong-value', message, hint: `Write ${url.origin} alone.` };
}

/** Nothing leaves this machine: the embedded Dataverse, in process or on a port. */
export function isLocalUrl(text: string): boolean {
  if (text === EMULATOR_URL) return true;
  return URL.canParse(text) && isLoopbackHost(new URL(text).hostname);
}

/** 127/8, `::1` and the names that always mean this machine (RFC 6761). */
function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/u.test(host)
  );
}
