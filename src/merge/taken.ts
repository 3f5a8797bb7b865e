/** What is taken from the result of one environment: its head, and what is grouped over all of them. */

import type { PlanDeclared } from '../model/plan.generated.ts';
import type { MergedGroup, MergedResult } from '../model/report.generated.ts';
import { canonical } from '../model/value.ts';

/** What makes two things equal, wherever they are; the resources are told apart. */
export type Content = Omit<MergedGroup, 'environments' | 'parts'>;
export type Head = Omit<MergedResult, 'label'>;

export interface Taken {
  readonly head: Head;
  readonly contents: Contents;
  /** `null` where the document does not say. */
  readonly declared: readonly PlanDeclared[] | null;
}

/** By their text, so that what is equal is found over all environments. */
export type Contents = ReadonlyMap<string, Addressed>;

export interface Addressed {
  readonly content: Content;
  readonly addresses: ReadonlySet<string>;
}

export type Thing = Partial<Content> & Pick<Content, 'kind' | 'what'>;

/** Equal things of one result together, those of one resource once. */
export function gathered(things: Iterable<readonly [address: string, thing: Thing]>): Contents {
  const contents = new Map<string, { content: Content; addresses: Set<string> }>();
  for (const [address, thing] of things) {
    const content = { ...NOTHING, ...thing };
    const key = canonical(content);
    const known = contents.get(key);
    if (known === undefined) contents.set(key, { content, addresses: new Set([address]) });
    else known.addresses.add(address);
  }
  return contents;
}

const NOTHING = { detail: null, severity: null, hand_off: false, set: [], message: null } as const;
