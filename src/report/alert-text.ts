/** Alerts of mailboxes: the service's words, the code and what to do. */

import { canonical } from '../model/value.ts';
import type { ReportedAlert } from './apply-report.ts';
import { groupBy } from './group.ts';
import type { Style } from './style.ts';
import { DETAIL, type Lines } from './text/page.ts';
import { wrap } from './text.ts';
import { timeText } from './time-text.ts';

/** One problem gives several rows, one for each reader. */
const SHOWN = 3;
const LEVELS: readonly ReportedAlert['level'][] = ['error', 'warning', 'information'];

/** The worst and newest alerts, those with the same words once; milder ones repeat them for other readers. */
export function alertLines(alerts: readonly ReportedAlert[], style: Style): Lines {
  const { shown, hidden } = toldAlerts(alerts, style.verbose === true);
  const rest =
    hidden === 0
      ? []
      : wrap(`and ${hidden} more alerts; --verbose lists all`, { width: style.width, indent: DETAIL });
  const lines = shown.flatMap((alert, index) => oneAlert(alert, isExplained(shown, index), style));
  return [...lines, ...rest];
}

export interface ToldAlerts {
  readonly shown: readonly ReportedAlert[];
  readonly hidden: number;
}

/** The worst and newest, unless all are wanted; those with the same words once. */
export function toldAlerts(alerts: readonly ReportedAlert[], all: boolean): ToldAlerts {
  const ordered = alerts.toSorted(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || Date.parse(b.time) - Date.parse(a.time),
  );
  const different = groupBy(ordered, alertKey).flatMap(([alert]) => alert ?? []);
  const worst = different.filter(({ level }) => level === ordered[0]?.level);
  const shown = all ? different : worst.slice(0, SHOWN);
  return { shown, hidden: different.length - shown.length };
}

/** Several directions fail for one reason: it is explained once, after the last of them. */
export function isExplained(shown: readonly ReportedAlert[], index: number): boolean {
  const [alert, next] = [shown[index], shown[index + 1]];
  return alert !== undefined && (next === undefined || explanationKey(next) !== explanationKey(alert));
}

function explanationKey({ hint, cause, effect, article }: ReportedAlert): string {
  return canonical([hint, cause, effect, article]);
}

/** Equal for alerts that say the same. */
export function alertKey({ level, code, text }: ReportedAlert): string {
  return canonical([level, code, text]);
}

/** What the service does about it by itself. */
const EFFECTS = {
  retried: 'The service tries again by itself.',
  disabled: 'The service has turned it off until it is tested again.',
} as const;

function oneAlert(alert: ReportedAlert, explained: boolean, { colors, width }: Style): Lines {
  const { level, time, text, code } = alert;
  const lead = level === 'error' ? colors.red(level) : level === 'warning' ? colors.yellow(level) : level;
  const named = code === null || text.includes(code) ? '' : ` (${code})`;
  const hanging = DETAIL + 2;
  const explanation = explained ? explanationOf(alert, colors) : [];
  return [
    ...wrap(`${lead} ${text}${named} ${colors.dim(timeText(time))}`, { width, indent: DETAIL, hanging }),
    ...explanation.flatMap((line) => wrap(line, { width, indent: hanging })),
  ];
}

/** What it means and what to do; why it comes and what the service does; where Microsoft says more. */
function explanationOf(alert: ReportedAlert, colors: Style['colors']): Lines {
  const { hint, article } = alert;
  const page = article === undefined || article === null ? null : colors.dim(article);
  return [hint, causeAndEffect(alert), page].flatMap((line) =>
    line === undefined || line === null || line === '' ? [] : [line],
  );
}

export function causeAndEffect({ cause, effect }: ReportedAlert): string {
  const done = effect === undefined || effect === null ? null : EFFECTS[effect];
  return [cause, done].filter((part) => part !== undefined && part !== null).join(' ');
}
