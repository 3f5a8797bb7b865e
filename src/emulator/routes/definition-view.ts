/** $select, $filter and $expand on metadata objects. Knows none of them in particular. */

import { badRequest, ODataError, splitOutside, splitSearch } from '../odata/index.ts';
import { type Definition, expandable } from './definition-facts.ts';
import { parseDefinitionFilter } from './filter-definitions.ts';

export const namespace = 'Microsoft.Dynamics.CRM.';

/** What a request looks at: how the context calls it, what its type is called, what may be named of it. */
export interface DefinitionView {
  readonly what: string;
  readonly type: string;
  /** Null: whatever the definitions hold. */
  readonly properties: ReadonlySet<string> | null;
}

export interface Keyed {
  readonly name: string;
  readonly key: string | null;
}

export function splitKeyOf(segment: string): Keyed {
  const found = /^([^(]*)\((.*)\)$/.exec(segment);
  return found === null ? { name: segment, key: null } : { name: found[1] ?? '', key: found[2] ?? '' };
}

export interface ViewOptions {
  readonly select: string;
  readonly keep: (definition: Definition) => boolean;
  readonly shape: (definition: Definition) => Definition;
  readonly refuseFilter: () => void;
}

const allowed: readonly string[] = ['$select', '$filter', '$expand', 'LabelLanguages'];

/** What may be expanded of a definition besides its choices. */
export type Children = (
  definition: Definition,
  name: string,
) => { readonly view: DefinitionView; readonly all: readonly Definition[] } | undefined;

export function viewOptions(
  search: string,
  view: DefinitionView,
  all: readonly Definition[],
  children: Children,
): ViewOptions {
  const { options } = splitSearch(search);
  for (const name of options.keys()) {
    if (!allowed.includes(name))
      throw badRequest(`The query parameter '${name}' is not supported for metadata.`);
  }
  const filter = options.get('$filter');
  const require = requirer(view, all);
  const keep = filter === undefined ? () => true : parseDefinitionFilter(filter, require);
  const select = options
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  for (const name of select ?? []) require(name);
  const expand = parseExpand(view, options.get('$expand'), children);
  return {
    select: select === undefined ? '' : `(${select.join(',')})`,
    keep,
    shape: (definition) => ({ ...selected(definition, select), ...expand(definition) }),
    refuseFilter() {
      if (filter !== undefined)
        throw badRequest("The query option '$filter' can be applied only on collections.");
    },
  };
}

function requirer(view: DefinitionView, all: readonly Definition[]): (name: string) => void {
  const properties = view.properties ?? new Set(all.flatMap((definition) => Object.keys(definition)));
  return (name) => {
    // Nothing is known of the properties of what there is none of.
    if (view.properties === null && all.length === 0) return;
    if (properties.has(name) && !expandable.has(name)) return;
    throw new ODataError(
      400,
      '0x80060888',
      `Could not find a property named '${name}' on type '${namespace}${view.type}'.`,
    );
  };
}

/** The type and the id come along with any selection; choices and privileges only where they are asked for. */
function selected(definition: Definition, select: readonly string[] | undefined): Definition {
  const kept = select === undefined ? null : new Set(['@odata.type', 'MetadataId', ...select]);
  return Object.fromEntries(
    Object.entries(definition).filter(([name]) => (kept === null ? !expandable.has(name) : kept.has(name))),
  );
}

function parseExpand(
  view: DefinitionView,
  text: string | undefined,
  children: Children,
): (definition: Definition) => Definition {
  if (text === undefined) return () => ({});
  const items = splitOutside(text, ',').map((item) => {
    const { name, key } = splitKeyOf(item.trim());
    return { name, search: splitOutside(key ?? '', ';').join('&') };
  });
  return (definition) =>
    Object.fromEntries(
      items.map(({ name, search }) => [name, expanded(view, definition, name, search, children)]),
    );
}

function expanded(
  view: DefinitionView,
  definition: Definition,
  name: string,
  search: string,
  children: Children,
): unknown {
  if (expandable.has(name) && view.properties === null && name in definition) {
    const value = definition[name];
    if (!isDefinition(value)) return null;
    return viewOptions(search, choiceView(name), [value], children).shape(value);
  }
  const found = children(definition, name);
  if (found === undefined) {
    throw badRequest(`Could not find a property named '${name}' on type '${namespace}${view.type}'.`);
  }
  const { keep, shape } = viewOptions(search, found.view, found.all, () => undefined);
  return found.all.filter(keep).map(shape);
}

export function choiceView(what: string): DefinitionView {
  return { what, type: 'OptionSetMetadata', properties: null };
}

export function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null;
}
