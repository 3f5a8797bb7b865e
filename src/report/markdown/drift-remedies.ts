/**
 * What to do about drift, ready to be copied, for all of a group in one paste: the command that makes the environment
 * what the configuration says, or the YAML that makes the configuration say what is there.
 */

import { parseAddress } from '../../model/address.ts';
import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import { addressesOf, type DriftGroup } from '../drift-groups.ts';
import { groupBy } from '../group.ts';
import { thousands } from '../text.ts';
import { acceptLines } from './accept-yaml.ts';
import { fold } from './blocks.ts';
import { canBeTyped, command, shellQuoted, targetOf } from './commands.ts';
import { fence } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { bytes, NOTHING, type Piece } from './room.ts';
import { capital, joined } from './words.ts';

export function remedyPiece(group: DriftGroup, drift: Drift, style: MarkdownStyle): Piece {
  const ofEach = groupBy(
    group.filter(({ address }) => canBeTyped(address)),
    ({ address }) => address,
  );
  const write = (number: number): string =>
    remedyText(ofEach.slice(0, number).flat(), ofEach.length, drift, style);
  if (write(1) === '') return NOTHING;
  return {
    least: '',
    full: write(ofEach.length),
    write: (room) => remedyWithin(room, ofEach.length, write),
  };
}

/** For as many as there is room for; a command for some of them is still right. */
function remedyWithin(room: number, all: number, write: (number: number) => string): string {
  let [fits, tooMany] = [0, all + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (bytes(write(middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? '' : write(fits);
}

interface Remedy {
  readonly word: string;
  /** What it does, where the word does not say it. */
  readonly meaning: string;
  readonly text: string;
}

/** `all`: of how many resources the first few are given. */
function remedyText(findings: DriftGroup, all: number, drift: Drift, style: MarkdownStyle): string {
  const remedies = remediesOf(findings, drift, style);
  const given = addressesOf(findings).length;
  const left = all === given ? '' : `, ${thousands(given)} of ${thousands(all)}`;
  const [first] = remedies;
  const byPerson = personText(findings[0]);
  if (first === undefined) return byPerson;
  const folded =
    remedies.length === 1
      ? fold(first.word + left, joined([titled(capital(first.meaning)), first.text], '\n\n'))
      : fold(
          `${first.word} or ${remedies.slice(1).map(({ word }) => word.toLowerCase())}${left}`,
          remedies
            .map(({ word, meaning, text }) => `${titled(joined([word, meaning], ' – '))}\n\n${text}`)
            .join('\n\n'),
        );
  return joined([byPerson, folded], '\n\n');
}

function titled(title: string): string {
  return title === '' ? '' : `${title}:`;
}

function remediesOf(findings: DriftGroup, drift: Drift, style: MarkdownStyle): readonly Remedy[] {
  const [first] = findings;
  if (first === undefined) return [];
  const revert = revertCommand(findings, drift, style);
  const accept = first.class === 'configuration' || first.class === 'approval' ? acceptLines(findings) : [];
  return [
    ...(revert === null ? [] : [{ ...revertWords(findings), text: fence('sh', revert) }]),
    ...(accept.length === 0 ? [] : [{ word: 'Accept', meaning: ACCEPTING, text: fence('yaml', accept) }]),
  ];
}

const ACCEPTING = 'the configuration says what is there; an item that stands there already takes the lines';

function revertWords(findings: DriftGroup): Omit<Remedy, 'text'> {
  const [first] = findings;
  if (first?.class === 'health')
    return first.subclass === null
      ? { word: 'Test', meaning: '' }
      : { word: 'Test again', meaning: 'once the cause is mended' };
  if (first?.class === 'missing') return { word: 'Create', meaning: '' };
  if (first?.class === 'new') return { word: joinerWord(findings), meaning: '' };
  return {
    word: 'Revert',
    meaning: `the environment becomes what the configuration says${guardText(findings)}`,
  };
}

/** A joiner is never approved; what else is to be done depends on what is declared. */
function joinerWord(findings: DriftGroup): string {
  const isApproved = findings.some(({ field }) => field === 'approved');
  const isTested = findings.some(({ field }) => field?.startsWith('tests.') === true);
  if (isApproved) return isTested ? 'Approve and test' : 'Approve';
  return isTested ? 'Test' : 'Set up';
}

const DIRECTIONS: readonly (string | null)[] = ['incoming', 'outgoing', 'appointmentsContactsTasks'];

/** Of what this command would do alone, the guard that asks is known where mail is turned off; a plan knows the others. */
function guardText(findings: DriftGroup): string {
  const stops = findings.some(
    ({ field, actual, desired }) =>
      DIRECTIONS.includes(field) && actual === 'server-side-sync' && desired !== actual,
  );
  return stops ? '; where mail moves now, it takes `--allow mail-stops`' : ', unless a guard refuses it';
}

/** What has to be changed by a person before a run does anything; a test is repeated whatever held it back. */
function personText(finding: DriftFinding | undefined): string {
  if (finding?.held === undefined || isRetested(finding)) return '';
  return `No run changes it as things are. ${BY_PERSON[finding.held]}`;
}

const BY_PERSON: Readonly<Record<NonNullable<DriftFinding['held']>, string>> = {
  'owner-disabled': 'Enable the user or queue again, or take the declaration away.',
  'no-address': 'Give it an e-mail address, or declare one.',
  'waits-for-approval': 'Somebody who may has to approve its e-mail address.',
  'not-approved':
    'Its e-mail address has to be approved first: write `emailAddress` and `approved: true` into its item.',
  'failed-recently': 'Mend what failed; `--retest` tests it at once.',
  stuck: 'See that background operations run in the environment, or ask Microsoft.',
  'type-cannot-change': 'Declare another profile, and let the mailboxes refer to it.',
  'approval-needs-address':
    'Write `emailAddress` beside `approved: true` into its item if the address is right.',
  'profile-missing': 'Give it a server profile.',
  'profile-inactive': 'Activate its server profile.',
  'mailbox-inactive': 'Activate the mailbox, or declare its state.',
  stolen: 'Decide which environment is to have it; `--retest` takes it back.',
  'waits-for-sign-in': 'Its user has to sign in to the mail provider.',
  'in-use': 'Let nothing refer to it any more.',
};

function revertCommand(findings: DriftGroup, drift: Drift, style: MarkdownStyle): readonly string[] | null {
  const [first] = findings;
  if (first === undefined || !isReverted(first, drift)) return null;
  const addresses = addressesOf(findings);
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
/** What keeps a test from being repeated by itself, and not from being asked for. */
const ONLY_BY_ITSELF: readonly DriftFinding['held'][] = [undefined, 'failed-recently', 'stolen'];

function isRetested({ class: name, subclass, field, held }: DriftFinding): boolean {
  return (
    name === 'health' && RETESTED.includes(subclass) && field !== 'state' && ONLY_BY_ITSELF.includes(held)
  );
}

/** Whether a run can do anything about it. */
function isReverted(finding: DriftFinding, drift: Drift): boolean {
  const { class: name, address, subclass, message, held } = finding;
  if (isRetested(finding)) return true;
  if (held !== undefined) return false;
  if (name === 'health') return subclass === null && message === null;
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
