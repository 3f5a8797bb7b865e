/**
 * Workflow commands for a log of GitHub Actions: the report in a group, then annotations on the lines behind it. Names
 * from the environment cannot give commands: what is printed is escaped as the runner reads it.
 */

import type { Drift } from '../model/drift.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Problems } from '../model/validate.generated.ts';
import { type Annotation, type Annotations, LEVELS, type Level, together } from './annotations/annotation.ts';
import { cutText, pathInRepository, sentenceOfAll } from './annotations/annotation-words.ts';
import { applyAnnotations } from './annotations/apply-annotations.ts';
import { changeAnnotations } from './annotations/change-annotations.ts';
import { driftGroupAnnotations } from './annotations/drift-annotations.ts';
import { heldAnnotations, planAnnotations } from './annotations/plan-annotations.ts';
import { problemAnnotations } from './annotations/problem-annotations.ts';
import type { ApplyReport } from './apply-report.ts';
import { codeLink } from './code-link.ts';
import { groupBy } from './group.ts';
import { printableButPaths } from './printable.ts';
import type { Style } from './style.ts';
import { applyText } from './text/apply-text.ts';
import { driftText } from './text/drift-text.ts';
import { planText } from './text/plan-text.ts';
import { validateText } from './text/validate-text.ts';
import { thousands } from './text.ts';

export function validateGithub(document: Problems, style: Style): string {
  const annotations = problemAnnotations(printableButPaths(document));
  return commands('mailboxctl validate', validateText(document, style), annotations, style);
}

export function planGithub(document: Plan, style: Style): string {
  const plan = printableButPaths(document);
  const annotations = [...planAnnotations(plan), ...changeAnnotations(plan), ...heldAnnotations(plan)];
  return commands(`mailboxctl plan ${plan.environment.name}`, planText(document, style), annotations, style);
}

export function applyGithub(document: ApplyReport, style: Style): string {
  const report = printableButPaths(document);
  const title = `mailboxctl apply ${report.plan.environment.name}`;
  return commands(title, applyText(document, style), applyAnnotations(report), style);
}

export function driftGithub(document: Drift, style: Style): string {
  const drift = printableButPaths(document);
  const title = `mailboxctl drift ${drift.environment.name}`;
  return commands(title, driftText(document, style), driftGroupAnnotations(drift), style);
}

/** Of a step, the runner keeps this many annotations of each level (actions/toolkit, docs/problem-matchers.md). */
const MOST = 10;
/** Longer ones would be cut in the middle of a sentence; the log and the summary have all of it. */
const MOST_TEXT = 4_000;

const COMMANDS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

function commands(
  title: string,
  text: string,
  annotations: readonly Annotation[],
  { folder, verbose }: Style,
): string {
  const all = together(annotations);
  const byLevel = LEVELS.map((level) => all.filter(({ first }) => first.level === level));
  // Who reads the commands from a file is no runner, and has no such limits.
  const shown = verbose === true ? byLevel.map(ofEveryRule) : fitting(byLevel);
  const left = byLevel.map((group, index) => group.length - (shown[index]?.length ?? 0));
  const lines = [
    command('group', {}, title),
    text.trimEnd(),
    command('endgroup', {}, ''),
    ...shown.flat().map((one) => annotationCommand(title, one, folder)),
    ...leftOut(title, left),
  ];
  return `${lines.join('\n')}\n`;
}

type Levels = readonly (readonly Annotations[])[];

/** Where anything is left out, the last notice is needed to say so. */
function fitting(byLevel: Levels): Levels {
  const isTooMuch = byLevel.some((group) => group.length > MOST);
  return byLevel.map((group, index) =>
    ofEveryRule(group).slice(0, isTooMuch && index === LEVELS.length - 1 ? MOST - 1 : MOST),
  );
}

/** The first of each rule before the second of any: a hundred of one do not hide the others. */
function ofEveryRule(group: readonly Annotations[]): readonly Annotations[] {
  const turns = groupBy(group, ({ first }) => first.rule.id).flatMap((own) =>
    own.map((one, turn) => ({ one, turn })),
  );
  return turns.toSorted((a, b) => a.turn - b.turn).map(({ one }) => one);
}

function annotationCommand(title: string, all: Annotations, folder: string | undefined): string {
  const { level, rule, places } = all.first;
  const [place] = places;
  const link = rule.code === null ? [] : [codeLink(rule.code)];
  const at: Readonly<Record<string, string>> =
    place === undefined
      ? {}
      : {
          file: pathInRepository(place.file, folder),
          line: String(place.line),
          ...(place.column === null ? {} : { col: String(place.column) }),
        };
  const message = [cutText(sentenceOfAll(all), MOST_TEXT), ...link].join('\n');
  return command(COMMANDS[level], { ...at, title: `${title}: ${rule.title}` }, message);
}

function leftOut(title: string, left: readonly number[]): readonly string[] {
  const texts = LEVELS.flatMap((level, index) => {
    const number = left[index] ?? 0;
    return number === 0 ? [] : [`${thousands(number)} ${COMMANDS[level]}${number === 1 ? '' : 's'}`];
  });
  if (texts.length === 0) return [];
  const text = `${texts.join(', ')} more; GitHub shows ${MOST} of each of a step. The log and the summary have all.`;
  return [command('notice', { title }, text)];
}

/** As `issueCommand` of @actions/core writes it. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${[name, ...(written.length === 0 ? [] : [written.join(',')])].join(' ')}::${escapedData(message)}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
