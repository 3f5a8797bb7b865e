/**
 * SARIF 2.1.0 for code scanning of GitHub and of Azure DevOps: one result for each finding, at the line behind it. What
 * is too much for GitHub is left out, the worst kept, and told.
 */

import type { Log, Notification, ReportingDescriptor, Result, Location as SarifLocation } from 'sarif';
import type { Drift } from '../model/drift.generated.ts';
import { jsonPieces } from '../model/json-pieces.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Problems } from '../model/validate.generated.ts';
import { type Annotation, type Place, type Rule, worstFirst } from './annotations/annotation.ts';
import { cutText, pathInRepository, sentenceOf } from './annotations/annotation-words.ts';
import { driftAnnotations } from './annotations/drift-annotations.ts';
import { heldAnnotations, planAnnotations } from './annotations/plan-annotations.ts';
import { problemAnnotations } from './annotations/problem-annotations.ts';
import { codeLink } from './code-link.ts';
import { printableButPaths } from './printable.ts';
import { hashOf } from './sarif-hash.ts';
import type { Style } from './style.ts';
import { thousands } from './text.ts';

/**
 * GitHub, "SARIF results exceed soft limits": of the results of a run 5,000 are shown, of the locations of a result
 * 100; "SARIF support for code scanning": texts of rules have at most 1,024 characters.
 */
const MOST_RESULTS = 5_000;
const MOST_LOCATIONS = 100;
const MOST_TEXT = 1_024;

/** What has no line of its own stands where every project begins. */
const ROOT: Place = { file: 'mailboxctl.yaml', line: 1, column: 1 };

export function planSarif(document: Plan, style: Style): Iterable<string> {
  const plan = printableButPaths(document);
  return sarifOf(
    `plan/${plan.environment.name}`,
    [...planAnnotations(plan), ...heldAnnotations(plan)],
    style,
  );
}

export function driftSarif(document: Drift, style: Style): Iterable<string> {
  const drift = printableButPaths(document);
  return sarifOf(`drift/${drift.environment.name}`, driftAnnotations(drift), style);
}

export function validateSarif(document: Problems, style: Style): Iterable<string> {
  return sarifOf('validate', problemAnnotations(printableButPaths(document)), style);
}

function sarifOf(category: string, annotations: readonly Annotation[], { folder }: Style): Iterable<string> {
  const shown = worstFirst(annotations).slice(0, MOST_RESULTS);
  const rules = [...new Map(shown.map(({ rule }) => [rule.id, rule])).values()];
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mailboxctl',
            informationUri: 'https://github.com/mailboxctl/mailboxctl',
            rules: rules.map(descriptorOf),
          },
        },
        // What ends in a slash names no single run, but all runs of this verb for this environment.
        automationDetails: { id: `mailboxctl/${category}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: leftOut(annotations.length - shown.length),
          },
        ],
        results: shown.map((one) => resultOf(one, indexes.get(one.rule.id) ?? -1, folder)),
      },
    ],
  };
  return jsonPieces(log);
}

function leftOut(number: number): Notification[] {
  if (number === 0) return [];
  const text = `${thousands(number)} less severe results are left out: code scanning shows ${thousands(MOST_RESULTS)} of a run.`;
  return [{ level: 'warning', message: { text } }];
}

function descriptorOf({ id, code, title, help }: Rule): ReportingDescriptor {
  const link = code === null ? null : codeLink(code);
  return {
    id,
    name: id,
    shortDescription: { text: cutText(title, MOST_TEXT) },
    fullDescription: { text: cutText(help, MOST_TEXT) },
    help: {
      text: link === null ? help : `${help}\n\n${link}`,
      markdown: link === null ? help : `${help}\n\n[What it means and what to do](${link})`,
    },
    ...(link === null ? {} : { helpUri: link }),
  };
}

function resultOf(annotation: Annotation, ruleIndex: number, folder: string | undefined): Result {
  const { rule, level, address, part, places } = annotation;
  const identity = hashOf([rule.id, address ?? '', part ?? '', ...unnamed(annotation)]);
  return {
    ruleId: rule.id,
    ruleIndex,
    level,
    message: { text: plainMessage(cutText(sentenceOf(annotation), MOST_TEXT)) },
    locations: (places.length === 0 ? [ROOT] : places)
      .slice(0, MOST_LOCATIONS)
      .map((place) => locationOf(place, address, folder)),
    // Not the line: it moves. GitHub compares the first of the two alone.
    partialFingerprints: { primaryLocationLineHash: identity, 'mailboxctl/v1': identity },
    ...(address === null ? {} : { properties: { address, ...(part === null ? {} : { part }) } }),
  };
}

/** What distinguishes two findings of one rule that are about no resource: their words. */
function unnamed({ address, rule, text }: Annotation): readonly string[] {
  return address === null && !rule.id.startsWith('guard/') ? [text] : [];
}

function locationOf(place: Place, address: string | null, folder: string | undefined): SarifLocation {
  const { line, column } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(pathInRepository(place.file, folder)), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, ...(column === null ? {} : { startColumn: column }) },
    },
    ...(address === null ? {} : { logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }] }),
  };
}

function uriOf(path: string): string {
  return path.split('/').map(uriPart).join('/');
}

/** Half of a pair has no bytes that could be written. */
function uriPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** In a plain message `[text](target)` is a link, unless its brackets are escaped (SARIF 2.1.0, 3.11.6). */
function plainMessage(text: string): string {
  return text.includes('](') ? text.replace(/[[\]]/gu, '\\$&') : text;
}
