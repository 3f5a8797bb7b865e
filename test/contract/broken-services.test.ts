/**
 * The cases against services that are broken on purpose: a case that no broken service fails says nothing, and one
 * that has nothing to look at has to say so.
 */

import { describe, expect, it } from 'vitest';
import { CASES } from './cases/cases.ts';
import { type EmulatedOptions, openEmulated } from './emulated.ts';
import { NotTried } from './subject.ts';

type Alter = NonNullable<EmulatedOptions['alter']>;

interface Outcome {
  readonly passed: readonly string[];
  readonly notTried: readonly string[];
  readonly failed: readonly string[];
}

/** Each on an environment of its own: what one leaves behind is nothing to the next. */
async function outcomeOn(alter: Alter): Promise<Outcome> {
  const outcome = { passed: [] as string[], notTried: [] as string[], failed: [] as string[] };
  for (const { group, what, needs, run } of CASES) {
    if (needs.includes('sign-in')) continue;
    const { subject, close } = await openEmulated({ alter });
    const ended = await run(subject).then(
      () => outcome.passed,
      (error: unknown) => (error instanceof NotTried ? outcome.notTried : outcome.failed),
    );
    ended.push(`${group}: ${what}`);
    await close();
  }
  return outcome;
}

/** As a service that does not know the option. */
function ignoring(option: string): Alter {
  return (request, pass) => {
    const [path = '', query = ''] = request.url.split('?');
    const left = query.split('&').filter((each) => !each.startsWith(`${option}=`));
    return pass(new Request(left.join('') === '' ? path : `${path}?${left.join('&')}`, request));
  };
}

const nothing: Alter = async () => Response.json({ value: [] });

it('a service that answers everything with an empty list passes no case', async () => {
  const { passed, notTried } = await outcomeOn(nothing);
  expect({ passed, notTried }).toMatchInlineSnapshot(`
    {
      "notTried": [
        "rows: $select gives the columns, the key and the version, and nothing else",
        "rows: a row alone has the same version as in a list",
        "rows: a column without a value is there as null",
        "rows: a lookup is an id in _name_value, without a word about its table",
        "rows: labels, and tables of lookups, come on request",
        "rows: the table of a lookup comes alone where that is all that is asked for",
        "rows: the mailbox of a user or queue is named by it",
        "rows: times are of UTC and to the second",
        "rows: a whole row holds no secret",
        "rows: a navigation property leads to the row of a lookup",
        "queries: text compares without case",
        "queries: startswith takes % as a wildcard",
        "queries: a quote within a text is doubled",
        "queries: ne null keeps rows that have a value",
        "queries: names joined by or find each of them",
        "queries: an id needs no quotes",
        "queries: $orderby sorts without case",
        "queries: $orderby with desc sorts the other way",
        "queries: $top cuts",
        "queries: $top takes the first in order",
        "queries: $count counts what the filter lets through",
        "queries: a filter may reach the row of a lookup",
        "queries: in a filter the columns of a row that is not there are null",
        "metadata: the roles of the caller are listed by name",
        "metadata: the teams of the caller bring their roles",
        "metadata: the organization names its default profile",
      ],
      "passed": [],
    }
  `);
});

describe('a service that ignores', () => {
  it('$top fails', async () => {
    expect((await outcomeOn(ignoring('$top'))).failed).toMatchInlineSnapshot(`
      [
        "queries: $top cuts",
        "queries: $top takes the first in order",
      ]
    `);
  });

  it('$orderby fails', async () => {
    expect((await outcomeOn(ignoring('$orderby'))).failed).toMatchInlineSnapshot(`
      [
        "queries: $orderby sorts without case",
        "queries: $orderby with desc sorts the other way",
      ]
    `);
  });

  it('$filter fails', async () => {
    expect((await outcomeOn(ignoring('$filter'))).failed).toMatchInlineSnapshot(`
      [
        "protocol: the plain \`in\` of later OData versions is refused",
        "rows: the mailbox of a user or queue is named by it",
        "queries: text compares without case",
        "queries: a quote within a text is doubled",
        "queries: ne null keeps rows that have a value",
        "queries: names joined by or find each of them",
        "queries: an id needs no quotes",
        "queries: $count counts what the filter lets through",
        "queries: a filter may reach the row of a lookup",
        "queries: in a filter the columns of a row that is not there are null",
        "metadata: columns that are asked for by name are listed where they are there",
        "metadata: a privilege is found by its name in any case",
        "writes: a row is found by its name as soon as it is there",
        "batches: a change set that fails leaves nothing",
      ]
    `);
  });

  it('$select fails', async () => {
    expect((await outcomeOn(ignoring('$select'))).failed).toMatchInlineSnapshot(`
      [
        "protocol: a column that is not there answers 400 and names it",
        "rows: $select gives the columns, the key and the version, and nothing else",
        "rows: a row alone has the same version as in a list",
        "rows: a lookup is an id in _name_value, without a word about its table",
        "rows: the table of a lookup comes alone where that is all that is asked for",
        "metadata: a privilege is found by its name in any case",
      ]
    `);
  });

  it('nothing fails nothing', async () => {
    const { failed, notTried } = await outcomeOn((request, pass) => pass(request));
    expect([failed, notTried]).toEqual([[], []]);
  });
});
