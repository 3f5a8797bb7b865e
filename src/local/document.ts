/**
 * Saved documents (`--format json`, `plan --out`): which one a text is, is told by its shape, and the schema says
 * whether it is whole. Knows no file: who reads it names it.
 */

import type { ErrorObject } from 'ajv';
import type { Apply } from '../model/apply.generated.ts';
import type { Doctor } from '../model/doctor.generated.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Environments } from '../model/environments.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Merged } from '../model/report.generated.ts';
import type { Status } from '../model/status.generated.ts';
import type { Problems } from '../model/validate.generated.ts';
import { formatAge } from './format-version.ts';

export interface SavedDocuments {
  readonly plan: Plan;
  readonly apply: Apply;
  readonly drift: Drift;
  readonly status: Status;
  readonly doctor: Doctor;
  readonly validate: Problems;
  readonly environments: Environments;
  readonly report: Merged;
}

export type DocumentKind = keyof SavedDocuments;

/** A document together with what it is. */
export type SavedDocument = {
  readonly [Kind in DocumentKind]: { readonly kind: Kind; readonly document: SavedDocuments[Kind] };
}[DocumentKind];

export type DocumentFault =
  | 'empty'
  | 'cut'
  | 'no-json'
  | 'error'
  | 'other-kind'
  | 'other-version'
  | 'wrong-shape';

/** Why a text is no document; the message goes on from the name of a file. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly fault: DocumentFault;
  readonly wayOut: string;

  constructor(fault: DocumentFault, message: string, wayOut = WRITE_AGAIN) {
    super(message);
    this.fault = fault;
    this.wayOut = wayOut;
  }
}

const WRITE_AGAIN = 'Write it again, with "--format json --output FILE" or "plan --out FILE".';
const UPDATE = 'Use a version of mailboxctl that is as new as the one that wrote it.';

/** What no other document has, in the order in which to look. */
const SHAPES: readonly (readonly [kind: DocumentKind, members: readonly string[]])[] = [
  ['report', ['results', 'groups', 'lags']],
  ['apply', ['plan', 'outcomes']],
  ['plan', ['steps', 'plan_digest']],
  ['doctor', ['caller', 'rights']],
  ['status', ['mailboxes', 'view']],
  ['drift', ['findings', 'clean']],
  ['validate', ['valid', 'diagnostics']],
  ['environments', ['include']],
];

/** Errors: `DocumentError`. */
export async function readDocument(text: string): Promise<SavedDocument> {
  const data = parsed(text);
  const kind = kindOf(data);
  const newer = kind === 'environments' ? false : isNewer(data);
  await checkShape(kind, data, newer);
  return { kind, document: data } as unknown as SavedDocument;
}

/** What a program that writes another encoding puts at the beginning. */
const BYTE_ORDER_MARK = '\ufeff';

function parsed(text: string): Readonly<Record<string, unknown>> {
  const json = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).trim();
  if (json === '') throw new DocumentError('empty', 'is empty');
  const data = jsonOf(json);
  if (typeof data === 'object' && data !== null && !Array.isArray(data))
    return data as Readonly<Record<string, unknown>>;
  throw new DocumentError('other-kind', 'is no document of mailboxctl: it is no JSON object');
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    const error = /^Error: (.+)/u.exec(json);
    if (error !== null) throw new DocumentError('error', `holds an error and no result: ${error[1]}`);
    if (json.startsWith('{') && !json.endsWith('}'))
      throw new DocumentError('cut', 'ends in the middle of its document');
    throw new DocumentError('no-json', 'is no document of mailboxctl: it is not JSON');
  }
}

function kindOf(data: Readonly<Record<string, unknown>>): DocumentKind {
  const found = SHAPES.find(([, members]) => members.every((member) => Object.hasOwn(data, member)));
  if (found !== undefined) return found[0];
  const kinds = SHAPES.map(([kind]) => kind).join(', ');
  throw new DocumentError('other-kind', `is none of the documents that can be read: ${kinds}`);
}

function isNewer({ format_version: format }: Readonly<Record<string, unknown>>): boolean {
  const age = formatAge(format);
  if (age !== 'other') return age === 'newer';
  const message = `has the format ${JSON.stringify(format) ?? 'of no version'}; this version reads 1.0`;
  throw new DocumentError('other-version', message, UPDATE);
}

/** Of a newer minor version, members that are not known are passed over. */
async function checkShape(
  kind: DocumentKind,
  data: Readonly<Record<string, unknown>>,
  newer: boolean,
): Promise<void> {
  const { validator } = await import('./documents.validators.ts');
  const validate = validator(kind);
  if (validate(newer ? { ...data, format_version: '1.0' } : data)) return;
  const wrong = (validate.errors ?? []).find(({ keyword }) => !newer || keyword !== 'additionalProperties');
  if (wrong === undefined) return;
  if (newer) throw new DocumentError('other-version', `is of a newer version: ${described(wrong)}`, UPDATE);
  throw new DocumentError('wrong-shape', `is no whole ${kind} document: ${described(wrong)}`);
}

function described({ instancePath, message, params }: ErrorObject): string {
  const member = 'additionalProperty' in params ? `: ${String(params.additionalProperty)}` : '';
  return `${instancePath || '/'} ${message ?? 'is wrong'}${member}`;
}
