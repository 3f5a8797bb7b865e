/** What the environment offers: optional columns, alerts, background operations, parallel requests. */

import { ENABLED_FIELDS } from '../catalogue/mailbox-tests.ts';
import type { DoctorFinding, DoctorService } from '../model/doctor.generated.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';

/** The engine looks at a mailbox every five to fifteen minutes (Microsoft Learn, "Server-side synchronization of email"). */
const SILENCE_MS = 2 * 3_600_000;

/** What is lost without a column, by its name. */
const LOST: Readonly<Record<string, string>> = {
  testandenablelastattemptedon:
    'A test that hangs is only noticed if this machine requested it: its journal knows when.',
  emailaddressapprovedon:
    'That an approval came after a failed test cannot be seen, so such a mailbox waits for "tests.retestAfter"; --retest tests it at once.',
  azurestate: 'Users who are gone from the directory count as people until they are disabled.',
  systemmanagedusertype: 'Users whom the platform made for itself may count as people.',
};

/** `timeoutMs`: how long a test is awaited. */
export function serviceOf({ asOf, capabilities, resources }: Snapshot, timeoutMs: number): DoctorService {
  const mailboxes = resources.filter(({ kind }) => kind === 'mailbox');
  const processed = mailboxes.filter(isProcessed);
  const running = mailboxes.filter(({ fields }) => fields['tests.scheduled'] === true);
  const errors = resources.find(({ kind }) => kind === 'settings')?.fields['alerts.errors'];
  return {
    recommended_parallelism: capabilities.parallelism,
    columns_absent: capabilities.absentColumns,
    alerts_readable: capabilities.alerts,
    error_alerts_written: typeof errors === 'boolean' ? errors : null,
    mailboxes_processed: processed.length,
    last_processed_on: newest(processed),
    tests_running: running.length,
    tests_stuck: running.filter((mailbox) => isStuck(mailbox, asOf, timeoutMs)).length,
  };
}

function isProcessed({ fields }: Observed): boolean {
  return fields.state !== 'inactive' && ENABLED_FIELDS.some((field) => fields[field] === true);
}

function newest(mailboxes: readonly Observed[]): string | null {
  let last: string | null = null;
  for (const { fields } of mailboxes) {
    const at = fields['processing.attemptedOn'];
    if (typeof at === 'string' && (last === null || Date.parse(at) > Date.parse(last))) last = at;
  }
  return last;
}

function isStuck({ fields }: Observed, asOf: string, timeoutMs: number): boolean {
  const requested = fields['tests.requestedOn'];
  return typeof requested === 'string' && Date.parse(asOf) - Date.parse(requested) > timeoutMs;
}

export function serviceFindings(service: DoctorService, asOf: string): readonly DoctorFinding[] {
  return [
    ...columnFindings(service),
    alertsFinding(service),
    ...errorAlertsFinding(service),
    backgroundFinding(service, asOf),
    parallelismFinding(service),
  ];
}

function columnFindings({ columns_absent }: DoctorService): readonly DoctorFinding[] {
  if (columns_absent.length === 0) {
    const what = 'The environment has every optional column that is used.';
    return [{ id: 'columns', level: 'ok', what, so_what: null, mend: null }];
  }
  return columns_absent.map((column) => ({
    id: 'columns',
    level: 'warning',
    what: `The environment has no column ${column}.`,
    so_what: LOST[column.slice(column.lastIndexOf('.') + 1)] ?? 'What it would tell is not known.',
    mend: 'Newer versions of Dataverse have it; nothing has to be done meanwhile.',
  }));
}

function alertsFinding({ alerts_readable }: DoctorService): DoctorFinding {
  if (alerts_readable !== false) {
    return { id: 'alerts', level: 'ok', what: 'Alerts can be read.', so_what: null, mend: null };
  }
  return {
    id: 'alerts',
    level: 'warning',
    what: 'The account may not read alerts.',
    so_what: 'That a test failed is seen, why it failed is not.',
    mend: 'Give it a security role that holds prvReadTraceLog for the whole organization.',
  };
}

function errorAlertsFinding({ error_alerts_written }: DoctorService): readonly DoctorFinding[] {
  if (error_alerts_written !== false) return [];
  return [
    {
      id: 'error-alerts',
      level: 'warning',
      what: 'The environment writes no alerts about errors.',
      so_what: 'When a test fails there will be nothing that says why.',
      mend: 'Declare emailSettings: { alerts: { errors: true } }.',
    },
  ];
}

/** Background operations cannot be asked for over the Web API; rows that stand still are all there is to see. */
function backgroundFinding(service: DoctorService, asOf: string): DoctorFinding {
  const { tests_stuck, tests_running, mailboxes_processed, last_processed_on } = service;
  const check =
    'Look in the Power Platform admin center at the details of the environment: administration mode and background operations.';
  if (tests_stuck > 0) {
    return {
      id: 'background',
      level: 'problem',
      what: `Tests that were requested do not end: ${tests_stuck} of ${tests_running}.`,
      so_what: 'The service refuses every save of such a mailbox. Background operations may be off.',
      mend: check,
    };
  }
  const silent =
    mailboxes_processed > 0 &&
    last_processed_on !== null &&
    Date.parse(asOf) - Date.parse(last_processed_on) > SILENCE_MS;
  if (silent) {
    return {
      id: 'background',
      level: 'warning',
      what: `No mailbox of ${mailboxes_processed} that are enabled was looked at since ${minutes(last_processed_on)}.`,
      so_what: 'Mail may stand still, and tests may not end. Background operations may be off.',
      mend: check,
    };
  }
  return {
    id: 'background',
    level: 'ok',
    what: 'Nothing suggests that background operations are off.',
    so_what: `Tests under way: ${tests_running}. Enabled mailboxes: ${mailboxes_processed}.`,
    mend: null,
  };
}

function parallelismFinding({ recommended_parallelism: number }: DoctorService): DoctorFinding {
  const what =
    number === null
      ? 'The service recommends no number of requests at once.'
      : `The service recommends ${number} requests at once.`;
  const soWhat =
    number === null
      ? 'apply uses a few; --parallelism decides otherwise.'
      : '--parallelism decides otherwise.';
  return { id: 'parallelism', level: 'ok', what, so_what: soWhat, mend: null };
}

function minutes(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
