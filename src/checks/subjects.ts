/** What checks look at: items of the files, and mailboxes of the environment as they will be. */

import { type Address, addressKey } from '../model/address.ts';
import type { Config, DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import { isRef, type Value } from '../model/value.ts';
import type { SeenEnvironment } from './check.ts';

/** Items that this environment looks after and does not delete. */
export function kept(items: readonly DeclaredResource[]): readonly DeclaredResource[] {
  return items.filter(
    ({ fields }) => fields.get('managed')?.value !== false && fields.get('absent')?.value !== true,
  );
}

/** The value that a resource will have: as declared, else as it is. */
export function planned({ fields, actual }: DesiredResource, key: string): Value {
  return fields.get(key)?.value ?? actual?.fields[key] ?? null;
}

/** The e-mail address that a mailbox will have. */
export function plannedAddress(resource: DesiredResource): string | null {
  const declared = planned(resource, 'emailAddress');
  return typeof declared === 'string' ? declared : (resource.actual?.mailbox?.emailAddress ?? null);
}

export function plannedProfile(resource: DesiredResource): Address | null {
  const profile = planned(resource, 'serverProfile');
  return isRef(profile) ? profile.ref : null;
}

/** Mailboxes that the configuration covers, active, with mail that may move at all, and nobody's personal queue. */
export function activeMailboxes({ desired }: SeenEnvironment): readonly DesiredResource[] {
  return desired.resources.filter(
    (resource) =>
      resource.kind === 'mailbox' &&
      !resource.absent &&
      resource.ceiling === null &&
      resource.actual?.mailbox?.personalQueue !== true &&
      planned(resource, 'state') !== 'inactive',
  );
}

/** The line of the single item behind a resource; where rules cover it, of the one that set the first such field. */
export function placeOf({ source, fields }: DesiredResource, ...keys: readonly string[]): Source {
  if (source.rule === undefined) return source;
  for (const key of keys) {
    const declared = fields.get(key);
    if (declared !== undefined) return declared.source;
  }
  return source;
}

/** Finds what stands behind something observed. By record: several mailboxes may have one name. */
export function managedResources({
  desired,
}: SeenEnvironment): (observed: Observed) => DesiredResource | undefined {
  const managed = new Map<string, DesiredResource>();
  for (const resource of desired.resources)
    if (resource.actual !== null) managed.set(recordKey(resource.actual), resource);
  return (observed) => managed.get(recordKey(observed));
}

function recordKey({ records, address }: Observed): string {
  return records.find(({ role }) => role === 'self')?.id ?? addressKey(address);
}

/** The e-mail address that a mailbox will have, whoever manages it. */
export function addressToBe({ mailbox }: Observed, resource: DesiredResource | undefined): string | null {
  return resource === undefined ? (mailbox?.emailAddress ?? null) : plannedAddress(resource);
}

/** Observed mailboxes that are processed: active ones, whoever manages them. */
export function observedMailboxes({ snapshot }: SeenEnvironment): readonly Observed[] {
  return snapshot.resources.filter(({ mailbox, fields }) => mailbox !== null && fields.state !== 'inactive');
}

/** Where the settings are declared, else the environment itself. */
export function settingsSource({ settings, environment }: Config): Source {
  return settings?.source ?? environment.source;
}

export function isText(value: Value | undefined): value is string {
  return typeof value === 'string';
}

export function declaredText(fields: DeclaredFields, key: string): string | null {
  const value = fields.get(key)?.value;
  return isText(value) ? value : null;
}
