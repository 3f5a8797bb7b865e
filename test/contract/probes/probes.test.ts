/**
 * Every assumption about the service has a probe or a reason why only people can settle it; every probe tells the
 * positions of the embedded Dataverse apart; and on a real environment (see ../cases.test.ts) the probes say which
 * assumptions were right. Refuted ones are no failure of this suite: they are what it is for.
 */

import { afterAll, describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '../../../src/dataverse/assumptions.ts';
import { openEmulated } from '../emulated.ts';
import { openReal } from '../real.ts';
import { NotTried } from '../subject.ts';
import { POSITIONS, type Position } from './positions.ts';
import { type Probe, tryProbe, type Verdict, verdictTable } from './probe.ts';
import { ONLY_BY_PEOPLE, PROBES } from './probes.ts';

const LONGEST_MS = 2 * 3_600_000;

describe('assumptions and probes', () => {
  it('each assumption has a probe or a reason, and nothing else has', () => {
    const settled = [...PROBES.map(({ assumption }) => assumption), ...Object.keys(ONLY_BY_PEOPLE)];
    expect(settled.sort()).toEqual(ASSUMPTIONS.map(({ id }) => id).sort());
  });

  it('each probe knows two positions or more that look different', () => {
    const variants = Object.entries(POSITIONS).map(([assumption, positions]) => ({
      assumption,
      several: new Set(positions.map(({ variant }) => variant)).size > 1,
    }));
    expect(variants.filter(({ several }) => !several)).toEqual([]);
    expect(Object.keys(POSITIONS).sort()).toEqual(PROBES.map(({ assumption }) => assumption).sort());
  });

  it('each probe meets a position in which its assumption is right', () => {
    const never = PROBES.filter(
      ({ assumption, holds }) =>
        !(POSITIONS[assumption] ?? []).some(({ variant }) => holds.includes(variant)),
    );
    expect(never.map(({ assumption }) => assumption)).toEqual([]);
  });
});

describe('a probe tells the positions of the embedded Dataverse apart', () => {
  for (const probe of PROBES) {
    for (const position of POSITIONS[probe.assumption] ?? []) {
      it(`${probe.assumption}: ${position.name}`, () => recognizes(probe, position));
    }
  }
});

async function recognizes(probe: Probe, { options, variant }: Position): Promise<void> {
  const { subject, close } = await openEmulated(options);
  const verdict = await tryProbe(probe, subject);
  expect(verdict).toEqual({
    assumption: probe.assumption,
    kind: probe.holds.includes(variant) ? 'confirmed' : 'refuted',
    variant,
    seen: expect.any(String),
  });
  expect(await close()).toEqual([]);
}

describe('a probe puts back what it tried', () => {
  const lent = PROBES.filter(
    ({ needs }) => needs.includes('a named queue') || needs.includes('a named user'),
  );
  it.each(lent.map((probe) => [probe.assumption, probe] as const))('%s', async (_name, probe) => {
    const { subject, close } = await openEmulated();
    const shown = async (): Promise<unknown> => {
      const columns = '$select=emailaddress,emailrouteraccessapproval,undeliverablefolder';
      const mailboxes = await subject.client.get(`mailboxes?${columns}`);
      return (mailboxes.body.value ?? []).map(({ '@odata.etag': _version, ...row }) => row);
    };
    const before = await shown();
    await tryProbe(probe, subject);
    expect(await shown()).toEqual(before);
    await close();
  });

  it('an approved queue is left alone', async () => {
    const queues = [{ name: 'Support', emailAddress: 'support@contoso.com', works: true }];
    const { subject, close } = await openEmulated({ organization: { queues } });
    const tried = lent.filter(({ needs }) => !needs.includes('a named user'));
    const why = await Promise.all(tried.map((probe) => probe.observe(subject).catch((error) => error)));
    expect(why.map((error) => error instanceof NotTried)).toEqual(tried.map(() => true));
    await close();
  });
});

describe('a real environment', () => {
  const real = openReal(process.env);
  if (real === null) {
    it.skip(`${PROBES.length} assumptions need one: set MAILBOXCTL_CONTRACT_URL`, () => {});
    return;
  }
  const verdicts: Verdict[] = [];
  afterAll(async () => {
    const people = Object.entries(ONLY_BY_PEOPLE).map(([assumption, why]): Verdict => {
      return { assumption, kind: 'not tried', why };
    });
    process.stderr.write(`\n${real.host}\n${verdictTable([...verdicts, ...people])}\n`);
    expect(await real.subject.own.clear()).toEqual([]);
  }, LONGEST_MS);

  for (const probe of PROBES) {
    it(
      probe.assumption,
      async (context) => {
        const verdict = await tryProbe(probe, real.subject).catch((error: Error): never => {
          verdicts.push({ assumption: probe.assumption, kind: 'not tried', why: error.message });
          throw error;
        });
        verdicts.push(verdict);
        if (verdict.kind === 'not tried') context.skip(verdict.why);
      },
      LONGEST_MS,
    );
  }
});

it('the table says what was confirmed, refuted and not tried', () => {
  const verdicts: readonly Verdict[] = [
    { assumption: 'one', kind: 'confirmed', variant: 'as thought', seen: '1, 2' },
    { assumption: 'three', kind: 'refuted', variant: 'otherwise', seen: '3' },
    { assumption: 'four', kind: 'not tried', why: 'set MAILBOXCTL_CONTRACT_WRITES=1' },
  ];
  expect(verdictTable(verdicts)).toBe(
    [
      'Assumptions: 1 confirmed, 1 refuted, 1 not tried',
      '  one    confirmed  as thought (1, 2)',
      '  three  refuted    otherwise (3)',
      '  four   not tried  set MAILBOXCTL_CONTRACT_WRITES=1',
    ].join('\n'),
  );
});
