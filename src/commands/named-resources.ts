/** Names that options give: one that fits nothing is a slip, and may not look like "nothing to do". */

import { addressKey, textPattern } from '../model/address.ts';
import { foldText } from '../model/value.ts';
import type { Seen } from '../pipeline.ts';
import { CommandError, EXIT } from './exit-codes.ts';

interface Named {
  readonly target: readonly string[];
  readonly retest: readonly string[];
  readonly rotate: readonly string[];
}

/** Throws (exit 1) for the first name that fits no resource of the environment or of the configuration. */
export function checkNames({ target, retest, rotate }: Named, { snapshot, desired }: Seen): void {
  const addresses = [...snapshot.resources, ...desired.resources, ...desired.findings].map(
    ({ address }) => address,
  );
  const keys = new Set(addresses.map(addressKey));
  for (const pattern of target) {
    if (!addresses.some(textPattern(pattern))) throw unknownName('--target', pattern, addresses);
  }
  for (const [option, names, word] of [
    ['--retest', retest, 'failed'],
    ['--rotate', rotate, 'all'],
  ] as const) {
    for (const name of names) {
      if (name !== word && !keys.has(addressKey(name))) throw unknownName(option, name, addresses);
    }
  }
}

/** People write the name that reports print; the address is what is behind it. */
function unknownName(option: string, name: string, addresses: readonly string[]): CommandError {
  const key = foldText(name);
  const meant = addresses.filter(
    (address) => foldText(address).endsWith(`/${key}`) || foldText(address).endsWith(`:${key}`),
  );
  const hint =
    meant.length > 0
      ? `Write the whole address: ${[...new Set(meant)].slice(0, 3).join(', ')}`
      : 'Write a resource address, such as mailbox:queue/Support, mailbox:user/alice@contoso.com or profile:Gmail.';
  return new CommandError(EXIT.error, `${option} ${name} fits no resource; nothing was planned`, hint);
}
