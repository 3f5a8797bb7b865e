/** A drift report as tests: a suite for each class, a case for each resource of it that drifted. */

import type { Drift } from '../../model/drift.generated.ts';
import { pathInRepository } from '../annotations/annotation-words.ts';
import { driftFindingText } from '../annotations/drift-annotations.ts';
import {
  DRIFT_CLASSES,
  DRIFT_TITLES,
  type DriftClass,
  type DriftGroup,
  sinceText,
  withNewNames,
} from '../drift-groups.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { type Case, junitXml } from './test-case.ts';

export function driftJunit(document: Drift, { folder }: Style): string {
  const drift = withNewNames(printable(document));
  return junitXml({
    verb: 'drift',
    environment: drift.environment.name,
    asOf: drift.as_of,
    suites: DRIFT_CLASSES.map((name) => ({ name, cases: classCases(name, drift, folder) })),
  });
}

/** A class without drift is a case that passed, so that a pipeline sees what was looked at. */
function classCases(name: DriftClass, { findings }: Drift, folder: string | undefined): readonly Case[] {
  const own = findings.filter((finding) => finding.class === name);
  if (own.length === 0) return [{ name: `no drift: ${DRIFT_TITLES[name]}`, state: 'passed' }];
  return groupBy(own, ({ address }) => address).map((group) => resourceCase(name, group, folder));
}

/** What is new, or covered by nothing, awaits a decision; it is not wrong. */
function resourceCase(name: DriftClass, group: DriftGroup, folder: string | undefined): Case {
  const [first] = group;
  const texts = group.map(driftFindingText);
  const source = first?.source ?? null;
  const since = sinceText(group);
  const places = group.flatMap((finding) =>
    finding.source === null ? [] : [`${finding.source.file}:${finding.source.line}:${finding.source.column}`],
  );
  return {
    name: first?.address ?? '',
    state: name === 'new' || name === 'unmanaged' ? 'skipped' : 'failed',
    message: texts[0] ?? '',
    type: `drift-${first?.subclass ?? name}`,
    output: [
      ...(group.some(({ is_new }) => is_new) ? ['not in the previous report'] : []),
      ...texts.slice(1),
      ...(since === '' ? [] : [since]),
      ...new Set(places),
    ].join('\n'),
    ...(source === null ? {} : { file: pathInRepository(source.file, folder) }),
  };
}
