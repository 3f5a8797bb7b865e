/** What `applyDefaultEmailSettings` stands for: as declared in `emailSettings`, else as the environment has it. */

import { type Address, addressKey, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isRef, isUnknown, type Value } from '../model/value.ts';
import type { Located } from './locate.ts';

const DEFAULTED = ['serverProfile', 'incoming', 'outgoing', 'appointmentsContactsTasks'] as const;

export type Defaults = ReadonlyMap<string, Value>;

/** `profiles`: what the environment refers to is called as the items here call it. */
export function defaultSettings(
  { settings }: Config,
  { resources }: Snapshot,
  profiles: ReadonlyMap<string, Located>,
): Defaults {
  const observed = ofKind(resources, 'settings').find(({ address }) => address === SETTINGS_ADDRESS);
  const values = new Map<string, Value>();
  for (const field of DEFAULTED) {
    const key = `newMailboxes.${field}`;
    const value = settings?.fields.get(key)?.value ?? declaredName(observed?.fields[key] ?? null, profiles);
    // What this version cannot read, it cannot write to a mailbox either.
    if (value !== null && !isUnknown(value)) values.set(field, value);
  }
  return values;
}

function declaredName(value: Value, profiles: ReadonlyMap<string, Located>): Value {
  if (!isRef(value)) return value;
  const item: Address | undefined = profiles.get(addressKey(value.ref))?.item.address;
  return item === undefined ? value : { ref: item };
}
