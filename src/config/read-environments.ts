/** The environments of the root file, with every default filled in. */

import { isAbsolute, join } from 'node:path';
import type { ApprovalMode, Environment, MailCeiling, Purpose } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isEmailAddress } from '../rules/addresses.ts';
import { EMULATOR_URL, isLocalUrl, urlProblem } from '../rules/environment-url.ts';
import { parseDuration, parseShare } from './duration.ts';
import { pathKey } from './item-path.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { type Entry, itemsOf, member, type Node, plain, textOf, textsOf } from './tree.ts';

export interface LayeredEnvironment {
  readonly environment: Environment;
  /** Paths of its overlays as written, from weak to strong. */
  readonly overlays: readonly string[];
}

export interface Environments {
  readonly environments: readonly LayeredEnvironment[];
  readonly diagnostics: readonly Diagnostic[];
}

const APPROVALS: readonly ApprovalMode[] = ['apply', 'hand-off', 'fail'];
const PURPOSES: readonly Purpose[] = ['production', 'non-production'];

interface Reading {
  readonly name: string;
  readonly entry: Entry;
  readonly source: SourceText;
}

export function readEnvironments(
  tree: Node,
  source: SourceText,
  refused: ReadonlySet<string>,
  directory: string,
): Environments {
  const node = member(tree, 'environments');
  if (node?.kind !== 'map') return { environments: [], diagnostics: [] };
  const readings = [...node.entries]
    .filter(([name]) => !refused.has(pathKey(['environments', name])))
    .map(([name, entry]) => ({ name, entry, source }));
  return {
    environments: readings.map((reading) => ({
      environment: readEnvironment(reading, directory),
      overlays: textsOf(member(reading.entry.value, 'overlay')),
    })),
    diagnostics: readings.flatMap((reading) => [
      ...environmentProblems(reading),
      ...ceilingProblems(reading),
    ]),
  };
}

function readEnvironment({ name, entry, source }: Reading, directory: string): Environment {
  const { value: node } = entry;
  const url = textOf(member(node, 'url')) ?? '';
  const data = textOf(member(node, 'data'));
  const tests = member(node, 'tests');
  const maxChanges = member(member(node, 'guards'), 'maxChanges');
  const declaredPurpose = PURPOSES.find((purpose) => purpose === textOf(member(node, 'purpose')));
  return {
    name,
    url: url.replace(/\/$/u, ''),
    data: data === undefined ? null : isAbsolute(data) ? data : join(directory, data),
    organizationId: textOf(member(node, 'organizationId'))?.toLowerCase() ?? null,
    // Undeclared is an error for a real environment; until it is mended the stricter one holds.
    purpose: declaredPurpose ?? (isLocalUrl(url) ? 'non-production' : 'production'),
    auth: readAuth(member(node, 'auth')),
    approvals: APPROVALS.find((mode) => mode === textOf(member(node, 'approvals'))) ?? 'apply',
    tests: {
      perRun: numberOf(member(tests, 'perRun')) ?? 200,
      timeoutMs: parseDuration(textOf(member(tests, 'timeout')) ?? '15m'),
      retestAfterMs: parseDuration(textOf(member(tests, 'retestAfter')) ?? '24h'),
    },
    guards: {
      maxChanges: {
        share: parseShare(textOf(member(maxChanges, 'share')) ?? '20%'),
        from: numberOf(member(maxChanges, 'from')) ?? 10,
      },
    },
    mail: readCeiling(node, source),
    source: placeOf(source, entry.keyAt),
  };
}

function readCeiling(node: Node, source: SourceText): MailCeiling | null {
  const mail = node.kind === 'map' ? node.entries.get('mail') : undefined;
  if (mail === undefined) return null;
  const others = textOf(member(mail.value, 'others')) === 'none' ? 'none' : 'leave';
  return { allow: textsOf(member(mail.value, 'allow')), others, source: placeOf(source, mail.keyAt) };
}

function readAuth(node: Node | undefined): Environment['auth'] {
  if (node?.kind !== 'map') return null;
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, String(plain(value))]));
}

function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

function environmentProblems(reading: Reading): readonly Diagnostic[] {
  const { name, entry } = reading;
  const urlNode = member(entry.value, 'url');
  const url = textOf(urlNode) ?? '';
  const problem = urlProblem(url);
  if (problem !== null) {
    const message = `environments.${name}.${problem.message}`;
    return [{ ...problem, severity: 'error', address: null, source: at(reading, urlNode), message }];
  }
  const problems: Diagnostic[] = [];
  if (!isLocalUrl(url) && member(entry.value, 'purpose') === undefined)
    problems.push(purposeMissing(reading));
  const data = member(entry.value, 'data');
  if (data !== undefined && url !== EMULATOR_URL) problems.push(dataNotUsed(reading, data));
  return problems;
}

/** A pattern that no address can fit would silence a mailbox that it was meant to spare. */
function ceilingProblems(reading: Reading): readonly Diagnostic[] {
  const allow = itemsOf(member(member(reading.entry.value, 'mail'), 'allow'));
  return allow.flatMap((node): readonly Diagnostic[] => {
    const pattern = textOf(node) ?? '';
    if (canMatch(pattern)) return [];
    return [
      {
        code: 'address-unrecognized',
        severity: 'error',
        address: null,
        source: at(reading, node),
        message: `environments.${reading.name}.mail.allow "${pattern}" fits no e-mail address`,
        hint: `Write an address, or a pattern such as "*@${domainOf(pattern)}".`,
      },
    ];
  });
}

function canMatch(pattern: string): boolean {
  return !/\s|@.*@/u.test(pattern) && (pattern.includes('*') || isEmailAddress(pattern));
}

function domainOf(pattern: string): string {
  const domain = pattern.replace(/^@/u, '');
  return /^[\w-]+(\.[\w-]+)+$/u.test(domain) ? domain : 'contoso.com';
}

function purposeMissing(reading: Reading): Diagnostic {
  return {
    code: 'purpose-missing',
    severity: 'error',
    address: null,
    source: placeOf(reading.source, reading.entry.keyAt),
    message: `environments.${reading.name}.purpose is missing; a real environment has to say what it is for`,
    hint: 'Write purpose: production or purpose: non-production.',
  };
}

function dataNotUsed(reading: Reading, data: Node): Diagnostic {
  return {
    code: 'wrong-value',
    severity: 'error',
    address: null,
    source: at(reading, data),
    message: `environments.${reading.name}.data is for the embedded Dataverse only`,
    hint: 'Remove it, or write url: emulator.',
  };
}

function at({ source, entry }: Reading, node: Node | undefined): ReturnType<typeof placeOf> {
  return placeOf(source, node?.at ?? entry.keyAt);
}
