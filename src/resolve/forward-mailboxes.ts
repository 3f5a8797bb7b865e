/** Mailboxes that are fed by a forward mailbox need one that is active (Microsoft Learn, "Create forward mailboxes"). */

import { addressKey } from '../model/address.ts';
import type { Declared } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { unseenOf } from './find-resource.ts';
import { forwardMailboxMissing } from './resolve-diagnostics.ts';

/** One line for each place in the files that feeds mailboxes so. */
export function missingForwardMailboxes(
  resources: readonly DesiredResource[],
  snapshot: Snapshot,
): readonly Diagnostic[] {
  const fed = new Map<string, { readonly source: Source; readonly resources: DesiredResource[] }>();
  for (const resource of resources) {
    if (resource.kind !== 'mailbox' || resource.absent) continue;
    const declared = resource.fields.get('incoming');
    if (methodOf(resource, declared) !== 'forward-mailbox') continue;
    const { file, line, column } = declared?.source ?? resource.source;
    const key = `${file}:${line}:${column}`;
    const known = fed.get(key);
    if (known === undefined) fed.set(key, { source: { file, line, column }, resources: [resource] });
    else known.resources.push(resource);
  }
  if (fed.size === 0 || unseenOf(snapshot, 'mailbox', 'forward') !== undefined) return [];
  if (hasActiveForward(resources, snapshot)) return [];
  return [...fed.values()].map(({ source, resources: all }) => forwardMailboxMissing(source, all));
}

function methodOf({ actual }: DesiredResource, declared: Declared | undefined): unknown {
  return declared?.value ?? actual?.fields.incoming;
}

/** There once the configuration is carried out. */
function hasActiveForward(resources: readonly DesiredResource[], snapshot: Snapshot): boolean {
  const declared = resources.filter(({ sort }) => sort === 'forward');
  const managed = new Set(declared.map(({ address }) => addressKey(address)));
  const kept = snapshot.resources.some(
    ({ address, mailbox }) =>
      mailbox?.sort === 'forward' && mailbox.active && !managed.has(addressKey(address)),
  );
  return kept || declared.some(willBeActive);
}

function willBeActive({ actual, absent, fields }: DesiredResource): boolean {
  if (absent) return false;
  const state = fields.get('state')?.value ?? (actual === null ? 'active' : actual.fields.state);
  return state === 'active';
}
