/** Says in words what the schema's validator found: what was written, what is allowed, what to do. */

import type { JsonSchema } from '../catalogue/field.ts';
import type { LayerKind, SchemaError, SchemaMessage } from './schema-error.ts';
import {
  allowedValues,
  exampleOf,
  flow,
  forExample,
  inside,
  isReference,
  isSecretPath,
  mappingExample,
  meant,
  propertyOf,
  scalarWord,
  spoken,
  subjectOf,
  typesOf,
} from './schema-words.ts';
import { notOneReference, plainSecret } from './secret-message.ts';
import type { Path } from './tree.ts';
import { unknownKey } from './unknown-key.ts';
import { type ShapeProblem, shapeProblem } from './value-shapes.ts';

export function schemaMessage(error: SchemaError, layer: LayerKind): SchemaMessage {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      return missingKey(error);
    case 'propertyNames':
      return wrongName(error);
    case 'type':
      return wrongType(error, layer);
    case 'enum':
    case 'const':
    case 'pattern':
    case 'format':
      return wrongValue(error);
    default:
      return outOfRange(error);
  }
}

function missingKey({ path, params, schema }: SchemaError): SchemaMessage {
  const key = String(params.missingProperty);
  const example = exampleOf(propertyOf(schema, key));
  return {
    code: 'missing-key',
    at: 'value',
    message: `the key "${key}"${inside(path)} is missing`,
    hint: example === null ? `Write ${key}.` : `For example: ${key}: ${example}`,
  };
}

function wrongName({ path, params }: SchemaError): SchemaMessage {
  const written = String(params.propertyName);
  return {
    code: 'wrong-value',
    at: { key: written },
    message: `the name "${written}"${inside(path)} may hold letters, digits, "-" and "_" only`,
    hint: `Write ${written.replace(/[^A-Za-z0-9_-]+/gu, '-')}.`,
  };
}

function wrongType(error: SchemaError, layer: LayerKind): SchemaMessage {
  const { path, data, text, schema } = error;
  const subject = subjectOf(path);
  if (data === null) {
    return {
      code: 'empty-value',
      at: 'key',
      message: `${subject} has no value`,
      hint: layer === 'overlay' ? emptyOverlayHint(path, text) : emptyHint(path, text),
    };
  }
  if (isSecretPath(path)) return plainSecret(subject);
  const types = typesOf(schema);
  const allowed = allowedValues(schema);
  if (typeof data === 'string') return textInstead(error, types);
  if (typeof data === 'object') {
    const what = Array.isArray(data) ? 'a list' : 'a mapping';
    return {
      code: 'wrong-type',
      at: 'value',
      message: `${subject} is ${what}; it must be ${spoken(types)}`,
      hint: types.includes('array') ? 'Begin each item with "- ".' : typeExample(path, schema),
    };
  }
  if (!types.includes('string')) {
    return {
      code: 'wrong-type',
      at: 'value',
      message: `${subject} is ${scalarWord(data)} ${text}; it must be ${spoken(types)}`,
      hint: typeExample(path, schema),
    };
  }
  if (allowed !== null) {
    return {
      code: 'wrong-value',
      at: 'value',
      message: `${subject} ${text} is not known; use one of: ${allowed.join(', ')}`,
      hint: noneForFalse(data, allowed),
    };
  }
  if (schema.pattern !== undefined || schema.format !== undefined) return wrongValue(error);
  return {
    code: 'name-not-text',
    at: 'value',
    message: `${subject} is ${scalarWord(data)} ${text}; it must be text`,
    hint: `Put it in quotes: "${text}".`,
  };
}

function typeExample(path: Path, schema: JsonSchema): string | null {
  return forExample(path, schema) ?? mappingExample(path, schema);
}

function emptyHint(path: Path, text: string): string {
  if (path.at(-2) === 'accept') return 'Write the reason for which the finding is accepted.';
  if (text === 'null') return 'Write a value, or remove the key: null takes fields back in overlays alone.';
  return 'Write a value, or remove the key: a field that is not mentioned is not managed.';
}

/** An overlay takes back what is in a section, never the section. */
const EMPTY_SECTIONS: Readonly<Record<string, string>> = {
  serverProfiles: 'Name the profiles that are meant: managed: false leaves one alone here.',
  emailSettings: 'Name the fields that are meant: each of them may be null here.',
  rules: 'Name the rules that are meant: match: null takes one out here.',
  mailboxes: 'Name the mailboxes that are meant: managed: false leaves one alone here.',
  checks: 'Name the checks that are meant: each of them may be null here.',
};

