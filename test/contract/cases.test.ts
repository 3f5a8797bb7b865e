/**
 * The contract between the product and the Web API: the same cases on the embedded Dataverse, in process and over HTTP,
 * and on a real environment if one is named:
 *
 *   MAILBOXCTL_CONTRACT_URL=https://contoso-test.crm4.dynamics.com npm test -- test/contract/cases.test.ts
 *
 * signed in by MAILBOXCTL_CONTRACT_TOKEN or as `mailboxctl` would. That only reads. NEEDS in subject.ts lists the
 * variables that allow more; what may be written is guarded in write-guard.ts. With outside-reads.test.ts a client that
 * is not ours reads there as well.
 */

import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { CASES } from './cases/cases.ts';
import type { ContractCase } from './contract-case.ts';
import { type Opened, OTHER_WAY, openEmulated, openServed } from './emulated.ts';
import { PROBES } from './probes/probes.ts';
import { openReal } from './real.ts';
import { missingNeed, NotTried, type Subject } from './subject.ts';

async function play(given: ContractCase, subject: Subject, context: TestContext): Promise<void> {
  const missing = missingNeed(given.needs, subject.given);
  if (missing !== null) context.skip(missing);
  try {
    await given.run(subject);
  } catch (error) {
    if (!(error instanceof NotTried)) throw error;
    context.skip(error.message);
  }
}

it('every case has a name of its own', () => {
  const names = CASES.map(({ group, what }) => `${group}: ${what}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each([
  ['in process', () => openEmulated()],
  ['with every switch the other way', () => openEmulated({ organization: { switches: OTHER_WAY } })],
  ['over HTTP', openServed],
])('the embedded Dataverse, %s', (_name, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    expect(await opened.close()).toEqual([]);
  });

  for (const given of CASES.filter(({ needs }) => !needs.includes('sign-in'))) {
    it(`${given.group}: ${given.what}`, () => given.run(opened.subject));
  }
});

describe('a real environment', () => {
  const real = openReal(process.env);
  if (real === null) {
    const untried = `${CASES.length} cases and ${PROBES.length} assumptions need a real environment`;
    process.stderr.write(`${untried}; none was tried: MAILBOXCTL_CONTRACT_URL is not set\n`);
    it.skip(`${CASES.length} cases need one: set MAILBOXCTL_CONTRACT_URL`, () => {});
    return;
  }
  afterAll(async () => {
    expect(await real.subject.own.clear()).toEqual([]);
  }, 600_000);

  for (const given of CASES) {
    it(
      `${real.host}, ${given.group}: ${given.what}`,
      (context) => play(given, real.subject, context),
      600_000,
    );
  }
});
