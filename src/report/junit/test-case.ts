/** A JUnit report: suites of cases, as GitLab, Azure DevOps and Jenkins read them. Knows no document of ours. */

import junit, { type Builder, type TestCase } from 'junit-report-builder';
import { codeLink } from '../code-link.ts';
import { words } from '../value-text.ts';

/** The package is one builder; its types take it for a module that has one. */
const builder = junit as unknown as Builder;

/** The state of a case; one that passed may have something to say. */
export type State = 'passed' | 'failed' | 'error' | 'skipped';

export interface Case {
  readonly name: string;
  readonly state: State;
  /** One line: what is wrong, or why it was skipped. */
  readonly message?: string;
  /** A code of ours. */
  readonly type?: string;
  /** The whole story. */
  readonly output?: string;
  readonly file?: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface JunitReport {
  /** Such as `plan`. */
  readonly verb: string;
  readonly environment?: string;
  /** ISO 8601 in UTC. */
  readonly asOf?: string;
  readonly suites: readonly Suite[];
}

/** Suites without cases are left out. */
export function junitXml({ verb, environment, asOf, suites }: JunitReport): string {
  const title = ['mailboxctl', verb, ...(environment === undefined ? [] : [environment])];
  const report = builder.newBuilder().name(title.join(' '));
  for (const { name, cases } of suites.filter((suite) => suite.cases.length > 0)) {
    const suite = report.testSuite().name([...title, name].join(' '));
    if (asOf !== undefined) suite.timestamp(asOf.replace(/(?:\.\d+)?Z$/u, ''));
    // Jenkins takes what stands before a dot for a package.
    const className = [...title, name]
      .map((part) => part.replaceAll('.', '_').replaceAll(' ', '-'))
      .join('.');
    for (const one of cases) addCase(suite.testCase().className(className), one);
  }
  return `${report.build()}\n`;
}

function addCase(
  testCase: TestCase,
  { name, state, message = words(state), type, output, file }: Case,
): void {
  testCase.name(name);
  if (file !== undefined) testCase.file(file);
  const story = [...new Set([...(state === 'passed' ? [] : [message]), output ?? ''])].filter(
    (text) => text !== '',
  );
  const link = type === undefined ? [] : [codeLink(type)];
  const text = inOneSection([...story, ...link].join('\n'));
  if (state === 'failed') testCase.failure(message, type).stacktrace(text);
  else if (state === 'error') testCase.error(message, type, text);
  else {
    if (state === 'skipped') testCase.skipped();
    if (text !== '') testCase.standardOutput(text);
  }
}

/** The package splits a CDATA section at the first end that stands in its text, and at no other (XML 1.0, 2.7). */
function inOneSection(text: string): string {
  return text.replaceAll(']]>', ']] >');
}
