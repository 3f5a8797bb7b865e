/** Properties of the grammar and of evaluation, over filters made at random for the corpus's tables. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter, type Truth } from './compile-filter.ts';
import { printFilter } from './corpus/print-filter.ts';
import { loadWorld } from './corpus/world.ts';
import { parseFilter } from './parse-filter.ts';
import { bindPath } from './parse-path.ts';
import type { Comparison, Expression, Literal, Operand } from './query.ts';
import { DEFAULT_SWITCHES, type Scope } from './scope.ts';
import type { Row, Table } from './table.ts';

const world = loadWorld();

function tableOf(name: string): Table {
  const table = world.table(name);
  if (table === undefined) throw new Error(`The corpus has no table '${name}'.`);
  return table;
}

function scopeOf(name: string, variable: string | null = null): Scope {
  return { table: tableOf(name), variable, database: world, aliases: new Map(), switches: DEFAULT_SWITCHES };
}

const operator = fc.constantFrom<Comparison>('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const text = fc.string({ unit: 'binary', maxLength: 8 }).map((value): Literal => ({ type: 'string', value }));
const whole = fc.integer().map((value): Literal => ({ type: 'number', value }));
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value): Literal => ({ type: 'number', value: value === 0 ? 0 : value }));
const guid = fc.uuid().map((value): Literal => ({ type: 'guid', value }));
const boolean = fc.boolean().map((value): Literal => ({ type: 'boolean', value }));
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((value): Literal => ({ type: 'date', value: value.getTime(), text: value.toISOString() }));
const nothing = fc.constant<Literal>({ type: 'null' });

interface Field {
  readonly path: string;
  readonly literal: fc.Arbitrary<Literal>;
}

const mailboxFields: readonly Field[] = [
  { path: 'name', literal: text },
  { path: 'emailserverprofile/name', literal: text },
  { path: 'emailserverprofile/modifiedby/fullname', literal: text },
  { path: 'averagetotalduration', literal: number },
  { path: 'emailrouteraccessapproval', literal: number },
  { path: 'enabledforact', literal: boolean },
  { path: 'createdon', literal: date },
  { path: '_regardingobjectid_value', literal: guid },
  { path: 'mailboxid', literal: guid },
];
const roleFields: readonly Field[] = [
  { path: 'r/name', literal: text },
  { path: 'r/_businessunitid_value', literal: guid },
];
const userFields: readonly Field[] = [{ path: 'isdisabled', literal: boolean }];

function operandOf(path: string, scope: Scope): Operand {
  return { kind: 'path', path: bindPath(path.split('/'), scope) };
}

function comparison(fields: readonly Field[], scope: Scope): fc.Arbitrary<Expression> {
  return fc.constantFrom(...fields).chain(({ path, literal }) =>
    fc
      .tuple(operator, fc.oneof({ arbitrary: literal, weight: 5 }, nothing), fc.boolean())
      .map(([name, value, mirrored]) => {
        const column = operandOf(path, scope);
        const constant: Operand = { kind: 'literal', literal: value };
        return {
          kind: 'compare',
          operator: name,
          left: mirrored ? constant : column,
          right: mirrored ? column : constant,
        };
      }),
  );
}

const mailboxScope = scopeOf('mailbox');
const roleScope = scopeOf('role', 'r');

const textCall = fc
  .tuple(fc.constantFrom('contains', 'startswith', 'endswith'), fc.string({ unit: 'binary', maxLength: 6 }))
  .map(
    ([name, pattern]): Expression => ({
      kind: 'text',
      name,
      path: bindPath(['name'], mailboxScope),
      pattern,
    }),
  );
const listCall = fc
  .tuple(
    fc.constantFrom('In', 'NotIn'),
    fc.constantFrom(
      { path: 'name', literal: text },
      { path: 'statecode', literal: whole },
      { path: '_ownerid_value', literal: guid },
    ),
  )
  .chain(([name, { path, literal }]) =>
    fc
      .array(literal, { minLength: 1, maxLength: 4 })
      .map((values): Expression => ({ kind: 'list', name, path: bindPath([path], mailboxScope), values })),
  );

function combined(leaf: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      tie('tree').map((operand): Expression => ({ kind: 'not', operand })),
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): Expression => ({ kind, operands })),
    ),
  })).tree;
}

const mailboxFilter = combined(fc.oneof(comparison(mailboxFields, mailboxScope), textCall, listCall));
const rolesLambda = fc.tuple(fc.constantFrom('any', 'all'), combined(comparison(roleFields, roleScope))).map(
  ([quantifier, body]): Expression => ({
    kind: 'lambda',
    quantifier,
    variable: 'r',
    outer: null,
    table: 'systemuser',
    primaryId: 'systemuserid',
    collection: 'systemuserroles_association',
    body,
  }),
);
const userFilter = combined(fc.oneof(comparison(userFields, scopeOf('systemuser')), rolesLambda));

const context = { database: world, notEqualMatchesNull: false };

function answers(expression: Expression, rows: Iterable<Row>): readonly Truth[] {
  return [...rows].map(compileFilter(expression, context));
}

describe('a filter', () => {
  it('is the same after printing and parsing', () => {
    fc.assert(
      fc.property(mailboxFilter, (filter) => {
        expect(parseFilter(printFilter(filter), mailboxScope)).toEqual(filter);
      }),
    );
  });

  it('with lambdas is the same after printing and parsing', () => {
    fc.assert(
      fc.property(userFilter, (filter) => {
        expect(parseFilter(printFilter(filter), scopeOf('systemuser'))).toEqual(filter);
      }),
    );
  });

  it('and its negation are never both true', () => {
    fc.assert(
      fc.property(mailboxFilter, (filter) => {
        const negated: Expression = { kind: 'not', operand: filter };
        const expected = answers(filter, world.rows('mailbox')).map((truth) =>
          truth === null ? null : !truth,
        );
        expect(answers(negated, world.rows('mailbox'))).toEqual(expected);
      }),
    );
  });

  it('obeys the laws of De Morgan', () => {
    fc.assert(
      fc.property(mailboxFilter, mailboxFilter, (a, b) => {
        const left: Expression = { kind: 'not', operand: { kind: 'and', operands: [a, b] } };
        const right: Expression = {
          kind: 'or',
          operands: [a, b].map((operand) => ({ kind: 'not', operand })),
        };
        expect(answers(left, world.rows('mailbox'))).toEqual(answers(right, world.rows('mailbox')));
      }),
    );
  });

  it('with all is not any of the negation, where nothing is unknown', () => {
    fc.assert(
      fc.property(comparison([{ path: 'r/name', literal: text }], roleScope), (body) => {
        const lambda = (quantifier: 'any' | 'all', inner: Expression): Expression => ({
          kind: 'lambda',
          quantifier,
          variable: 'r',
          outer: null,
          table: 'systemuser',
          primaryId: 'systemuserid',
          collection: 'systemuserroles_association',
          body: inner,
        });
        const every = answers(lambda('all', body), world.rows('systemuser'));
        const some = answers(
          { kind: 'not', operand: lambda('any', { kind: 'not', operand: body }) },
          world.rows('systemuser'),
        );
        fc.pre(
          body.kind === 'compare' &&
            [body.left, body.right].every((side) => side.kind === 'path' || side.literal.type !== 'null'),
        );
        expect(every).toEqual(some);
      }),
    );
  });
});
