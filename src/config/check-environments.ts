/** The configuration of each environment, its overlays merged, and what the rules say about each of them and all. */

import type { Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { itemsAreUnique, ruleNamesAreUnique } from '../rules/duplicates.ts';
import type { Declarations, Rule, RuleSet } from '../rules/rule.ts';
import { byEnvironment } from './by-environment.ts';
import { profilesHaveTypes } from './complete-items.ts';
import { mergeOverlay } from './merge-overlay.ts';
import type { OverlayFile } from './overlay-file.ts';
import { checksAreUnique } from './read-checks.ts';
import type { LayeredEnvironment } from './read-environments.ts';
import type { LayerItems } from './read-items.ts';
import { referenceProblems } from './references.ts';

export interface CheckedEnvironments {
  /** By the name of the environment. */
  readonly items: ReadonlyMap<string, LayerItems>;
  /** What is found in some environments only names them. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is found in one environment, and what is about all of them. */
  readonly diagnosticsOf: (environment: string) => readonly Diagnostic[];
}

export interface Layers {
  readonly base: LayerItems;
  readonly environments: readonly LayeredEnvironment[];
  /** By path as written. */
  readonly overlays: ReadonlyMap<string, OverlayFile>;
  /** No file lacks anything, so that what is not there is really not declared. */
  readonly complete: boolean;
}

export function checkEnvironments(
  { base, environments, overlays, complete }: Layers,
  rules: RuleSet,
): CheckedEnvironments {
  const layers = new Map([...overlays].map(([path, overlay]) => [path, uniqueItems(overlay)]));
  const merged = environments.map(({ environment, overlays: paths }) =>
    mergeAll(
      base,
      environment,
      paths.flatMap((path) => layers.get(path)?.overlay ?? []),
    ),
  );
  const found = merged.map(({ environment, items, diagnostics }) => ({
    environment: environment.name,
    diagnostics: [
      ...(complete ? diagnostics : []),
      ...problemsOf(declarationsOf(items, environment), rules.ofEach, complete),
    ],
  }));
  const all = merged.map(({ environment, items }) => declarationsOf(items, environment));
  const ofLayers = [
    ...checksAreUnique(base.checksOff),
    ...[...layers.values()].flatMap(({ diagnostics }) => diagnostics),
  ];
  const acrossAll = rules.acrossAll.flatMap((rule) => rule(all));
  const ofEach =
    merged.length === 0
      ? problemsOf(declarationsOf(base, null), rules.ofEach, complete)
      : byEnvironment(found);
  return {
    items: new Map(merged.map(({ environment, items }) => [environment.name, items])),
    diagnostics: [...ofLayers, ...ofEach, ...acrossAll],
    diagnosticsOf: (name) => [
      ...ofLayers,
      ...found.flatMap(({ environment, diagnostics }) => (environment === name ? diagnostics : [])),
      ...acrossAll,
    ],
  };
}

/** What an overlay gives twice is told once, at its own lines, and merged as if it stood there once. */
function uniqueItems(overlay: OverlayFile): {
  readonly overlay: OverlayFile;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { items } = overlay;
  const declared = declarationsOf(items, null);
  const diagnostics = [...itemsAreUnique(declared), ...ruleNamesAreUnique(declared)];
  const repeated = new Set(diagnostics.map(({ source }) => source));
  const first = <Item extends { readonly source: Diagnostic['source'] }>(all: readonly Item[]): Item[] =>
    all.filter(({ source }) => !repeated.has(source));
  const unique = {
    profiles: first(items.profiles),
    rules: first(items.rules),
    mailboxes: first(items.mailboxes),
  };
  return { overlay: { ...overlay, items: { ...items, ...unique } }, diagnostics };
}

function mergeAll(
  base: LayerItems,
  environment: Environment,
  overlays: readonly OverlayFile[],
): {
  readonly environment: Environment;
  readonly items: LayerItems;
  readonly diagnostics: readonly Diagnostic[];
} {
  let items = base;
  const diagnostics: Diagnostic[] = [];
  for (const overlay of overlays) {
    const merged = mergeOverlay(items, overlay);
    items = merged.items;
    diagnostics.push(...merged.diagnostics);
  }
  return { environment, items, diagnostics };
}

function problemsOf(
  declared: Declarations,
  rules: readonly Rule[],
  complete: boolean,
): readonly Diagnostic[] {
  return [
    ...profilesHaveTypes(declared),
    ...rules.flatMap((rule) => rule(declared)),
    // A profile that is not seen because its file is broken is not missing.
    ...(complete ? referenceProblems(declared) : []),
  ];
}

function declarationsOf(items: LayerItems, environment: Environment | null): Declarations {
  const { profiles, settings, rules, mailboxes } = items;
  return { environment, profiles, settings, rules, mailboxes };
}
