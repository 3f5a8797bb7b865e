/**
 * The page of codes: what each code that a report names means, why it matters and what to do, under a heading of its
 * own, so that links lead to it. Each table is as large as the closed union behind it, else it does not compile.
 */

import { CHECKS } from '../src/checks/checks.ts';
import type { DiagnosticCode } from '../src/model/diagnostic.ts';
import { GUARDS } from '../src/plan/safety/guards.ts';
import { OF_COMPARISON, OF_ENVIRONMENT, PRACTICE_REMEDIES } from './codes-of-environment.ts';
import { OF_READING, OF_RULES, OF_SCHEMA } from './codes-of-files.ts';
import { OF_DEFERRED, OF_GUARDS, OF_HAND_OFFS, OF_HELD_BACK } from './codes-of-plans.ts';
import { OF_DRIFT, OF_OUTCOMES } from './codes-of-results.ts';

/** What it means, why it matters, what to do. */
export type Explanation = readonly [means: string, matters: string, todo: string];
type Explanations = Readonly<Record<string, Explanation>>;

type Practice = Extract<DiagnosticCode, `practice-${string}`>;

/** No code of a diagnostic is without a text; practices have theirs from the checks. */
const OF_DIAGNOSTICS: Readonly<Record<Exclude<DiagnosticCode, Practice>, Explanation>> = {
  ...OF_READING,
  ...OF_SCHEMA,
  ...OF_RULES,
  ...OF_ENVIRONMENT,
  ...OF_COMPARISON,
};

interface Section {
  readonly title: string;
  readonly intro: string;
  readonly codes: Explanations;
}

const SECTIONS: readonly Section[] = [
  { title: 'Reading the files', intro: 'Told by every verb that reads the project.', codes: OF_READING },
  { title: 'What stands in the files', intro: 'Compared with the schema.', codes: OF_SCHEMA },
  {
    title: 'What the files mean',
    intro: 'Found by `validate` where the files alone show it, else by `plan`.',
    codes: OF_RULES,
  },
  { title: 'The environment', intro: 'Found when the environment was read.', codes: OF_ENVIRONMENT },
  { title: 'What a plan is compared with', intro: 'Of `--base` and `--against`.', codes: OF_COMPARISON },
  {
    title: 'Best practices',
    intro: 'Each can be switched off, with a reason, under `checks`, by its name without `practice-`.',
    codes: practices(),
  },
  {
    title: 'Guards',
    intro: 'Named checks of the whole plan. Those that refuse need `--allow` with their name.',
    codes: guards(),
  },
  {
    title: 'Held back, and left for later',
    intro:
      'Why a step is not part of the plan. Some reasons are codes of diagnostics as well: [`approval-needs-address`](#approval-needs-address), [`owner-disabled`](#owner-disabled), [`profile-inactive`](#profile-inactive).',
    codes: { ...OF_HELD_BACK, ...OF_DEFERRED },
  },
  { title: 'Handed off', intro: 'Why a step waits for a person.', codes: OF_HAND_OFFS },
  { title: 'Outcomes', intro: 'What became of the steps of an applied plan.', codes: OF_OUTCOMES },
  {
    title: 'Drift',
    intro: 'Classes, and sorts of the class health. A class counts as drift where `--fail-on` names it.',
    codes: OF_DRIFT,
  },
];

function practices(): Explanations {
  return Object.fromEntries(
    CHECKS.map(({ id, title, why }) => [
      `practice-${id}`,
      [`${title}.`, why, PRACTICE_REMEDIES[id]] satisfies Explanation,
    ]),
  );
}

function guards(): Explanations {
  return Object.fromEntries(
    GUARDS.map(({ name, fires }) => [name, [fires, ...OF_GUARDS[name]] satisfies Explanation]),
  );
}

const HEADER = `# Codes

What the codes of reports mean, why they matter, and what to do: diagnostics, guards, reasons, outcomes and classes of
drift. Reports link here. This page is made by \`npm run generate\`; no code is without its paragraph.`;

/** Every code that has a heading. */
export const EXPLAINED: readonly string[] = SECTIONS.flatMap(({ codes }) => Object.keys(codes));

/** Errors: a code of two sections, since a link leads to the first of two equal headings only; a diagnostic in none. */
export function codesPage(): string {
  const twice = EXPLAINED.find((code, index) => EXPLAINED.indexOf(code) !== index);
  if (twice !== undefined) throw new RangeError(`The code "${twice}" is explained twice`);
  const left = Object.keys(OF_DIAGNOSTICS).find((code) => !EXPLAINED.includes(code));
  if (left !== undefined) throw new RangeError(`The code "${left}" is in no section`);
  return `${[HEADER, ...SECTIONS.flatMap(sectionParts)].join('\n\n')}\n`;
}

function sectionParts({ title, intro, codes }: Section): readonly string[] {
  const parts = Object.entries(codes).flatMap(([code, [means, matters, todo]]) => [
    `### \`${code}\``,
    `${means} ${matters}`,
    `**What to do:** ${todo}`,
  ]);
  return [`## ${title}`, intro, ...parts];
}
