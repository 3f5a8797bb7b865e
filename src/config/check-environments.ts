/** The configuration of each environment, its overlays merged, and what the rules say about each of them and all. */

import type { Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { itemsAreUnique, ruleNamesAreUnique } from '../rules/duplicates.ts';
import type { Declarations } from '../rules/rule.ts';
import { CROSS_ENVIRONMENT_RULES, RULES } from '../rules/rules.ts';
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
  readonly diagnostics: readonly Diagnostic[];
}

/** `complete`: no file lacks anything, so that what is not there is really not declared. */
export function checkEnvironments(
  base: LayerItems,
  environments: readonly LayeredEnvironment[],
  overlays: ReadonlyMap<string, OverlayFile>,
  complete: boolean,
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
    diagnostics: [...(complete ? diagnostics : []), ...problemsOf(items, environment, complete)],
  }));
  return {
    items: new Map(merged.map(({ environment, items }) => [environment.name, items])),
    diagnostics: [
      ...checksAreUnique(base.checksOff),
      ...[...layers.values()].flatMap(({ diagnostics }) => diagnostics),
      ...(merged.length === 0 ? problemsOf(base, null, complete) : byEnvironment(found)),
      ...problemsAcross(merged.map(({ environment, items }) => declarationsOf(items, environment))),
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
  items: LayerItems,
  environment: Environment | null,
  complete: boolean,
): readonly Diagnostic[] {
  const declared = declarationsOf(items, environment);
  return [
    ...profilesHaveTypes(items),
    ...RULES.flatMap((rule) => rule(declared)),
    // A profile that is not seen because its file is broken is not missing.
    ...(complete ? referenceProblems(declared) : []),
  ];
}

function problemsAcross(all: readonly Declarations[]): readonly Diagnostic[] {
  return CROSS_ENVIRONMENT_RULES.flatMap((rule) => rule(all));
}

function declarationsOf(items: LayerItems, environment: Environment | null): Declarations {
  const { profiles, settings, rules, mailboxes } = items;
  return { environment, profiles, settings, rules, mailboxes };
}
