/** Search and filters over everything on the page, and how much of it they leave. */

import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Facet, Page } from '../page-model.ts';
import { EVERYTHING, isEverything, membersOf, type View } from './match.ts';
import { number } from './number.ts';

interface ToolbarProps {
  readonly page: Page;
  readonly view: View;
  readonly setView: (view: View) => void;
  readonly found: string;
}

export function Toolbar({ page, view, setView, found }: ToolbarProps): VNode {
  const search = (event: Event): void =>
    setView({ ...view, query: (event.currentTarget as HTMLInputElement).value });
  const clear = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && view.query !== '') setView({ ...view, query: '' });
  };
  return (
    <search class="toolbar scripted" aria-label="Filter this page">
      <label class="query">
        <span>Search</span>
        <input
          id="query"
          type="search"
          value={view.query}
          onInput={search}
          onKeyDown={clear}
          placeholder="names, fields, values, files, codes"
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      {page.facets.map((facet) => (
        <FacetView key={facet.key} facet={facet} page={page} view={view} setView={setView} />
      ))}
      <button type="button" class="reset" disabled={isEverything(view)} onClick={() => setView(EVERYTHING)}>
        Reset
      </button>
      <p class="found" role="status" aria-live="polite">
        {found}
      </p>
    </search>
  );
}

interface FacetProps extends Omit<ToolbarProps, 'found'> {
  readonly facet: Facet;
}

function FacetView({ facet: { key, title }, page, view, setView }: FacetProps): VNode | null {
  const values = useMemo(() => valuesOf(page, key), [page, key]);
  if (values.length < 2) return null;
  const choose = (event: Event): void => {
    const { [key]: _, ...others } = view.facets;
    const value = (event.currentTarget as HTMLSelectElement).value;
    setView({ ...view, facets: value === '' ? others : { ...others, [key]: value } });
  };
  const chosen = view.facets[key] ?? '';
  return (
    <label class={chosen === '' ? undefined : 'chosen'}>
      <span>{title}</span>
      <select value={chosen} onChange={choose}>
        <option value="">all</option>
        {values.map(([value, count]) => (
          <option key={value} value={value} selected={value === chosen}>
            {`${value} (${number(count)})`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Values of a property in the order in which they appear, with how many things have them. */
function valuesOf({ sections }: Page, key: string): readonly (readonly [string, number])[] {
  const numbers = new Map<string, number>();
  const add = (value: string | undefined, by: number): void => {
    if (value !== undefined && value !== '') numbers.set(value, (numbers.get(value) ?? 0) + by);
  };
  for (const row of sections.flatMap(({ rows }) => rows)) {
    const members = membersOf(row);
    if (members === null || key !== 'kind') add(row.facets[key], members?.length ?? 1);
    else for (const { kind } of members) add(kind, 1);
  }
  return [...numbers];
}
