/** Writes a parsed filter as text again, for the round-trip property. Parentheses only where the grammar needs them. */

import { dateFunctions } from '../date-functions.ts';
import { propertyOf } from '../names.ts';
import type { Expression, Literal, Operand, Path } from '../query.ts';

export function printFilter(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.map(printOperand).join(` ${expression.kind} `);
    case 'not':
      return `not ${printNegated(expression.operand)}`;
    case 'compare':
      return `${printSide(expression.left)} ${expression.operator} ${printSide(expression.right)}`;
    case 'text':
      return `${expression.name}(${printPath(expression.path)},${printText(expression.pattern)})`;
    case 'lambda':
      return printLambda(expression);
    case 'list':
      return printCall(expression.name, expression.path, expression.values);
    case 'caller':
      return printCall(expression.name, expression.path, null);
    case 'date':
      return printDate(expression);
    case 'hierarchy':
      return `Microsoft.Dynamics.CRM.${expression.name}(PropertyName='${printPath(expression.path)}',PropertyValue='${expression.id}')`;
    default:
      return expression satisfies never;
  }
}

function printOperand(operand: Expression): string {
  return operand.kind === 'and' || operand.kind === 'or' ? `(${printFilter(operand)})` : printFilter(operand);
}

function printNegated(operand: Expression): string {
  const needed = operand.kind === 'and' || operand.kind === 'or' || operand.kind === 'compare';
  return needed ? `(${printFilter(operand)})` : printFilter(operand);
}

function printLambda({
  outer,
  collection,
  quantifier,
  variable,
  body,
}: Extract<Expression, { kind: 'lambda' }>): string {
  const inner = variable === null || body === null ? '' : `${variable}:${printFilter(body)}`;
  return `${outer === null ? '' : `${outer}/`}${collection}/${quantifier}(${inner})`;
}

function printCall(name: string, path: Path, values: readonly Literal[] | null): string {
  const list = values === null ? '' : `,PropertyValues=${JSON.stringify(values.map(printValue))}`;
  return `Microsoft.Dynamics.CRM.${name}(PropertyName='${printPath(path)}'${list})`;
}

function printDate({ name, path, values }: Extract<Expression, { kind: 'date' }>): string {
  const kinds = dateFunctions.get(name)?.values ?? [];
  const given = values.map((value, index) => {
    const text = kinds[index] === 'date' ? `'${new Date(value).toISOString()}'` : String(value);
    return `,PropertyValue${kinds.length === 1 ? '' : index + 1}=${text}`;
  });
  return `Microsoft.Dynamics.CRM.${name}(PropertyName='${printPath(path)}'${given.join('')})`;
}

function printSide(operand: Operand): string {
  return operand.kind === 'path' ? printPath(operand.path) : printLiteral(operand.literal);
}

function printPath({ variable, hops, column }: Path): string {
  const start = variable === null ? [] : [variable];
  return [...start, ...hops.map(({ property }) => property), propertyOf(column)].join('/');
}

function printLiteral(literal: Literal): string {
  return literal.type === 'string' ? printText(literal.value) : printValue(literal);
}

function printText(text: string | null): string {
  return text === null ? 'null' : `'${text.replaceAll("'", "''")}'`;
}

function printValue(literal: Literal): string {
  if (literal.type === 'null') return 'null';
  return literal.type === 'date' ? literal.text : String(literal.value);
}
