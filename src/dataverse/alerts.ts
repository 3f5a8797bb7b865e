/** Alerts of mailboxes (table `tracelog`) as an administrator may see them: text and code, no internal details. */

import type { RawRow } from '../catalogue/field.ts';
import type { Alert } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { textIn } from './caller.ts';
import { idIn } from './mailbox-owners.ts';
import { withOptions } from './url.ts';

export const ALERTS_PATH = withOptions('tracelogs', {
  $select: 'text,level,modifiedon,createdon,_regardingobjectid_value',
  $filter: '_regardingobjectid_value ne null',
  $orderby: 'modifiedon desc',
});

/** One problem gives several rows, so that a few of the newest tell the last problem and the one before. */
const NEWEST = 5;

const LEVELS: Readonly<Record<number, Alert['level']>> = { 1: 'information', 2: 'warning', 3: 'error' };
const SEVERITY: readonly Alert['level'][] = ['error', 'warning', 'information'];

export interface AlertList {
  readonly add: (rows: readonly RawRow[]) => void;
  /** The newest alerts of the mailbox with this record id (in lower case). */
  readonly of: (mailbox: string) => readonly Alert[];
}

const NONE: readonly Alert[] = [];

/** Keeps the newest of each mailbox, in whatever order they come; rows of other records do no harm. */
export function alertList(): AlertList {
  const known = new Map<string, Alert[]>();
  const keep = (record: string, row: RawRow): void => {
    const alerts = known.get(record) ?? [];
    const oldest = alerts[NEWEST - 1];
    // The newest come first: most texts of a long list need not be looked at.
    if (oldest !== undefined && timeOf(row) < oldest.time) return;
    alerts.push(toAlert(row));
    known.set(record, alerts.sort(newestFirst).slice(0, NEWEST));
  };
  return {
    add: (rows) => {
      for (const row of rows) {
        const record = idIn(row, '_regardingobjectid_value');
        if (record !== null) keep(record, row);
      }
    },
    of: (mailbox) => known.get(mailbox) ?? NONE,
  };
}

/** A token is at-sign, bracket, type code, record id and quoted name; names may hold `<` and `>`. */
const TOKEN = /@\[\d+,[^,"\]]*,\s*"((?:[^"\\]|\\.)*)"\s*\]/gu;
/** What follows is for the service's support: a stack trace, an activity id. */
const INTERNAL = /\s*(\bdetails?\s*:|\bactivity ?id\b|\bstack ?trace\b|^\s*at [\w.]+\().*$/imsu;
/** `Exchange server returned UnknownIncomingEmailIntegrationError -2147220891 exception`. */
const RETURNED_CODE =
  /\berror code\b\s*:?\s*(?:\w+ )?(?:server )?returned (?:exception )?([\w -]{1,100}?)(?: exception)?\s*(?:[.\r\n<]|$)/iu;
const LABELLED_CODE =
  /\berror code(?:\s+is)?\s*:?\s*["']?(0x[0-9A-Fa-f]{8}|Crm\.[0-9A-Fa-f]{8}|[A-Za-z]\w*(?:\.\w+)*(?: -\d{6,})?|-?\d{6,})/iu;
const BARE_CODE = /\b(0x8[0-9A-Fa-f]{7}|Crm\.[0-9A-Fa-f]{8}|8005E[0-9A-Fa-f]{3})\b/u;

export function alertText(text: string): string {
  const names = text.replaceAll(TOKEN, (_token, name: string) => name.replaceAll(/\\(.)/gu, '$1'));
  return names.replace(INTERNAL, '').replace(/\s+/gu, ' ').trim();
}

export function alertCode(text: string): string | null {
  for (const form of [RETURNED_CODE, LABELLED_CODE, BARE_CODE]) {
    const code = form.exec(text)?.[1];
    if (code !== undefined) return code;
  }
  return null;
}

function toAlert(row: RawRow): Alert {
  const text = textIn(row, 'text') ?? '';
  return {
    level: (typeof row.level === 'number' ? LEVELS[row.level] : undefined) ?? 'information',
    time: timeOf(row),
    text: alertText(text),
    code: alertCode(text),
  };
}

/** The time of the last repetition: the same problem does not give another row. */
function timeOf(row: RawRow): string {
  return textIn(row, 'modifiedon') ?? textIn(row, 'createdon') ?? '';
}

function newestFirst(a: Alert, b: Alert): number {
  return (
    compareText(b.time, a.time) ||
    SEVERITY.indexOf(a.level) - SEVERITY.indexOf(b.level) ||
    compareText(a.text, b.text)
  );
}