function emptyOverlayHint(path: Path, text: string): string {
  if (path.at(-2) === 'accept') return emptyHint(path, text);
  const section = path.length === 1 ? EMPTY_SECTIONS[String(path[0])] : undefined;
  return section ?? 'Write a value, or remove the key: only fields can be taken back.';
}

const TRUTH: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  y: 'true',
  no: 'false',
  off: 'false',
  n: 'false',
};

function textInstead({ path, text, data, schema }: SchemaError, types: readonly string[]): SchemaMessage {
  const written = String(data);
  const message = `${subjectOf(path)} is the text "${written}"; it must be ${spoken(types)}`;
  const truth = TRUTH[written.toLowerCase()];
  if (types.includes('boolean') && truth !== undefined) {
    return {
      code: 'wrong-type',
      at: 'value',
      message,
      hint: `Write ${truth}: YAML 1.2 reads "${written}" as text.`,
    };
  }
  if (types.includes('array') && typeof written === 'string' && !types.includes('string')) {
    const hint = `Write a list: ${flow(written.split(/\s*,\s*/u))}`;
    return { code: 'wrong-type', at: 'value', message, hint };
  }
  const bare = types.includes('integer') && /^\d+$/u.test(written);
  const truthInQuotes = types.includes('boolean') && /^(true|false)$/u.test(written);
  const hint = bare || truthInQuotes ? `Remove the quotes: ${written}` : typeExample(path, schema);
  return {
    code: 'wrong-type',
    at: 'value',
    message: text.includes('\n') ? message.replace(written, '…') : message,
    hint,
  };
}

function wrongValue({ path, data, text, schema }: SchemaError): SchemaMessage {
  const subject = subjectOf(path);
  const quoted = typeof data === 'string' ? `"${data}"` : text;
  if (isSecretPath(path)) return { ...plainSecret(subject), code: 'wrong-value' };
  const allowed = allowedValues(schema);
  if (allowed === null) {
    const problem: ShapeProblem = shapeProblem(schema, text) ?? {
      what: 'is not understood',
      hint: forExample(path, schema),
    };
    const message = `${subject} ${quoted} ${problem.what}`;
    return { code: problem.code ?? 'wrong-value', at: 'value', message, hint: problem.hint };
  }
  const message = `${subject} ${quoted} is not known; use one of: ${allowed.join(', ')}`;
  const hint = noneForFalse(data, allowed) ?? (typeof data === 'string' ? meant(data, allowed) : null);
  return { code: 'wrong-value', at: 'value', message, hint };
}

/** `outgoing: no` is what people write who remember YAML 1.1. */
function noneForFalse(data: unknown, allowed: readonly string[]): string | null {
  const negative = data === false || (typeof data === 'string' && TRUTH[data.toLowerCase()] === 'false');
  return negative && allowed.includes('none') ? 'Write none.' : null;
}

function outOfRange(error: SchemaError): SchemaMessage {
  const { keyword, path, params, data, text, schema } = error;
  if (isReference(schema)) return notOneReference(error);
  if (isSecretPath(path)) return { ...plainSecret(subjectOf(path)), code: 'wrong-value' };
  const subject = subjectOf(path);
  const limit = String(params.limit);
  if (keyword.startsWith('min') && keyword !== 'minimum' && isEmpty(data)) {
    return {
      code: 'empty-value',
      at: 'value',
      message: `${subject} is empty`,
      hint: path.at(-2) === 'accept' ? emptyHint(path, text) : forExample(path, schema),
    };
  }
  const range: Readonly<Record<string, string>> = {
    minimum: `is ${String(data)}; it must be ${limit} or more`,
    maximum: `is ${String(data)}; it must be ${limit} or less`,
    minLength: `is too short: it has ${String(data).length} characters; at least ${limit} are required`,
    maxLength: `has ${String(data).length} characters; at most ${limit} are allowed`,
  };
  return {
    code: 'out-of-range',
    at: 'value',
    message: `${subject} ${range[keyword] ?? 'is out of range'}`,
    hint: path.at(-2) === 'accept' ? emptyHint(path, text) : rangeHint(path, schema, limit),
  };
}

function isEmpty(data: unknown): boolean {
  if (typeof data === 'object' && data !== null) return Object.keys(data).length === 0;
  return data === '';
}

function rangeHint(
  path: Path,
  { minimum, maximum, maxLength, ...schema }: JsonSchema,
  limit: string,
): string {
  if (minimum !== undefined && maximum !== undefined) {
    return `Write a number from ${String(minimum)} to ${String(maximum)}.`;
  }
  if (maxLength !== undefined) return `Write a text of at most ${limit} characters.`;
  return forExample(path, schema) ?? `Write ${limit}.`;
}
