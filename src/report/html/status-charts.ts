/** The mailboxes of an environment counted: methods, test results, approval, failures by code. */

import type { Status, StatusMailbox } from '../../model/status.generated.ts';
import type { Value } from '../../model/value.ts';
import { STATUS_DIRECTIONS, type StatusDirection } from '../status-condition.ts';
import { count } from '../text.ts';
import { valueText, words } from '../value-text.ts';
import type { BarPart, Chart, Tone } from './page-model.ts';
import { countChart } from './rows.ts';

export const DIRECTIONS: Readonly<Record<StatusDirection, string>> = {
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  appointments_contacts_tasks: 'Appointments',
};

/** Without an address, as personal queues are, there is neither mail to be moved nor anything to be approved. */
export function statusCharts({ mailboxes }: Status): readonly Chart[] {
  const addressed = mailboxes.filter(({ email_address }) => email_address !== null);
  const without = mailboxes.length - addressed.length;
  const uncounted = (chart: Chart): Chart =>
    without === 0
      ? chart
      : {
          ...chart,
          rest: `Not counted: ${count(without, 'mailbox', 'mailboxes')} without an e-mail address.`,
        };
  return [
    uncounted(directionChart('Methods', addressed, methodPart)),
    directionChart('Test results', mailboxes, resultPart),
    ...countChart(
      'Approval',
      addressed.map(({ approval }) => ({
        label: approval === null ? 'not known' : words(valueText(approval)),
        tone: approval === 'approved' ? 'good' : approval === 'rejected' ? 'bad' : 'warn',
      })),
    ).map(uncounted),
    ...failureChart(mailboxes),
  ].filter(({ bars }) => bars.length > 0);
}

interface Part {
  readonly label: string;
  readonly tone: Tone;
}

type PartOf = (mailbox: StatusMailbox, direction: StatusDirection) => Part | null;

/** A bar for each direction, of what `partOf` says about each mailbox. */
function directionChart(title: string, mailboxes: readonly StatusMailbox[], partOf: PartOf): Chart {
  const bars = STATUS_DIRECTIONS.map((direction) => {
    const counted = new Map<string, BarPart>();
    for (const mailbox of mailboxes) {
      const part = partOf(mailbox, direction);
      if (part === null) continue;
      counted.set(part.label, { ...part, value: (counted.get(part.label)?.value ?? 0) + 1 });
    }
    return {
      label: DIRECTIONS[direction],
      parts: [...counted.values()].toSorted((a, b) => b.value - a.value),
    };
  });
  return { title, bars: bars.filter(({ parts }) => parts.length > 0) };
}

const METHOD_TONES: Readonly<Record<string, Tone>> = {
  'server-side-sync': 'info',
  'forward-mailbox': 'warn',
  outlook: 'warn',
};

function methodPart(mailbox: StatusMailbox, direction: StatusDirection): Part {
  const method: Value = mailbox[direction];
  const tone = typeof method === 'string' ? (METHOD_TONES[method] ?? 'quiet') : 'quiet';
  return { label: valueText(method), tone };
}

const RESULT_TONES: Readonly<Record<string, Tone>> = { success: 'good', failure: 'bad', 'not-run': 'quiet' };

/** Only of server-side sync, which alone is tested. */
function resultPart(mailbox: StatusMailbox, direction: StatusDirection): Part | null {
  if (mailbox[direction] !== 'server-side-sync' || mailbox.state === 'inactive') return null;
  const result = mailbox.tests[direction];
  const tone = typeof result === 'string' ? (RESULT_TONES[result] ?? 'warn') : 'warn';
  return { label: words(valueText(result)), tone };
}

/** Mailboxes by the codes of their alerts; each counts once for a code. */
function failureChart(mailboxes: readonly StatusMailbox[]): readonly Chart[] {
  const codes = mailboxes.flatMap(({ alerts }) => {
    const own = alerts.filter(({ level, code }) => level !== 'information' && code !== null);
    return [...new Map(own.map((alert) => [alert.code ?? '', alert])).values()];
  });
  return countChart(
    'Failures by code',
    codes.map(({ code, article }) => ({
      label: code ?? '',
      tone: 'bad',
      ...(article?.startsWith('https://') === true ? { href: article } : {}),
    })),
  );
}
