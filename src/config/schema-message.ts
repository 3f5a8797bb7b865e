/** Says in words what the schema's validator found: what was written, what is allowed, what to do. */

import type { SchemaError, SchemaMessage } from './schema-error.ts';
import {
  allowedValues,
  exampleOf,
  flow,
  forExample,
  inside,
  isSecretPath,
  meant,
  propertyOf,
  scalarWord,
  spoken,
  subjectOf,
  typesOf,
} from './schema-words.ts';
import type { Path } from './tree.ts';
import { unknownKey } from './unknown-key.ts';
import { shapeProblem } from './value-shapes.ts';

export function schemaMessage(error: SchemaError): SchemaMessage {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      return missingKey(error);
    case 'propertyNames':
      return wrongName(error);
    case 'type':
      return wrongType(error);
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
    hint: example === null ? null : `For example: ${key}: ${example}`,
  };
}

function wrongName({ path, params }: SchemaError): SchemaMessage {
  const written = String(params.propertyName);
  return {
    code: 'wrong-value',
    at: { key: written },
    message: `the name "${written}"${inside(path)} may hold letters, digits, "-" and "_" only`,
    hint: null,
  };
}

function wrongType(error: SchemaError): SchemaMessage {
  const { path, data, text, schema } = error;
  const subject = subjectOf(path);
  if (data === null) {
    return {
      code: 'empty-value',
      at: 'key',
      message: `${subject} has no value`,
      hint: emptyHint(path, text),
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
      hint: types.includes('array') ? 'Begin each item with "- ".' : forExample(path, schema),
    };
  }
  if (!types.includes('string')) {
    return {
      code: 'wrong-type',
      at: 'value',
      message: `${subject} is ${scalarWord(data)} ${text}; it must be ${spoken(types)}`,
      hint: forExample(path, schema),
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

function emptyHint(path: Path, text: string): string {
  if (path.at(-2) === 'accept') return 'Write the reason for which the finding is accepted.';
  if (text === 'null') return 'Write a value, or remove the key: null takes fields back in overlays alone.';
  return 'Write a value, or remove the key: a field that is not mentioned is not managed.';
}

/** The value itself must not appear: it may be the secret. */
function plainSecret(subject: string): SchemaMessage {
  if (subject === 'credentials') {
    return {
      code: 'secret-in-text',
      at: 'value',
      message: 'credentials must be "none", or a mapping with username and password',
      hint: 'Write credentials: { username: …, password: { env: NAME } }.',
    };
  }
  return {
    code: 'secret-in-text',
    at: 'value',
    message: `${subject} must be a reference to a secret, never the secret itself`,
    hint: 'Write { env: NAME }, { file: PATH } or { keyVault: URL }. If the file was shared, change the secret.',
  };
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
  const hint = bare || truthInQuotes ? `Remove the quotes: ${written}` : forExample(path, schema);
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
    const problem = shapeProblem(schema, text) ?? {
      what: 'is not understood',
      hint: forExample(path, schema),
    };
    const message = `${subject} ${quoted} ${problem.what}`;
    return { code: 'wrong-value', at: 'value', message, hint: problem.hint };
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

function outOfRange({ keyword, path, params, data, schema }: SchemaError): SchemaMessage {
  const subject = subjectOf(path);
  const limit = String(params.limit);
  if (isSecretPath(path)) return { ...plainSecret(subject), code: 'wrong-value' };
  const empty = keyword.startsWith('min') && keyword !== 'minimum';
  if (empty)
    return {
      code: 'empty-value',
      at: 'value',
      message: `${subject} is empty`,
      hint: forExample(path, schema),
    };
  const range: Readonly<Record<string, string>> = {
    minimum: `is ${String(data)}; it must be ${limit} or more`,
    maximum: `is ${String(data)}; it must be ${limit} or less`,
    maxLength: `has ${String(data).length} characters; at most ${limit} are allowed`,
  };
  return {
    code: 'out-of-range',
    at: 'value',
    message: `${subject} ${range[keyword] ?? 'is out of range'}`,
    hint: null,
  };
}
