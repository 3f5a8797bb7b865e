/** The whole page: what it says first, the search, and the sections. Rendered on the server, taken over in the page. */

import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Closing, Page, Tile } from '../page-model.ts';
import { Command, Linked } from './cells.tsx';
import { Charts } from './charts.tsx';
import { countAll, countItems, EVERYTHING, type Hit, hitsOf, isEverything, type View } from './match.ts';
import { number } from './number.ts';
import { SectionView } from './section.tsx';
import { ThemeSwitch } from './theme.tsx';
import { Toolbar } from './toolbar.tsx';

export function App({ page, printing }: { page: Page; printing: boolean }): VNode {
  const [view, setView] = useState<View>(EVERYTHING);
  const hits = useMemo(() => page.sections.map((section) => hitsOf(section, view)), [page, view]);
  const { sections, main, closing } = page;
  return (
    <>
      <a class="skip" href={sections.length === 0 ? '#verdict' : `#${main}-title`}>
        Skip to the results
      </a>
      <Head page={page} />
      <main>
        <VerdictView page={page} view={view} setView={setView} />
        <Toolbar page={page} view={view} setView={setView} found={foundText(page, hits, view)} />
        {printing && !isEverything(view) ? <p class="printed">{printedText(page, view)}</p> : null}
        <Contents page={page} hits={hits} closing={closing} />
        {sections.map((section, index) => (
          <Part key={section.id} isMain={section.id === main} page={page} view={view}>
            <SectionView section={section} hits={hits[index] ?? []} view={view} printing={printing} />
          </Part>
        ))}
        {closing === null ? null : <ClosingView {...closing} />}
      </main>
    </>
  );
}

interface PartProps {
  readonly isMain: boolean;
  readonly page: Page;
  readonly view: View;
  readonly children: VNode;
}

/** The charts stand before the section that they count, and count all of it whatever is chosen. */
function Part({ isMain, page, view, children }: PartProps): VNode {
  return (
    <>
      {isMain ? <Charts charts={page.charts} narrowed={!isEverything(view)} /> : null}
      {children}
    </>
  );
}

function foundText({ sections }: Page, hits: readonly (readonly Hit[])[], view: View): string {
  const all = sections.reduce((sum, section) => sum + countAll(section), 0);
  const found = sections.reduce((sum, section, index) => sum + countItems(section, hits[index] ?? []), 0);
  if (isEverything(view)) return `${number(all)} entries`;
  return found === 0
    ? `None of ${number(all)} entries match`
    : `${number(found)} of ${number(all)} entries match`;
}

function printedText(page: Page, { query, facets }: View): string {
  const parts = page.facets.flatMap(({ key, title }) => {
    const value = facets[key];
    return value === undefined ? [] : [`${title} ${value}`];
  });
  return `Only what matches is printed: ${[...(query.trim() === '' ? [] : [`“${query.trim()}”`]), ...parts].join(', ')}.`;
}

function Head({ page }: { page: Page }): VNode {
  return (
    <header>
      <div>
        <h1>
          {page.title} <bdi>{page.environment}</bdi>
        </h1>
        <p class="facts">
          <span>
            <Linked text={page.url} />
          </span>
          {page.facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
      <ThemeSwitch />
    </header>
  );
}

interface VerdictProps {
  readonly page: Page;
  readonly view: View;
  readonly setView: (view: View) => void;
}

function VerdictView({ page, view, setView }: VerdictProps): VNode {
  const { tone, text, lines } = page.verdict;
  return (
    <section id="verdict" tabIndex={-1} class={`verdict edge-${tone}`} aria-label="Verdict">
      <p class="text">{text}</p>
      {lines.map((line) => (
        <p key={line}>
          <bdi>{line}</bdi>
        </p>
      ))}
      <ul class="tiles">
        {page.tiles.map((tile) => (
          <TileView key={tile.label} tile={tile} view={view} setView={setView} />
        ))}
      </ul>
    </section>
  );
}

interface TileProps extends Omit<VerdictProps, 'page'> {
  readonly tile: Tile;
}

function TileView({ tile: { label, value, tone, filter }, view, setView }: TileProps): VNode {
  const look = `tile ${value === 0 ? 'zero' : `tone-${tone}`}`;
  const words = (
    <>
      <strong>{number(value)}</strong> <span>{label}</span>
    </>
  );
  if (filter === undefined || value === 0)
    return (
      <li>
        <span class={look}>{words}</span>
      </li>
    );
  const { facet, value: wanted } = filter;
  const chosen = view.facets[facet] === wanted;
  const { [facet]: _, ...others } = view.facets;
  const toggle = (): void => setView({ ...view, facets: chosen ? others : { ...others, [facet]: wanted } });
  return (
    <li>
      <button type="button" class={look} aria-pressed={chosen} onClick={toggle}>
        {words}
      </button>
    </li>
  );
}

interface ContentsProps {
  readonly page: Page;
  readonly hits: readonly (readonly Hit[])[];
  readonly closing: Closing | null;
}

function Contents({ page, hits, closing }: ContentsProps): VNode | null {
  if (page.sections.length < 2) return null;
  return (
    <nav class="contents" aria-label="On this page">
      <ul>
        {page.sections.map((section, index) => {
          const own = hits[index] ?? [];
          return own.length === 0 ? null : (
            <li key={section.id}>
              <a href={`#${section.id}`}>{section.title}</a> <span>{number(countItems(section, own))}</span>
            </li>
          );
        })}
        {closing === null ? null : (
          <li>
            <a href="#closing">{closing.title}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function ClosingView({ title, lines, command, accept, facts }: Closing): VNode {
  return (
    <section id="closing" class="closing" aria-labelledby="closing-title">
      <h2 id="closing-title">{title}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {command === null ? null : <Command text={command} />}
      {accept === undefined ? null : (
        <>
          <p>{accept.lead}</p>
          <Command text={accept.command} />
        </>
      )}
      <dl>
        {facts.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="code">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
