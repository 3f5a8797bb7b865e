/** Literals: reading them from tokens and fitting them to the type of the column they are compared with. */

import { badRequest } from './errors.ts';
import { isGuid } from './names.ts';
import type { Comparison, Literal } from './query.ts';
import type { Column, ColumnType } from './table.ts';
import type { Token } from './tokenize.ts';

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

const EDM: Readonly<Record<ColumnType, string>> = {
  Boolean: 'Edm.Boolean',
  Integer: 'Edm.Int32',
  BigInt: 'Edm.Int64',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  String: 'Edm.String',
  Memo: 'Edm.String',
  EntityName: 'Edm.String',
  DateTime: 'Edm.DateTimeOffset',
  Uniqueidentifier: 'Edm.Guid',
  Lookup: 'Edm.Guid',
  Owner: 'Edm.Guid',
  Double: 'Edm.Double',
  Decimal: 'Edm.Decimal',
};

const LITERAL_EDM: Readonly<Record<Literal['type'], string>> = {
  null: 'null',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int32',
  string: 'Edm.String',
  date: 'Edm.DateTimeOffset',
  guid: 'Edm.Guid',
};

const OPERATOR_KIND: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** The literal a token stands for, or null when it is none. */
export function readLiteral(token: Token): Literal | null {
  if (token.kind === 'string') return { type: 'string', value: token.text };
  if (token.kind === 'number') return { type: 'number', value: Number(token.text) };
  if (token.kind === 'date') return dateLiteral(token.text);
  if (token.kind === 'guid') return { type: 'guid', value: token.text.toLowerCase() };
  if (token.kind !== 'name') return null;
  if (token.text === 'null') return { type: 'null' };
  if (token.text === 'true' || token.text === 'false')
    return { type: 'boolean', value: token.text === 'true' };
  return null;
}

/** The sort of literal a column is compared with. */
export function literalTypeOf(column: Column): Literal['type'] {
  if (isGuid(column)) return 'guid';
  if (column.type === 'Boolean') return 'boolean';
  if (column.type === 'DateTime') return 'date';
  return EDM[column.type] === 'Edm.String' ? 'string' : 'number';
}

/** Ids may be quoted, with or without braces (Microsoft Learn, "Filter rows using OData"); nothing else is converted. */
export function fitLiteral(literal: Literal, column: Column, operator: Comparison): Literal {
  const wanted = literalTypeOf(column);
  if (literal.type === 'null' || literal.type === wanted) return literal;
  if (wanted === 'guid' && literal.type === 'string') {
    const found = GUID.exec(literal.value)?.[1];
    if (found !== undefined) return { type: 'guid', value: found.toLowerCase() };
  }
  throw incompatible(EDM[column.type], LITERAL_EDM[literal.type], operator);
}

export function fitColumns(left: Column, right: Column, operator: Comparison): void {
  if (literalTypeOf(left) !== literalTypeOf(right))
    throw incompatible(EDM[left.type], EDM[right.type], operator);
}

/** A value of a Dataverse function, which is always sent as text or number. */
export function literalFromText(text: string, column: Column): Literal {
  const wanted = literalTypeOf(column);
  const literal =
    wanted === 'string' ? ({ type: 'string', value: text } as const) : parseText(text.trim(), wanted);
  if (literal === null)
    throw badRequest(
      `The value '${text}' is not valid for the column '${column.name}' of type ${EDM[column.type]}.`,
    );
  return literal;
}

function parseText(text: string, wanted: Literal['type']): Literal | null {
  if (wanted === 'number')
    return /^-?\d+(\.\d+)?$/.test(text) ? { type: 'number', value: Number(text) } : null;
  if (wanted === 'boolean') return parseBoolean(text);
  if (wanted === 'date')
    return Number.isNaN(Date.parse(text)) ? null : { type: 'date', value: Date.parse(text), text };
  const found = GUID.exec(text)?.[1];
  return found === undefined ? null : { type: 'guid', value: found.toLowerCase() };
}

function parseBoolean(text: string): Literal | null {
  if (/^(true|1)$/i.test(text)) return { type: 'boolean', value: true };
  return /^(false|0)$/i.test(text) ? { type: 'boolean', value: false } : null;
}

function dateLiteral(text: string): Literal {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw badRequest(`Unrecognized 'Edm.DateTimeOffset' literal '${text}'.`);
  return { type: 'date', value, text };
}

function incompatible(left: string, right: string, operator: Comparison): Error {
  return badRequest(
    `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${OPERATOR_KIND[operator]}'.`,
  );
}
