/** What the caller could not see, so that nothing is claimed about it. The same in every report. */

import type { PlanNotSeen } from '../model/plan.generated.ts';
import type { Style } from './style.ts';
import { detail, entry, type Lines, section } from './text/page.ts';
import { words } from './value-text.ts';

const WHY: Readonly<Record<PlanNotSeen['reason'], string>> = {
  'read-depth': 'this account reads only part of them',
  'no-privilege': 'this account may not read them',
  'unknown-depth': 'how much of them this account reads could not be found out',
};

const KINDS = { profile: 'server profiles', settings: 'e-mail settings', mailbox: 'mailboxes' } as const;

export const NOT_SEEN_MEANING = 'None of these is created, deleted, or called missing or unmanaged.';

export function notSeenWhat({ kind, sort }: PlanNotSeen): string {
  return sort === null ? KINDS[kind] : `${sort} ${KINDS[kind]}`;
}

export function notSeenWhy({ reason, depth }: PlanNotSeen): string {
  return `${WHY[reason]} (read depth: ${words(depth)})`;
}

export function notSeenSection(notSeen: readonly PlanNotSeen[], style: Style): Lines {
  const lines = notSeen.flatMap((one) =>
    entry('-', `${style.colors.bold(notSeenWhat(one))}: ${notSeenWhy(one)}`, style),
  );
  return section('Not seen', lines.length === 0 ? [] : [...lines, ...detail(NOT_SEEN_MEANING, style)], style);
}
