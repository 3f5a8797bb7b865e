/** An organization file: YAML, checked against its schema. Every problem is told with its line. */

import type { ErrorObject } from 'ajv';
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { checkReferences } from './check-references.ts';
import type { Organization } from './organization.ts';
import { validator } from './organization.validators.ts';
import { schemaWords } from './schema-words.ts';

export interface OrganizationProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export class OrganizationError extends Error {
  override readonly name = 'OrganizationError';
  readonly problems: readonly OrganizationProblem[];

  constructor(problems: readonly OrganizationProblem[]) {
    super(
      problems.map(({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`).join('\n'),
    );
    this.problems = problems;
  }
}

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
  readonly root: Node | null;
}

export function parseOrganization(text: string, file: string): Organization {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source: Source = { file, lines, root: document.contents };
  const syntax = document.errors.map((error) => problemAt(source, error.pos[0], error.message));
  if (syntax.length > 0) throw new OrganizationError(syntax);
  const value: unknown = document.toJS() ?? {};
  const validate = validator('organization');
  if (!validate(value))
    throw new OrganizationError((validate.errors ?? []).map((error) => schemaProblem(source, error)));
  const organization = value as Organization;
  const wrong = checkReferences(organization);
  if (wrong.length > 0) {
    throw new OrganizationError(
      wrong.map(({ path, message }) => problemAt(source, offsetOf(source.root, path), message)),
    );
  }
  return organization;
}

function schemaProblem(source: Source, error: ErrorObject): OrganizationProblem {
  const { path, message } = schemaWords(error, 'the file');
  return problemAt(source, offsetOf(source.root, path), message);
}

function problemAt({ file, lines }: Source, offset: number, message: string): OrganizationProblem {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col), message };
}

/** Where the deepest existing node of a path begins: a key, where there is one. */
function offsetOf(root: Node | null, path: readonly string[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    const found = childOf(node, step);
    if (found === undefined) return offset;
    offset = found.offset;
    node = found.node;
  }
  return offset;
}

interface Child {
  readonly node: unknown;
  readonly offset: number;
}

function childOf(node: unknown, step: string): Child | undefined {
  if (isMap(node)) {
    const pair: Pair | undefined = node.items.find(
      (item) => isScalar(item.key) && String(item.key.value) === step,
    );
    return pair === undefined ? undefined : { node: pair.value, offset: rangeOf(pair.key) };
  }
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return item === undefined ? undefined : { node: item, offset: rangeOf(item) };
}

function rangeOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
