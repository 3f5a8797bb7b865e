/** What an administrator reads of each answer that the service refuses with. */

import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './http.ts';
import { answerError } from './service-answer.ts';
import { SERVICE_CODES } from './service-codes.ts';
import { serviceHint } from './service-hints.ts';

const RUN_TIME =
  '8005E20B 8005E215 8005E216 8005E217 8005E219 8005E220 8005E221 8005E222 8005E223 8005E224 8005E225 8005E226 8005E227 8005E228 8005E229 8005E231 8005E232 8005E239 8005E23A 8005E242 8005E243 8005E246 8005E259 8005E272 8005E273 8005E274 8005E276 80048306';

function answer(status: number, error: unknown, extra: Partial<HttpAnswer> = {}): HttpAnswer {
  const headers = new Headers({ 'content-type': 'application/json; odata.metadata=minimal' });
  return { status, headers, text: JSON.stringify({ error }), ...extra };
}

/** Hexadecimal as the service prints it, and the same number signed, as older tools do. */
const formsOf = (code: string): readonly string[] => [
  `0x${code.toUpperCase()}`,
  String(Number.parseInt(code, 16) | 0),
];

const CODES = [...new Set([...SERVICE_CODES.map(({ code }) => code), ...RUN_TIME.toLowerCase().split(' ')])];

describe('a refusal with a known code', () => {
  it.each(CODES.flatMap(formsOf))('%s says what it means and what to do', (code) => {
    const known = serviceHint(code);
    const error = answerError(answer(400, { code, message: 'Une erreur.' }), 'PATCH mailboxes(x)');
    expect(known).not.toBeNull();
    expect([error.kind, error.code, error.message]).toEqual([
      'refused',
      code,
      `PATCH mailboxes(x) was refused with status 400: Une erreur. (${code})`,
    ]);
    expect(error.hint?.toLowerCase()).toBe(`${known?.meaning}. ${known?.hint}`.toLowerCase());
  });

  it.each([
    [403, 'permission'],
    [404, 'not-found'],
    [429, 'throttled'],
    [500, 'server'],
    [412, 'refused'],
  ] as const)('keeps it with status %i', (status, kind) => {
    const error = answerError(answer(status, { code: '0x80042F09', message: 'no' }), 'GET WhoAmI');
    expect([error.kind, error.hint]).toEqual([
      kind,
      'The caller has no security role. Assign one in the environment: Power Platform admin center, Environments, Settings, Users + permissions.',
    ]);
  });

  it('is told once where the service says nothing itself', () => {
    const error = answerError(answer(400, { code: '0x8005E211', message: '' }), 'POST mailboxes');
    expect([error.message, error.hint]).toEqual([
      'POST mailboxes was refused with status 400: a forward mailbox needs an e-mail address (0x8005E211)',
      'Give "emailAddress".',
    ]);
  });
});

it('an unknown code is shown with the request and the words of the service, and blames nobody', () => {
  const error = answerError(
    answer(400, { code: '0x80FFFFFF', message: 'Etwas\n ging schief.' }),
    'GET queues',
  );
  expect({ ...error, message: error.message }).toMatchObject({
    message: 'GET queues was refused with status 400: Etwas ging schief. (0x80FFFFFF)',
    kind: 'refused',
    status: 400,
    code: '0x80FFFFFF',
    request: 'GET queues',
    hint: null,
  });
});

it.each([
  [503, true],
  [502, true],
  [500, false],
  [404, false],
])('a page with status %i is worth another try: %s', (status, isWorthIt) => {
  const page = { status, headers: new Headers({ 'content-type': 'text/html' }), text: '<html>' };
  const { kind, hint } = answerError(page, 'GET WhoAmI');
  expect([kind, hint?.includes('try again later')]).toEqual(['not-dataverse', isWorthIt]);
});

describe('who is not let in', () => {
  const caller = 'the application 1 of tenant 2, by client-secret';

  it.each([
    [
      401,
      { code: '0x80072560', message: 'The user is not a member of the organization.' },
      'The caller is no user of this environment. Add the application user, or the person, in the Power Platform admin center: Environments, Settings, Users + permissions; then give it a security role.',
    ],
    [
      403,
      { code: '0x80072560', message: 'The user is not a member of the organization.' },
      'The caller is no user of this environment. Add the application user, or the person, in the Power Platform admin center: Environments, Settings, Users + permissions; then give it a security role.',
    ],
    [
      403,
      { code: '0x80FFFFFF', message: 'missing prvReadMailbox' },
      'Give the caller a security role with this privilege.',
    ],
  ])('%i %j', (status, fault, hint) => {
    const error = answerError(answer(status, fault, { caller }), 'GET WhoAmI');
    expect(error.hint).toBe(`${hint}\n  The caller is ${caller}.`);
  });
});
