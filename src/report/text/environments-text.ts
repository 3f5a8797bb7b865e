/** The declared environments as a small table. */

import type { EnvironmentEntry, Environments } from '../../model/environments.generated.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { type Column, table } from './table.ts';

const COLUMNS: readonly Column<EnvironmentEntry>[] = [
  { title: 'Environment', cell: ({ environment }) => environment, rank: 0 },
  { title: 'Purpose', cell: ({ purpose }) => purpose, rank: 1 },
  { title: 'Approvals', cell: ({ approvals }) => approvals, rank: 2 },
  { title: 'URL', cell: ({ url }) => url, rank: 0, least: 20 },
  { title: 'Organization', cell: ({ organization_id }) => organization_id ?? 'not declared', rank: 3 },
];

export function environmentsText(document: Environments, style: Style): string {
  const { include } = printable(document);
  const lines = [...(include.length === 0 ? [] : table(COLUMNS, include, style)), lastLine(include.length)];
  return `${lines.join('\n')}\n`;
}

/** Frozen: scripts search it. */
function lastLine(environments: number): string {
  return `Environments: ${environments}.`;
}
