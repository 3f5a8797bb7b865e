/** A match as the model knows it. A key that is not written, or that an overlay takes back, is absent. */

import type { Match, RuleInclude } from '../model/config.ts';
import type { Lists } from './load-lists.ts';
import { member, type Node, textsOf } from './tree.ts';

const INCLUDES: readonly RuleInclude[] = ['disabled-users', 'application-users', 'personal-queues'];
const TEXT_KEYS = ['emailAddress', 'signIn', 'businessUnit', 'team', 'securityRole', 'queue'] as const;
const TRUTH_KEYS = ['below', 'licensed'] as const;

export function readMatch(node: Node | undefined, lists: Lists): Match {
  const sorts = textsOf(member(node, 'mailboxOf')).filter((sort) => sort === 'user' || sort === 'queue');
  const texts = TEXT_KEYS.map((key) => [key, textsOf(member(node, key))] as const);
  const truths = TRUTH_KEYS.map((key) => [key, truthOf(member(node, key))] as const);
  const list = textsOf(member(node, 'in'));
  return {
    ...(sorts.length > 0 ? { mailboxOf: sorts } : {}),
    ...Object.fromEntries(texts.filter(([, patterns]) => patterns.length > 0)),
    ...Object.fromEntries(truths.filter(([, truth]) => truth !== undefined)),
    // An empty list matches nobody; it must not turn into a key that is not there.
    ...(list.length > 0 ? { in: list.flatMap((path) => lists.get(path) ?? []) } : {}),
  };
}

export function readIncludes(match: Node | undefined): readonly RuleInclude[] {
  const written = textsOf(member(match, 'include'));
  return INCLUDES.filter((known) => written.includes(known));
}

function truthOf(node: Node | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}
