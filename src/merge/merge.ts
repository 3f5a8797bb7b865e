/**
 * Joins the results of several environments into one document. Reads no file: what could not be read comes in as a
 * problem, and hides no result. The order of the files does not matter.
 */

import type { EnvironmentEntry } from '../model/environments.generated.ts';
import type {
  Merged,
  MergedAbsent,
  MergedProblem,
  MergedResult,
  MergedSummary,
} from '../model/report.generated.ts';
import { compareText } from '../model/value.ts';
import { groupsOf } from './groups.ts';
import { lagsOf } from './lags.ts';
import type { Head, Taken } from './taken.ts';

export interface MergeInput {
  readonly taken: readonly Taken[];
  /** Files that hold no result. */
  readonly problems: readonly MergedProblem[];
  /** Environments of which a result is expected. */
  readonly declared: readonly EnvironmentEntry[];
}

/** The worst first. */
const STATES = ['refused', 'incomplete', 'failing', 'drift', 'changes', 'waiting', 'clean'] as const;

export function merge({ taken, problems, declared }: MergeInput): Merged {
  const { newest, older } = newestOf(taken);
  const labels = labelsOf(newest.map(({ head }) => head));
  const labelled = newest.map((one) => ({ ...one, label: labels(one.head) }));
  const results = labelled.map(({ head, label }) => ({ label, ...head })).sort(worstFirst);
  const allProblems = [...problems, ...older].sort(byFile);
  const withoutResult = absentOf(declared, results);
  return {
    format_version: '1.0',
    as_of: oldest(results),
    summary: summaryOf(results, allProblems, withoutResult),
    problems: allProblems,
    without_result: withoutResult,
    results,
    groups: groupsOf(labelled),
    lags: lagsOf(
      labelled.flatMap(({ label, declared: decided }) =>
        decided === null ? [] : [{ label, declared: decided }],
      ),
    ),
  };
}

/** Of several results of one kind and environment the newest, and of equal ones the first; the others are told. */
function newestOf(taken: readonly Taken[]): { newest: readonly Taken[]; older: readonly MergedProblem[] } {
  const newest = new Map<string, Taken>();
  const older: MergedProblem[] = [];
  for (const one of taken.toSorted(newerFirst)) {
    const { kind, file, environment } = one.head;
    const key = JSON.stringify([kind, environment.name, environment.organization_id]);
    const known = newest.get(key);
    if (known === undefined) newest.set(key, one);
    else if (isSame(one, known))
      older.push({
        file,
        reason: 'duplicate',
        message: `is left out: ${known.head.file} is the same result`,
      });
    else
      older.push({
        file,
        reason: 'older',
        message: `is left out: ${known.head.file} has the ${kind} of ${environment.name}, as of ${known.head.as_of}`,
      });
  }
  return { newest: [...newest.values()], older };
}

/** In all that is merged of them. */
function isSame(a: Taken, b: Taken): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ head: { file: _, ...head }, contents, declared }: Taken): string {
  const things = [...contents].map(([key, { addresses }]) => [key, ...[...addresses].sort(compareText)]);
  return JSON.stringify([head, things.sort(([a = ''], [b = '']) => compareText(a, b)), declared]);
}

function newerFirst({ head: a }: Taken, { head: b }: Taken): number {
  return compareText(timeOf(b), timeOf(a)) || compareText(a.file, b.file);
}

/** In a form that compares as text. */
function timeOf({ as_of }: Pick<Head, 'as_of'>): string {
  const time = new Date(as_of);
  return Number.isNaN(time.getTime()) ? as_of : time.toISOString();
}

/** The name alone, unless two organizations have environments of that name. */
function labelsOf(heads: readonly Head[]): (head: Head) => string {
  const organizations = new Map<string, Set<string>>();
  for (const { environment } of heads) {
    const known = organizations.get(environment.name) ?? new Set();
    organizations.set(environment.name, known.add(environment.organization_id));
  }
  return ({ environment: { name, organization_id } }) =>
    (organizations.get(name)?.size ?? 0) > 1 ? `${name} (${organization_id})` : name;
}

function worstFirst(a: MergedResult, b: MergedResult): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    compareText(a.label, b.label) ||
    compareText(a.kind, b.kind)
  );
}

function byFile(a: MergedProblem, b: MergedProblem): number {
  return compareText(a.file, b.file) || compareText(a.message, b.message);
}

function oldest(results: readonly MergedResult[]): string | null {
  const [first] = results.toSorted((a, b) => compareText(timeOf(a), timeOf(b)));
  return first?.as_of ?? null;
}

/** A result of another organization is one of another environment. */
function absentOf(
  declared: readonly EnvironmentEntry[],
  results: readonly MergedResult[],
): readonly MergedAbsent[] {
  const organizations = new Map<string, string[]>();
  for (const { environment } of results)
    organizations.set(environment.name, [
      ...(organizations.get(environment.name) ?? []),
      environment.organization_id,
    ]);
  return declared.flatMap(({ environment, purpose, url, organization_id: expected }) => {
    const found = organizations.get(environment) ?? [];
    const isThere = expected === null ? found.length > 0 : found.some((id) => sameId(id, expected));
    return isThere ? [] : [{ environment, purpose, url }];
  });
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function summaryOf(
  results: readonly MergedResult[],
  problems: readonly MergedProblem[],
  withoutResult: readonly MergedAbsent[],
): MergedSummary {
  const number = (wanted: MergedResult['state']): number =>
    results.filter(({ state }) => state === wanted).length;
  return {
    environments: new Set(results.map(({ label }) => label)).size,
    results: results.length,
    // The same result twice is all there.
    problems: problems.filter(({ reason }) => reason !== 'duplicate').length,
    without_result: withoutResult.length,
    refused: number('refused'),
    incomplete: number('incomplete'),
    failing: number('failing'),
    drift: number('drift'),
    changes: number('changes'),
    waiting: number('waiting'),
    clean: number('clean'),
  };
}
