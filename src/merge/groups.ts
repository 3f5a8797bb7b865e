/** Equal things over all environments, with the environments that have them. */

import { addressKey } from '../model/address.ts';
import type { MergedGroup, MergedPart, MergedSource } from '../model/report.generated.ts';
import { compareText } from '../model/value.ts';
import type { Content, Contents } from './taken.ts';

export interface Labelled {
  readonly label: string;
  readonly contents: Contents;
}

interface Holder {
  readonly address: string;
  readonly labels: string[];
}

interface Joined {
  readonly content: Content;
  readonly holders: Map<string, Holder>;
  readonly sources: Map<string, MergedSource>;
}

/** The worst first; of those, what most environments and most resources have. */
export function groupsOf(results: readonly Labelled[]): readonly MergedGroup[] {
  const joined = new Map<string, Joined>();
  // In order, so that names are spelled as the first environment does.
  for (const { label, contents } of results.toSorted((a, b) => compareText(a.label, b.label))) {
    for (const [key, { content, addresses, sources }] of contents) {
      const known = joined.get(key) ?? { content, holders: new Map(), sources: new Map() };
      joined.set(key, known);
      for (const [place, source] of sources) known.sources.set(place, source);
      for (const address of addresses) hold(known.holders, address, label);
    }
  }
  return [...joined]
    .map(([key, one]) => ({ key, group: groupOf(one) }))
    .sort((a, b) => compareGroups(a.group, b.group) || compareText(a.key, b.key))
    .map(({ group }) => group);
}

function hold(holders: Map<string, Holder>, address: string, label: string): void {
  const key = addressKey(address);
  const holder = holders.get(key);
  if (holder === undefined) holders.set(key, { address, labels: [label] });
  else holder.labels.push(label);
}

function groupOf({ content, holders, sources }: Joined): MergedGroup {
  const all = [...holders.values()];
  const environments = new Set(all.flatMap(({ labels }) => labels));
  return {
    ...content,
    environments: [...environments].sort(compareText),
    parts: partsOf(all),
    sources: [...sources.values()].sort(inFileOrder),
  };
}

function inFileOrder(a: MergedSource, b: MergedSource): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule ?? '', b.rule ?? '')
  );
}

/** Resources of the same environments together; what most have goes first. */
function partsOf(holders: readonly Holder[]): readonly MergedPart[] {
  const parts = new Map<string, { environments: readonly string[]; addresses: string[] }>();
  for (const { address, labels } of holders) {
    const key = JSON.stringify(labels);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { environments: labels, addresses: [address] });
    else part.addresses.push(address);
  }
  return [...parts.values()]
    .map(({ environments, addresses }) => ({ environments, addresses: addresses.sort(compareText) }))
    .sort(
      (a, b) =>
        b.environments.length - a.environments.length ||
        compareText(a.environments.join('\n'), b.environments.join('\n')),
    );
}

/** What went wrong, what differs, what alerts there are, what would be done. */
const ORDER: readonly string[] = [
  ...['failed', 'unknown', 'test-failed', 'skipped', 'not-begun', 'handed-off'],
  ...['high', 'medium', 'low'],
  'alert',
  ...['delete', 'deactivate', 'reject', 'create', 'readdress', 'edit'],
  ...['approval-policy', 'activate', 'approve', 'test'],
];

function compareGroups(a: MergedGroup, b: MergedGroup): number {
  return (
    rankOf(a) - rankOf(b) || b.environments.length - a.environments.length || resources(b) - resources(a)
  );
}

function rankOf({ what, severity }: MergedGroup): number {
  return ORDER.indexOf(severity ?? what);
}

/** In all environments together. */
function resources({ parts }: MergedGroup): number {
  return parts.reduce((sum, { environments, addresses }) => sum + environments.length * addresses.length, 0);
}
