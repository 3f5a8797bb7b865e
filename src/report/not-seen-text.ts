/** What the caller could not see, so that nothing is claimed about it. The same in every report. */

import type { PlanNotSeen } from '../model/plan.generated.ts';
import { detail, entry, type Lines, section } from './page.ts';
import type { Style } from './style.ts';
import { words } from './value-text.ts';

const WHY: Readonly<Record<PlanNotSeen['reason'], string>> = {
  'read-depth': 'this account reads only part of them',
  'no-privilege': 'this account may not read them',
  'unknown-depth': 'how much of them this account reads could not be found out',
};

const KINDS = { profile: 'server profiles', settings: 'e-mail settings', mailbox: 'mailboxes' } as const;

export function notSeenSection(notSeen: readonly PlanNotSeen[], style: Style): Lines {
  const lines = notSeen.flatMap(({ kind, sort, reason, depth }) => {
    const what = sort === null ? KINDS[kind] : `${sort} ${KINDS[kind]}`;
    return entry('-', `${style.colors.bold(what)}: ${WHY[reason]} (read depth: ${words(depth)})`, style);
  });
  const meaning = 'None of these is created, deleted, or called missing or unmanaged.';
  return section('Not seen', lines.length === 0 ? [] : [...lines, ...detail(meaning, style)], style);
}
