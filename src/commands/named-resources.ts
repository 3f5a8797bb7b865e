/** Names that options give: one that fits nothing is a slip, and may not look like "nothing to do". */

import { addressKey, textPattern } from '../model/address.ts';
import { foldText } from '../model/value.ts';
import type { Seen } from '../pipeline.ts';
import { isAbsent } from '../rules/checked.ts';
import { CommandError, EXIT } from './exit-codes.ts';

interface Named {
  readonly target: readonly string[];
  readonly retest: readonly string[];
  readonly rotate: readonly string[];
}

/**
 * Throws (exit 1) for the first name that fits no resource of the environment or of the configuration. What is declared
 * absent fits though it is gone: the command that deleted it may be given once more.
 */
export function checkNames({ target, retest, rotate }: Named, { config, snapshot, desired }: Seen): void {
  // A large environment has many names, and mostly none is asked for.
  if (target.length + retest.length + rotate.length === 0) return;
  const gone = [...config.profiles, ...config.mailboxes].filter(isAbsent);
  const addresses = [...snapshot.resources, ...desired.resources, ...desired.findings, ...gone].map(
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
  if (name.includes('*') && option !== '--target') return noPattern(option, name);
  const meant = addresses.filter((address) => isMeant(foldText(name), foldText(address)));
  const hint =
    meant.length > 0
      ? `Write the whole address: ${[...new Set(meant)].slice(0, 3).join(', ')}`
      : 'Write a resource address, such as mailbox:queue/Support, mailbox:user/alice@contoso.com or profile:Gmail.';
  return new CommandError(EXIT.error, `${option} ${name} fits no resource; nothing was planned`, hint);
}

const OTHERS: Readonly<Record<string, string>> = {
  '--retest': 'or "failed" for all that failed, or profile:NAME for all of a profile',
  '--rotate': 'or "all"',
};

function noPattern(option: string, name: string): CommandError {
  return new CommandError(
    EXIT.error,
    `${option} takes no pattern, and ${name} fits no resource; nothing was planned`,
    `Repeat it for each address, ${OTHERS[option] ?? ''}. Patterns are for --target.`,
  );
}

/** By the name alone, and of records of one name, which have their id behind it, also by the address without it. */
function isMeant(name: string, address: string): boolean {
  const withoutId = address.replace(/ \([0-9a-f-]{36}\)$/u, '');
  return (
    withoutId === name ||
    [address, withoutId].some(
      (known) => /[/:]/u.test(known.at(-name.length - 1) ?? '') && known.endsWith(name),
    )
  );
}
