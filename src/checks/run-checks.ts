/**
 * Runs the checks that are on, leaves out what items accept, and makes diagnostics of what is left: one for each
 * single item, and one for all others of a kind.
 */

import { acceptedChecks } from '../catalogue/management.ts';
import { type Address, addressKey } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { compareText } from '../model/value.ts';
import { nearest } from '../rules/nearest.ts';
import type { Check, CheckFinding, SeenEnvironment, Together } from './check.ts';
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
  const single: Diagnostic[] = [];
  const groups = new Map<Together, CheckFinding[]>();
  for (const finding of findings) {
    const { together, source } = finding;
    const group = together === undefined ? undefined : groups.get(together);
    if (together === undefined || source !== null) single.push(diagnosticOf(check, finding));
    else if (group === undefined) groups.set(together, [finding]);
    else group.push(finding);
  }
  return [...single, ...[...groups].map(([together, group]) => manyOf(check, together, group))];
}

function diagnosticOf({ id, severity }: Check, finding: CheckFinding): Diagnostic {
  const { address, source, message, hint } = finding;
  return { code: `practice-${id}`, severity, address, source, message, hint };
}

function manyOf(check: Check, { source, message }: Together, group: readonly CheckFinding[]): Diagnostic {
  const [first] = group;
  if (first !== undefined && group.length === 1) return diagnosticOf(check, { ...first, source });
  const addresses = group.flatMap(({ address }) => address ?? []).sort(compareText);
  return diagnosticOf(check, {
    address: null,
    source,
    message: `${message(group.length)}: ${named(addresses)}`,
    hint: first?.hint ?? '',
  });
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
