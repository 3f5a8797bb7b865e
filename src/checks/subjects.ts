/** What checks look at: items of the files, and mailboxes of the environment as they will be. */

import type { Address } from '../model/address.ts';
import type { Config, DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import { ofKind } from '../model/of-kind.ts';
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
export const activeMailboxes: (seen: SeenEnvironment) => readonly DesiredResource[] = once(({ desired }) =>
  ofKind(desired.resources, 'mailbox').filter(
    (resource) =>
      !resource.absent &&
      resource.ceiling === null &&
      resource.actual?.mailbox?.personalQueue !== true &&
      planned(resource, 'state') !== 'inactive',
  ),
);

/** Of those, the ones of queues. */
export const activeQueues: (seen: SeenEnvironment) => readonly DesiredResource[] = once((seen) =>
  activeMailboxes(seen).filter(({ sort }) => sort === 'queue'),
);

/** The line of the single item behind a resource; where rules cover it, of the one that set the first such field. */
export function placeOf({ source, fields }: DesiredResource, ...keys: readonly string[]): Source {
  if (source.rule === undefined) return source;
  for (const key of keys) {
    const declared = fields.get(key);
    if (declared !== undefined) return declared.source;
  }
  return source;
}

/** Finds what stands behind something observed. */
export const managedResources: (
  seen: SeenEnvironment,
) => (observed: Observed) => DesiredResource | undefined = once(({ desired }) => {
  let known: ReadonlyMap<Observed, DesiredResource> | null = null;
  return (observed) => {
    known ??= byActual(desired.resources);
    return known.get(observed);
  };
});

function byActual(resources: readonly DesiredResource[]): ReadonlyMap<Observed, DesiredResource> {
  const known = new Map<Observed, DesiredResource>();
  for (const resource of resources) if (resource.actual !== null) known.set(resource.actual, resource);
  return known;
}

/** Tells the e-mail address that a mailbox will have, whoever manages it. Few are given one by their item. */
export const addressesToBe: (seen: SeenEnvironment) => (observed: Observed) => string | null = once(
  ({ desired }) => {
    const declared = new Map<Observed, string | null>();
    for (const resource of ofKind(desired.resources, 'mailbox'))
      if (resource.actual !== null && resource.fields.has('emailAddress'))
        declared.set(resource.actual, plannedAddress(resource));
    return (observed) => declared.get(observed) ?? observed.mailbox?.emailAddress ?? null;
  },
);

/** Observed mailboxes that are processed: active ones, whoever manages them. */
export const observedMailboxes: (seen: SeenEnvironment) => readonly Observed[] = once(({ snapshot }) =>
  ofKind(snapshot.resources, 'mailbox').filter(
    ({ mailbox, fields }) => mailbox !== null && fields.state !== 'inactive',
  ),
);

/** Of those, the ones of queues. */
export const observedQueues: (seen: SeenEnvironment) => readonly Observed[] = once((seen) =>
  observedMailboxes(seen).filter(({ mailbox }) => mailbox?.sort === 'queue'),
);

/** Made once for all checks of one environment. */
function once<Made>(make: (seen: SeenEnvironment) => Made): (seen: SeenEnvironment) => Made {
  const known = new WeakMap<SeenEnvironment, Made>();
  return (seen) => {
    const made = known.get(seen) ?? make(seen);
    known.set(seen, made);
    return made;
  };
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
