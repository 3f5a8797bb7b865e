/**
 * Reads the compact column notation of this folder, one column a line:
 *   name SchemaName Type RCU Required [=default] [len N] [min..max] [dateonly] [virtual] [-> navigation:table, …] [{n label | …}]
 * RCU: readable, valid for create, valid for update. Required: S system, A application, - none.
 * `virtual`: an attribute of the metadata that is no property of the Web API.
 */

import type { Column, ColumnType } from '../odata/table.ts';

export type Required = 'none' | 'application' | 'system';

export interface ColumnFacts extends Column {
  readonly schemaName: string;
  readonly required: Required;
  readonly creatable: boolean;
  readonly updatable: boolean;
  readonly virtual: boolean;
  readonly dateOnly: boolean;
  /** The declared type where it differs from what a query sees (Image, File). */
  readonly declaredType: string;
  readonly defaultValue?: boolean | number;
  readonly maxLength?: number;
  readonly range?: readonly [number, number];
}

const requiredLevels: Readonly<Record<string, Required>> = { S: 'system', A: 'application', '-': 'none' };

export function parseFacts(text: string): ReadonlyMap<string, ColumnFacts> {
  const lines = text.trim().split('\n');
  return new Map(lines.map((line) => parseLine(line)).map((column) => [column.name, column]));
}

function parseLine(line: string): ColumnFacts {
  const [name = '', schemaName = '', declaredType = '', flags = '', level = ''] = line.split(' ');
  const required = requiredLevels[level];
  if (required === undefined) throw new Error(`column facts not understood: ${line}`);
  const rest = line.split(' ').slice(5).join(' ');
  const virtual = / virtual\b/.test(line);
  return {
    name,
    schemaName,
    declaredType,
    type: queryType(declaredType),
    readable: flags[0] === 'R' && !virtual,
    creatable: flags[1] === 'C' && !virtual,
    updatable: flags[2] === 'U' && !virtual,
    required,
    virtual,
    dateOnly: / dateonly\b/.test(line),
    ...limits(rest),
    ...choices(rest),
    ...navigation(rest),
  };
}

/** Images and files are null here: a query may treat them as text. */
function queryType(declared: string): ColumnType {
  return declared === 'Image' || declared === 'File' ? 'String' : (declared as ColumnType);
}

function limits(rest: string): Partial<ColumnFacts> {
  const plain = rest.replace(/\{.*\}/, '');
  const length = /\blen (\d+)/.exec(plain)?.[1];
  const range = /(-?\d+)\.\.(-?\d+)/.exec(plain);
  const value = /(?:^| )=(\S+)/.exec(plain)?.[1];
  return {
    ...(length === undefined ? {} : { maxLength: Number(length) }),
    ...(range === null ? {} : { range: [Number(range[1]), Number(range[2])] as const }),
    ...(value === undefined ? {} : { defaultValue: parseDefault(value) }),
  };
}

function parseDefault(value: string): boolean | number {
  if (value === 'true' || value === 'false') return value === 'true';
  return Number(value);
}

function choices(rest: string): Partial<ColumnFacts> {
  const body = /\{(.*)\}/.exec(rest)?.[1];
  if (body === undefined) return {};
  const pairs = body.split(' | ').map((pair): [number, string] => {
    const space = pair.indexOf(' ');
    return [Number(pair.slice(0, space)), pair.slice(space + 1)];
  });
  return { options: new Map(pairs) };
}

function navigation(rest: string): Partial<ColumnFacts> {
  const body = /-> ([^{]+)/.exec(rest)?.[1];
  if (body === undefined) return {};
  return {
    navigation: body
      .trim()
      .split(', ')
      .map((pair) => {
        const [property = '', target = ''] = pair.split(':');
        return { property, target };
      }),
  };
}
