/** `${{ … }}` of workflows and actions, by the evaluator that GitHub itself publishes. */

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Contexts = Readonly<Record<string, unknown>>;

export interface Status {
  readonly failed: boolean;
}

const STATUS_FUNCTIONS = ['success', 'failure', 'always', 'cancelled'] as const;
type StatusFunction = (typeof STATUS_FUNCTIONS)[number];

/** A value that is one expression keeps its type; else the texts of all are put in. */
export function interpolate(text: string, contexts: Contexts, status: Status = { failed: false }): unknown {
  const only = /^\$\{\{((?:(?!\}\})[\s\S])*)\}\}$/u.exec(text.trim());
  if (only?.[1] !== undefined) return plain(evaluate(only[1], contexts, status));
  return interpolateText(text, contexts, status);
}

export function interpolateText(
  text: string,
  contexts: Contexts,
  status: Status = { failed: false },
): string {
  return text.replaceAll(/\$\{\{([\s\S]*?)\}\}/gu, (_, expression: string) =>
    evaluate(expression, contexts, status).coerceString(),
  );
}

/** Of a step or job: what names no status runs only after success. */
export function condition(text: string | undefined, contexts: Contexts, status: Status): boolean {
  if (text === undefined) return !status.failed;
  const expression = text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/u, '$1');
  const asks = STATUS_FUNCTIONS.some((name) => new RegExp(`\\b${name}\\(`, 'u').test(expression));
  if (!asks && status.failed) return false;
  const value = plain(evaluate(expression, contexts, status));
  return value !== false && value !== '' && value !== 0 && value !== null;
}

function evaluate(expression: string, contexts: Contexts, { failed }: Status): data.ExpressionData {
  const values: Readonly<Record<StatusFunction, boolean>> = {
    success: !failed,
    failure: failed,
    always: true,
    cancelled: false,
  };
  const functions = STATUS_FUNCTIONS.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(values[name]),
  }));
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = new Map(functions.map((each) => [each.name, each]));
  return new Evaluator(parsed, dataOf(contexts) as data.Dictionary, known).evaluate();
}

function dataOf(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer) ?? 'null');
}
