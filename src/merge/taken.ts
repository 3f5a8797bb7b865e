/** What is taken from the result of one environment: its head, and what is grouped over all of them. */

import type { PlanDeclared } from '../model/plan.generated.ts';
import type { MergedGroup, MergedResult, MergedSource } from '../model/report.generated.ts';
import { canonical } from '../model/value.ts';

/** What makes two things equal, wherever they are; the resources are told apart. */
export type Content = Omit<MergedGroup, 'environments' | 'parts' | 'sources'>;
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
  /** By their text: equal things are declared in many places, and each place is told once. */
  readonly sources: ReadonlyMap<string, MergedSource>;
}

export type Thing = Partial<Content> &
  Pick<Content, 'kind' | 'what'> & { readonly sources?: readonly MergedSource[] };

/** Equal things of one result together, those of one resource once. */
export function gathered(things: Iterable<readonly [address: string, thing: Thing]>): Contents {
  const contents = new Map<string, Gathering>();
  for (const [address, { sources = [], ...thing }] of things) {
    const content = { ...NOTHING, ...thing };
    const key = canonical(content);
    const known = contents.get(key) ?? { content, addresses: new Set(), sources: new Map() };
    contents.set(key, known);
    known.addresses.add(address);
    for (const source of sources) known.sources.set(sourceKey(source), source);
  }
  return contents;
}

interface Gathering {
  readonly content: Content;
  readonly addresses: Set<string>;
  readonly sources: Map<string, MergedSource>;
}

function sourceKey({ file, line, column, rule }: MergedSource): string {
  return JSON.stringify([file, line, column, rule ?? null]);
}

const NOTHING = {
  ...{ detail: null, severity: null, hand_off: false, due_before: false },
  ...{ set: [], message: null },
} as const;
