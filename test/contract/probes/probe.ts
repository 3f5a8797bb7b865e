/**
 * A probe looks at what the service does where nobody documents it, and tells which of the known variants it is. It
 * judges nothing itself: `holds` says in which variants the assumption of that id (src/dataverse/assumptions.ts) is
 * right.
 */

import { missingNeed, type Need, NotTried, type Subject } from '../subject.ts';

export interface Observation {
  readonly variant: string;
  /** What the variant was told by. */
  readonly seen: string;
}

export interface Probe {
  readonly assumption: string;
  /** Besides reading. */
  readonly needs: readonly Need[];
  readonly holds: readonly string[];
  /** Throws `NotTried` where the environment has nothing to look at. */
  readonly observe: (subject: Subject) => Promise<Observation>;
}

export type Verdict =
  | ({ readonly assumption: string; readonly kind: 'confirmed' | 'refuted' } & Observation)
  | { readonly assumption: string; readonly kind: 'not tried'; readonly why: string };

/** The variant, and the facts in the words of the service; what it did not say is left out. */
export function saw(variant: string, ...facts: readonly unknown[]): Observation {
  const said = facts.filter((fact) => fact !== undefined);
  return { variant, seen: said.map((fact) => String(fact)).join(', ') };
}

export async function tryProbe(probe: Probe, subject: Subject): Promise<Verdict> {
  const { assumption, needs, holds } = probe;
  const missing = missingNeed(needs, subject.given);
  if (missing !== null) return { assumption, kind: 'not tried', why: missing };
  try {
    const observation = await probe.observe(subject);
    const kind = holds.includes(observation.variant) ? 'confirmed' : 'refuted';
    return { assumption, kind, ...observation };
  } catch (error) {
    if (error instanceof NotTried) return { assumption, kind: 'not tried', why: error.message };
    throw error;
  }
}

/** For people: one line for each assumption. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const width = Math.max(0, ...verdicts.map(({ assumption }) => assumption.length));
  const lines = verdicts.map((verdict) => {
    const told = verdict.kind === 'not tried' ? verdict.why : `${verdict.variant} (${verdict.seen})`;
    return `  ${verdict.assumption.padEnd(width)}  ${verdict.kind.padEnd(9)}  ${told}`;
  });
  const count = (kind: Verdict['kind']): number => verdicts.filter((verdict) => verdict.kind === kind).length;
  const [confirmed, refuted] = [count('confirmed'), count('refuted')];
  return [
    `Assumptions: ${confirmed} confirmed, ${refuted} refuted, ${count('not tried')} not tried`,
    ...lines,
  ].join('\n');
}
