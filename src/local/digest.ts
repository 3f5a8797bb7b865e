/** The digest of plans and configurations. */

import { createHash } from 'node:crypto';
import type { Config, Match } from '../model/config.ts';
import { canonical } from '../model/value.ts';

/** Hashed together while they are shorter: a call costs more than a short piece. */
const BLOCK = 65_536;

/** Of the text that the pieces make together. */
export function sha256(pieces: string | Iterable<string>): string {
  const hash = createHash('sha256');
  let block = '';
  for (const piece of typeof pieces === 'string' ? [pieces] : pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    hash.update(block);
    block = '';
  }
  return `sha256:${hash.update(block).digest('hex')}`;
}

/**
 * Of the canonical configuration of one environment, before it meets a snapshot. Where things stand in the files and
 * under which address the environment is reached does not count (a plan names its organization); the order of rules
 * does, the order of items does not.
 */
export function configDigest(config: Config): string {
  const { source: _, data: __, url: ___, mail, ...rest } = config.environment;
  const environment = { ...rest, mail: mail === null ? null : { allow: mail.allow, others: mail.others } };
  const item = (each: Config['mailboxes'][number]): unknown => ({
    kind: each.kind,
    sort: each.sort,
    name: each.name,
    id: each.id,
    fields: values(each.fields),
  });
  const items = [
    ...config.profiles,
    ...(config.settings === null ? [] : [config.settings]),
    ...config.mailboxes,
  ];
  return sha256(
    canonical({ environment, items: items.map(item).map(canonical).sort(), rules: ruleFiles(config) }),
  );
}

/** Within a file the order of rules is meaning; between files there is none. */
function ruleFiles({ rules }: Config): readonly string[] {
  const files = new Map<string, unknown[]>();
  for (const { source, fields, ...rule } of rules) {
    const own = files.get(source.file) ?? [];
    own.push({ ...rule, match: matched(rule.match), except: excepted(rule.except), fields: values(fields) });
    files.set(source.file, own);
  }
  return [...files.values()].map(canonical).sort();
}

function excepted(except: Config['rules'][number]['except']): readonly unknown[] {
  return except.map((entry) => (typeof entry === 'string' ? entry : matched(entry)));
}

/** What a list file says counts, not where in it an entry stands. */
function matched({ in: list, ...match }: Match): unknown {
  return list === undefined ? match : { ...match, in: list.map(({ text }) => text).sort() };
}

function values(fields: Config['mailboxes'][number]['fields']): Record<string, unknown> {
  return Object.fromEntries([...fields].map(([key, { value }]) => [key, value]));
}
