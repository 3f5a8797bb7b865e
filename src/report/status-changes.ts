/** What is different between two looks at the mailboxes of an environment, field by field. The same in every format. */

import type { Status, StatusMailbox } from '../model/status.generated.ts';
import type { StatusChange } from '../model/status-change.generated.ts';
import { compareText, unchanged, type Value } from '../model/value.ts';
import { alertKey } from './alert-text.ts';
import { groupBy } from './group.ts';
import { printable } from './printable.ts';
import { type Style, signs } from './style.ts';
import { valueText } from './value-text.ts';

/** In the order of the addresses, and of a mailbox in the order of the document. */
export function statusChanges(before: Status, after: Status): readonly StatusChange[] {
  const known = byAddress(before);
  const now = byAddress(after);
  const addresses = [...new Set([...known.keys(), ...now.keys()])].sort(compareText);
  return addresses.flatMap((address) => {
    const changes = mailboxChanges(known.get(address), now.get(address));
    return changes.map((change) => ({
      time: after.as_of,
      environment: after.environment.name,
      address,
      ...change,
    }));
  });
}

type Change = Pick<StatusChange, 'field' | 'from' | 'to'>;

function byAddress({ mailboxes }: Status): ReadonlyMap<string, StatusMailbox> {
  return new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox]));
}

function mailboxChanges(before: StatusMailbox | undefined, after: StatusMailbox | undefined): Change[] {
  if (before === undefined || after === undefined)
    return [{ field: 'listed', from: before !== undefined, to: after !== undefined }];
  const old = new Map(fieldsOf(before));
  const changed = fieldsOf(after).flatMap(([field, to]): Change[] => {
    const from = old.get(field) ?? null;
    return unchanged(from, to) ? [] : [{ field, from, to }];
  });
  return [...changed, ...newAlerts(before, after)];
}

function fieldsOf({ address: _, alerts: __, ...mailbox }: StatusMailbox): [string, Value][] {
  const { tests, enabled, ...own } = mailbox;
  const below = (name: string, part: object): [string, Value][] =>
    Object.entries(part).map(([key, value]: [string, Value]) => [`${name}.${key}`, value]);
  return [
    ...(Object.entries(own) as [string, Value][]),
    ...below('tests', tests),
    ...below('enabled', enabled),
  ];
}

/** Alerts that end are deleted by people or by time; only new ones tell something. */
function newAlerts(before: StatusMailbox, after: StatusMailbox): Change[] {
  const old = new Set(before.alerts.map((alert) => `${alert.time} ${alertKey(alert)}`));
  return after.alerts
    .filter((alert) => !old.has(`${alert.time} ${alertKey(alert)}`))
    .map(({ text }) => ({ field: 'alert', from: null, to: text }));
}

/** What one look saw of each mailbox in a line: `TIME ADDRESS field: old → new, field: old → new`. */
export function changeLines(changes: readonly StatusChange[], style: Style): readonly string[] {
  const ofMailboxes = groupBy(changes, ({ time, address }) => `${time} ${address}`);
  return ofMailboxes.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { time, address } = printable(first);
    return [`${time} ${address} ${group.map((change) => differenceText(change, style)).join(', ')}`];
  });
}

/** `field: old → new`, the field as people write it in the YAML. */
export function differenceText(change: StatusChange, style: Style): string {
  const { field, from, to } = printable(change);
  if (field === 'alert') return `alert: ${valueText(to)}`;
  return `${yamlName(field)}: ${valueText(from)} ${signs(style).arrow} ${valueText(to)}`;
}

/** The document writes with underscores what the YAML writes with capitals. */
function yamlName(field: string): string {
  return field === 'approval'
    ? 'approved'
    : field.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
