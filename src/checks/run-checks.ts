/**
 * Runs the checks that are on, leaves out what items accept, and makes diagnostics of what is left: one for each
 * single item, and one for all others of a kind.
 */

import { acceptedChecks } from '../catalogue/management.ts';
import { type Address, addressKey } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import { compareText } from '../model/value.ts';
import { nearest } from '../rules/nearest.ts';
import type { Check, CheckFinding, SeenEnvironment } from './check.ts';
import { CHECK_IDS, CHECKS } from './checks.ts';

/** Names that a diagnostic about many gives. */
const NAMED = 3;

/** `seen`: what was read of the environment and what is desired of it; `null` where only the files are known. */
export function runChecks(config: Config, seen: SeenEnvironment | null): readonly Diagnostic[] {
  const off = new Set(config.checksOff.map(({ id }) => id));
  const accepted = acceptedByAddress(config, seen);
  const found = CHECKS.filter(({ id }) => !off.has(id)).flatMap((check) => {
    const findings = check
      .find({ config, seen })
      .filter(({ address }) => address === null || accepted.get(addressKey(address))?.has(check.id) !== true);
    return diagnosticsOf(check, findings);
  });
  return [...unknownChecks(config), ...found];
}

function acceptedByAddress(
  { mailboxes, profiles }: Config,
  seen: SeenEnvironment | null,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const accepted = new Map<string, ReadonlyMap<string, string>>();
  for (const { address, fields } of [...profiles, ...mailboxes]) {
    const checks = acceptedChecks(fields.get('accept')?.value);
    if (checks.size > 0) accepted.set(addressKey(address), checks);
  }
  // The environment may call a mailbox that is declared by its id by another name.
  for (const { address, accepted: checks } of seen?.desired.resources ?? [])
    if (checks.size > 0) accepted.set(addressKey(address), checks);
  return accepted;
}

function diagnosticsOf(check: Check, findings: readonly CheckFinding[]): readonly Diagnostic[] {
  return toldTogether(findings).map((group) => {
    const [first] = group;
    return first.together === undefined || group.length === 1
      ? diagnosticOf(check, first)
      : manyOf(check, first, first.together(group.length), group);
  });
}

type Group = [CheckFinding, ...CheckFinding[]];

/** By line and words: each item has a line of its own; what one rule covers is told as one. */
function toldTogether(findings: readonly CheckFinding[]): readonly Group[] {
  const groups: Group[] = [];
  const known = new Map<string, Group>();
  for (const finding of findings) {
    const { together, source } = finding;
    const key = together === undefined ? null : placeKey(together(0), source);
    const group = key === null ? undefined : known.get(key);
    if (group !== undefined) {
      group.push(finding);
      continue;
    }
    const begun: Group = [finding];
    groups.push(begun);
    if (key !== null) known.set(key, begun);
  }
  return groups;
}

function placeKey(words: string, { file, line, column, rule = '' }: Source): string {
  return `${words}\n${file}\n${line}:${column} ${rule}`;
}

function diagnosticOf({ id, severity }: Check, finding: CheckFinding): Diagnostic {
  const { address, source, message, hint } = finding;
  return { code: `practice-${id}`, severity, address, source, message, hint };
}

function manyOf(
  check: Check,
  { source, hint }: CheckFinding,
  words: string,
  group: readonly CheckFinding[],
): Diagnostic {
  const addresses = group.flatMap(({ address }) => address ?? []).sort(compareText);
  return diagnosticOf(check, { address: null, source, message: `${words}: ${named(addresses)}`, hint });
}

function named(addresses: readonly Address[]): string {
  const rest = addresses.length - NAMED;
  if (rest <= 1) return addresses.join(', ');
  return `${addresses.slice(0, NAMED).join(', ')} and ${rest} more`;
}

/** A slip in the id would leave the check on, silently. */
function unknownChecks({ checksOff }: Config): readonly Diagnostic[] {
  return checksOff.flatMap(({ id, source }): readonly Diagnostic[] => {
    if (CHECK_IDS.some((known) => known === id)) return [];
    const near = nearest(id, CHECK_IDS);
    return [
      {
        code: 'check-unknown',
        severity: 'error',
        address: null,
        source,
        message: `checks names "${id}", which is no check; use one of: ${CHECK_IDS.join(', ')}`,
        hint: near === null ? 'Remove it.' : `Did you mean "${near}"?`,
      },
    ];
  });
}
