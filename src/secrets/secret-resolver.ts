/**
 * Resolves references to secrets, from environment variables, files and Azure Key Vault. Values stay in memory, are
 * handed out by `resolve` alone, and are taken out of every text that `scrub` is given.
 */

import { readFile, stat } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { type Fetch, readVaultSecret, type VaultToken } from './key-vault.ts';
import { SecretError, type SecretProblemCode } from './secret-error.ts';
import { parseSecretReference, type SecretReference } from './secret-reference.ts';
import { createScrubber } from './secret-text.ts';

export interface SecretProblem {
  readonly reference: string;
  /** A warning does not keep anything from being written. */
  readonly severity: 'error' | 'warning';
  readonly code: SecretProblemCode;
  readonly message: string;
  readonly hint: string;
}

export interface SecretResolver {
  /** Whether all references can be resolved; every problem at once. */
  check(references: readonly string[]): Promise<readonly SecretProblem[]>;
  resolve(reference: string): Promise<string>;
  scrub(text: string): string;
}

export interface SecretOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that `file:` paths are relative to. */
  readonly projectDir: string;
  readonly fetch: Fetch;
  readonly vaultToken: VaultToken;
}

/** A shorter value stands in texts by chance, so that it could not be kept out of them. */
const SHORTEST = 6;

export function createSecretResolver(options: SecretOptions): SecretResolver {
  const scrubber = createScrubber();
  const known = new Map<string, Promise<string>>();

  const load = async (reference: string): Promise<string> => {
    const value = await readSecret(parse(reference), options);
    if (value.length >= SHORTEST) {
      scrubber.learn(value);
      return value;
    }
    throw new SecretError(
      'secret-too-short',
      `${reference} holds ${value.length} characters`,
      `Use a secret of ${SHORTEST} characters or more: a shorter one cannot be kept out of logs.`,
    );
  };
  const resolve = (reference: string): Promise<string> => {
    const value = known.get(reference) ?? load(reference);
    known.set(reference, value);
    // What failed once may succeed later, as when a vault could not be reached.
    value.catch(() => known.delete(reference));
    return value;
  };

  return {
    resolve,
    scrub: scrubber.scrub,
    check: async (references) => {
      const unique = [...new Set(references)].sort();
      const found = await Promise.all(unique.map((reference) => problemsOf(reference, resolve, options)));
      return found.flat();
    },
  };
}

async function problemsOf(
  reference: string,
  resolve: (reference: string) => Promise<string>,
  options: SecretOptions,
): Promise<readonly SecretProblem[]> {
  try {
    await resolve(reference);
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    const { code, message, hint } = error;
    return [{ reference, severity: 'error', code, message, hint }];
  }
  return openFile(reference, options);
}

function parse(reference: string): SecretReference {
  const parsed = parseSecretReference(reference);
  if (parsed !== null) return parsed;
  throw new SecretError(
    'secret-unresolvable',
    `"${reference}" is no reference to a secret`,
    'Use env:NAME, file:PATH or keyVault:https://NAME.vault.azure.net/secrets/NAME.',
  );
}

function readSecret(reference: SecretReference, options: SecretOptions): Promise<string> {
  switch (reference.source) {
    case 'env':
      return readVariable(reference.name, options.env);
    case 'file':
      return readSecretFile(reference.path, options.projectDir);
    case 'keyVault':
      return readVaultSecret(reference.url, options.fetch, options.vaultToken);
    default:
      return reference satisfies never;
  }
}

async function readVariable(name: string, env: SecretOptions['env']): Promise<string> {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  const what = value === undefined ? 'is not set' : 'is empty';
  throw new SecretError(
    'secret-unresolvable',
    `env:${name}: the environment variable ${what}`,
    'Set it for this command, for example as a secret of the pipeline.',
  );
}

/** One trailing newline is the editor's, not the secret's. */
async function readSecretFile(path: string, projectDir: string): Promise<string> {
  try {
    const text = await readFile(resolvePath(projectDir, path), 'utf8');
    return text.replace(/\r?\n$/u, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new SecretError(
      'secret-unresolvable',
      `file:${path}: ${FILE_PROBLEMS[code] ?? `the file cannot be read (${code})`}`,
      'Check the path, which is relative to the project folder, and the permissions of the file.',
      error,
    );
  }
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'the operating system does not allow to read it',
  EPERM: 'the operating system does not allow to read it',
};

/** Windows keeps no such bits, so that nothing is said there. */
async function openFile(reference: string, { projectDir }: SecretOptions): Promise<readonly SecretProblem[]> {
  const parsed = parseSecretReference(reference);
  if (parsed?.source !== 'file' || process.platform === 'win32') return [];
  const path = resolvePath(projectDir, parsed.path);
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return [];
  return [
    {
      reference,
      severity: 'warning',
      code: 'secret-unresolvable',
      message: `${reference} can be read by other users of this machine`,
      hint: `Run: chmod 600 ${path}`,
    },
  ];
}
