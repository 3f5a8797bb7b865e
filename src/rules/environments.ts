/** What environments may not do at once: Exchange keeps one organization for each mailbox. */

import { type Direction, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { DeclaredResource, DeclaredRule, Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { canonical, foldText } from '../model/value.ts';
import { allowedBy, knownEmailAddress, reachedPatterns } from './ceiling.ts';
import { checkedMailboxes } from './checked.ts';
import { sortsOf } from './coverage.ts';
import { effective } from './effective.ts';
import { isLocalUrl } from './environment-url.ts';
import { haveCommonText } from './patterns.ts';
import { type Declarations, found, lineOf } from './rule.ts';
import { directionsOf, type Subject, subjectOfItem, subjectOfRule } from './subject.ts';

type Real = Declarations & { readonly environment: Environment };

const WAY_OUT =
  'Keep it out of all but one: with mail: { allow: […] } of the environment, or with managed: false or the methods none in its overlay.';
/** So many addresses are named; the others are counted. */
const NAMED = 5;

/** No service code: the same environment under two names would be changed by two configurations in turn. */
export function environmentsDiffer(all: readonly Declarations[]): readonly Diagnostic[] {
  const reals = all.filter(isReal);
  return reals.flatMap(({ environment }, index) => {
    const same = reals.slice(0, index).find((other) => isSame(other.environment, environment))?.environment;
    if (same === undefined) return [];
    const what = sameUrl(same, environment)
      ? `url "${environment.url}"`
      : `organizationId "${environment.organizationId}"`;
    return [
      found('warning', 'duplicate-environment', {
        source: environment.source,
        message: `environment "${environment.name}" has the ${what} of "${same.name}" (${lineOf(same.source)})`,
        hint: 'Give it its own, or make one environment of the two.',
      }),
    ];
  });
}

/**
 * No service code: testing a mailbox in one environment silently ends its synchronization in the other (Microsoft
 * Learn, "When would I want to use this check box?"). One finding for each set of environments.
 */
export function addressesStayInOneEnvironment(all: readonly Declarations[]): readonly Diagnostic[] {
  const places = new Map<string, { readonly item: DeclaredResource; readonly names: string[] }>();
  for (const declared of distinct(all)) {
    const isAllowed = allowedBy(declared.environment.mail);
    for (const item of checkedMailboxes(declared)) {
      const emailAddress = knownEmailAddress(item);
      if (emailAddress === null || !synchronizes(subjectOfItem(item), declared) || !isAllowed(emailAddress))
        continue;
      const key = foldText(emailAddress);
      const known = places.get(key) ?? { item, names: [] };
      if (!known.names.includes(declared.environment.name)) known.names.push(declared.environment.name);
      places.set(key, known);
    }
  }
  const bySet = new Map<string, DeclaredResource[]>();
  for (const { item, names } of places.values()) {
    if (names.length < 2) continue;
    const key = quotedNames(names);
    const items = bySet.get(key);
    if (items === undefined) bySet.set(key, [item]);
    else items.push(item);
  }
  return [...bySet].flatMap(([names, items]) => sharedAddresses(names, items));
}

function sharedAddresses(names: string, items: readonly DeclaredResource[]): readonly Diagnostic[] {
  const [first] = items;
  if (first === undefined) return [];
  const shown = items.slice(0, NAMED).map((item) => `"${knownEmailAddress(item)}"`);
  const rest = items.length > NAMED ? ` and ${items.length - NAMED} more` : '';
  return [
    found('error', 'address-in-two-environments', {
      address: first.address,
      source: first.fields.get('emailAddress')?.source ?? first.source,
      message: `${shown.join(', ')}${rest}: synchronized in the environments ${names}; Exchange syncs a mailbox with one of them, the last one tested`,
      hint: WAY_OUT,
    }),
  ];
}

/** No service code: as for single addresses, but only the environments know whether the same people are there. */
export function patternsStayInOneEnvironment(all: readonly Declarations[]): readonly Diagnostic[] {
  const reals = distinct(all);
  const told = new Set<string>();
  return reals.flatMap((declared, index) =>
    declared.rules.flatMap((rule) => {
      const others = reals
        .slice(0, index)
        .filter((other) => other.rules.some((each) => canReachSame(rule, declared, each, other)));
      const key = canonical([rule.name, lineOf(rule.source)]);
      if (others.length === 0 || told.has(key)) return [];
      told.add(key);
      const names = quotedNames([...others, declared].map(({ environment }) => environment.name));
      return [
        found('warning', 'address-in-two-environments', {
          source: rule.source,
          message: `rule "${rule.name}" synchronizes ${patternsText(rule)} in the environments ${names}; Exchange syncs a mailbox with one of them, the last one tested`,
          hint: WAY_OUT,
        }),
      ];
    }),
  );
}

/** Both synchronize the same pattern, and neither ceiling keeps out what fits it. */
function canReachSame(rule: DeclaredRule, declared: Real, other: DeclaredRule, elsewhere: Real): boolean {
  if (!synchronizes(subjectOfRule(rule), declared)) return false;
  if (!synchronizes(subjectOfRule(other), elsewhere)) return false;
  const theirs = new Set(reachedPatterns(other).map(foldText));
  const shared = reachedPatterns(rule).filter((pattern) => theirs.has(foldText(pattern)));
  const [here, there] = [declared, elsewhere].map(({ environment }) => environment.mail?.allow ?? ['*']);
  return shared.some((pattern) =>
    here?.some((own) => there?.some((their) => haveCommonText([pattern, own, their]))),
  );
}

/** By a declared method, or by a test of the one that it has. */
function synchronizes(subject: Subject, declared: Declarations): boolean {
  if (subject.fields.get('state')?.value === 'inactive') return false;
  const tested = subject.fields.get('testAndEnable')?.value === true;
  return directionsOf(subject).some((direction) => {
    const method = effective(subject, direction, declared)?.value;
    return method === undefined
      ? tested && isOpen(subject, direction, declared)
      : method === SERVER_SIDE_SYNC;
  });
}

/** Whether server-side sync is left to it: not where every rule that may cover it decides otherwise. */
function isOpen({ sorts }: Subject, direction: Direction, { rules }: Declarations): boolean {
  const said = rules
    .filter(({ match }) => [...sortsOf(match)].some((sort) => sorts.includes(sort)))
    .flatMap(({ fields }) => fields.get(direction)?.value ?? []);
  return said.length === 0 || said.includes(SERVER_SIDE_SYNC);
}

function patternsText(rule: DeclaredRule): string {
  const patterns = reachedPatterns(rule);
  return patterns.includes('*')
    ? 'everybody it covers'
    : patterns.map((pattern) => `"${pattern}"`).join(', ');
}

/** Environments that are real and not one another under another name. */
function distinct(all: readonly Declarations[]): readonly Real[] {
  const reals: Real[] = [];
  for (const declared of all.filter(isReal)) {
    if (!reals.some(({ environment }) => isSame(environment, declared.environment))) reals.push(declared);
  }
  return reals;
}

function isReal(declared: Declarations): declared is Real {
  return declared.environment !== null && !isLocalUrl(declared.environment.url);
}

function isSame(a: Environment, b: Environment): boolean {
  return sameUrl(a, b) || (a.organizationId !== null && a.organizationId === b.organizationId);
}

function sameUrl(a: Environment, b: Environment): boolean {
  return foldText(a.url) === foldText(b.url);
}

function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
