/** Alerts of mailboxes: the service's words, what they mean and what to do. */

import { causeAndEffect, isExplained, toldAlerts } from '../alert-text.ts';
import type { ReportedAlert } from '../apply-report.ts';
import { timeText } from '../time-text.ts';
import { code, link, prose } from './escape.ts';
import { joined, sentence } from './words.ts';

/** One line for each; empty where there are none. */
export function alertLines(alerts: readonly ReportedAlert[]): string {
  const { shown, hidden } = toldAlerts(alerts, false);
  const lines = shown.map((alert, at) => alertLine(alert, isExplained(shown, at)));
  return [...lines, ...(hidden === 0 ? [] : [`- and ${hidden} more alerts`])].join('\n');
}

function alertLine(alert: ReportedAlert, explained: boolean): string {
  const { level, time, text, code: what, hint, article } = alert;
  const named = what === null || text.includes(what) ? '' : ` (${code(what)})`;
  const said = `${level}: ${sentence(prose(text))}${named} ${timeText(time)}.`;
  if (!explained) return `- ${said}`;
  const why = causeAndEffect(alert);
  const page = article === undefined || article === null ? '' : `${link('Microsoft on it', article)}.`;
  const advice = hint === undefined || hint === null ? '' : sentence(prose(hint));
  return `- ${joined([said, advice, why === '' ? '' : prose(why), page], ' ')}`;
}
