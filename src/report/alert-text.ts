/** Alerts of mailboxes: the service's words, the code and what to do. */

import { canonical } from '../model/value.ts';
import type { ReportedAlert } from './apply-report.ts';
import { groupBy } from './group.ts';
import { DETAIL, type Lines } from './page.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';
import { timeText } from './time-text.ts';

/** One problem gives several rows, one for each reader. */
const SHOWN = 3;
const LEVELS: readonly ReportedAlert['level'][] = ['error', 'warning', 'information'];

/** The worst and newest alerts, those with the same words once; milder ones repeat them for other readers. */
export function alertLines(alerts: readonly ReportedAlert[], style: Style): Lines {
  const ordered = alerts.toSorted(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || Date.parse(b.time) - Date.parse(a.time),
  );
  const groups = groupBy(ordered, alertKey);
  const worst = groups.filter(([alert]) => alert?.level === ordered[0]?.level);
  const shown = style.verbose === true ? groups : worst.slice(0, SHOWN);
  const hidden = groups.length - shown.length;
  const rest =
    hidden === 0
      ? []
      : wrap(`and ${hidden} more alerts; --verbose lists all`, { width: style.width, indent: DETAIL });
  return [...shown.flatMap(([alert]) => (alert === undefined ? [] : oneAlert(alert, style))), ...rest];
}

/** Equal for alerts that say the same. */
export function alertKey({ level, code, text }: ReportedAlert): string {
  return canonical([level, code, text]);
}

function oneAlert({ level, time, text, code, hint }: ReportedAlert, { colors, width }: Style): Lines {
  const lead = level === 'error' ? colors.red(level) : level === 'warning' ? colors.yellow(level) : level;
  const named = code === null || text.includes(code) ? '' : ` (${code})`;
  const hanging = DETAIL + 2;
  return [
    ...wrap(`${lead} ${text}${named} ${colors.dim(timeText(time))}`, { width, indent: DETAIL, hanging }),
    ...(hint === undefined || hint === null ? [] : wrap(hint, { width, indent: hanging })),
  ];
}
