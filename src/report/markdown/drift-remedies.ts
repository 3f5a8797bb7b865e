/**
 * What to do about drift, ready to be copied, for all of a group in one paste: the command that makes the environment
 * what the configuration says, or the YAML that makes the configuration say what is there.
 */

import { parseAddress } from '../../model/address.ts';
import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import type { DriftGroup } from '../drift-groups.ts';
import { count, thousands } from '../text.ts';
import { acceptLines } from './accept-yaml.ts';
import { fold } from './blocks.ts';
import { canBeTyped, command, shellQuoted, targetOf } from './commands.ts';
import { fence } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { bytes, NOTHING, type Piece } from './room.ts';
import { joined } from './words.ts';

export function remedyPiece(group: DriftGroup, drift: Drift, style: MarkdownStyle): Piece {
  const findings = group.filter(({ address }) => canBeTyped(address));
  const least = remedyText(findings.slice(0, 1), findings.length, drift, style);
  if (least === '') return NOTHING;
  return {
    least: '',
    full: remedyText(findings, findings.length, drift, style),
    write: (room) => remedyWithin(room, findings, drift, style),
  };
}

/** For as many as there is room for; a command for some of them is still right. */
function remedyWithin(room: number, findings: DriftGroup, drift: Drift, style: MarkdownStyle): string {
  const write = (number: number): string =>
    remedyText(findings.slice(0, number), findings.length, drift, style);
  let [fits, tooMany] = [0, findings.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (bytes(write(middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? '' : write(fits);
}

function remedyText(findings: DriftGroup, all: number, drift: Drift, style: MarkdownStyle): string {
  const [first] = findings;
  if (first === undefined) return '';
  const revert = revertCommand(findings, drift, style);
  const accept = first.class === 'configuration' || first.class === 'approval' ? acceptLines(findings) : [];
  const left = all === findings.length ? '' : ` (${thousands(findings.length)} of ${count(all, 'finding')})`;
  const parts = [
    revert === null ? '' : `${revertTitle(first)}${left}:\n\n${fence('sh', revert)}`,
    accept.length === 0
      ? ''
      : `Accept – the configuration says what is there; an item that stands there already takes the lines${left}:\n\n${fence('yaml', accept)}`,
  ].filter((text) => text !== '');
  if (parts.length === 0) return '';
  const summary = [revert === null ? '' : revertWord(first), accept.length === 0 ? '' : 'accept'];
  return fold(summary.filter((text) => text !== '').join(' or '), parts.join('\n\n'));
}

function revertWord({ class: name }: DriftFinding): string {
  if (name === 'health') return 'Test again';
  if (name === 'missing') return 'Create';
  return name === 'new' ? 'Approve and test' : 'Revert';
}

function revertTitle(finding: DriftFinding): string {
  const word = revertWord(finding);
  if (finding.class === 'health') return `${word}, once the cause is mended`;
  return word === 'Revert' ? `${word} – the environment becomes what the configuration says` : word;
}

function revertCommand(findings: DriftGroup, drift: Drift, style: MarkdownStyle): readonly string[] | null {
  const [first] = findings;
  if (first === undefined || !isReverted(first, drift)) return null;
  const addresses = [...new Set(findings.map(({ address }) => address))];
  const retest = first.class === 'health' && first.subclass !== null;
  const options = addresses.map((address) =>
    joined([`--target ${targetOf(address)}`, retest ? `--retest ${shellQuoted(address)}` : ''], ' '),
  );
  const lines = [command('apply', drift.environment.name, style), ...options];
  if (lines.length === 2) return [lines.join(' ')];
  return lines.map((line, at) => `${at === 0 ? '' : '  '}${line}${at < lines.length - 1 ? ' \\' : ''}`);
}

/** Health that a test of ours mends; a test that hangs and what is held back are mended elsewhere. */
const RETESTED: readonly DriftFinding['subclass'][] = ['failed', 'disabled', 'stolen'];

/** Whether a run can do anything about it. */
function isReverted(finding: DriftFinding, drift: Drift): boolean {
  const { class: name, address, subclass, field, message } = finding;
  if (name === 'health')
    return subclass === null ? message === null : RETESTED.includes(subclass) && field !== 'state';
  if (name === 'missing') return isCreated(address);
  if (name === 'approval') return isApprovedByRun(finding, drift);
  return name !== 'unmanaged';
}

/** Mailboxes of users and queues are never created. */
function isCreated(address: string): boolean {
  const parsed = parseAddress(address);
  return parsed?.kind === 'profile' || parsed?.sort === 'forward';
}

/** An address that nothing vouches for no run approves, unless it is set back as well. */
function isApprovedByRun({ address, severity }: DriftFinding, { findings }: Drift): boolean {
  if (severity !== 'high') return true;
  return findings.some(
    (other) => other.address === address && other.class === 'configuration' && other.field === 'emailAddress',
  );
}
