/** One resource by its name, or many that unfold: some of them at a time, since there may be thousands. */

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Member, NamesCell } from '../page-model.ts';
import { number } from './number.ts';

/** Names that are read in passing, and those that a group shows at a time. */
const FEW = 5;
const MANY = 100;
const MORE = 500;
const SOME = 40;
const FOLDED = 10;
const PRINTED = 500;

export interface Shown {
  readonly members: readonly Member[] | null;
  /** Something was searched or chosen: a group unfolds what matches. */
  readonly narrowed: boolean;
  readonly printing: boolean;
}

export function Names({ cell, shown }: { cell: NamesCell; shown: Shown }): VNode {
  const members = shown.members ?? cell.members;
  const [only] = cell.members;
  if (cell.members.length === 1 && only !== undefined) return <Name {...only} />;
  return <Group cell={cell} members={members} shown={shown} />;
}

/** The kind is said where no other name says it. */
function Name({ name, kind, note }: Member): VNode {
  return (
    <div>
      <bdi class="name">{name}</bdi> <span class="extra kind">{kind}</span>
      {note === undefined ? null : (
        <p class="extra">
          <bdi>{note}</bdi>
        </p>
      )}
    </div>
  );
}

interface GroupProps {
  readonly cell: NamesCell;
  readonly members: readonly Member[];
  readonly shown: Shown;
}

function Group({ cell, members, shown }: GroupProps): VNode {
  const [opened, setOpened] = useState<{ open: boolean; most: number } | null>(null);
  const narrowed = members.length < cell.members.length;
  const open = shown.printing || (opened?.open ?? (cell.open === true || (shown.narrowed && narrowed)));
  const usual = cell.open === true ? SOME : MANY;
  const most = shown.printing ? PRINTED : open ? (opened?.most ?? usual) : FOLDED;
  const rest = members.length - most;
  const setOpen = (event: Event): void => {
    const now = (event.currentTarget as HTMLDetailsElement).open;
    if (now !== open && !shown.printing) setOpened({ open: now, most: opened?.most ?? usual });
  };
  return (
    <details class="group" open={open} onToggle={setOpen}>
      <summary>
        <span class="name">{cell.title}</span>
        {narrowed ? <span class="extra"> {number(members.length)} match</span> : null}
        <span class="few">
          {' '}
          <bdi>{fewOf(members)}</bdi>
        </span>
      </summary>
      {cell.source === undefined ? null : (
        <p class="code common">
          <bdi>{cell.source}</bdi>
        </p>
      )}
      <ul
        class={
          members.some(({ note, source }) => (note ?? source) !== undefined) ? 'members' : 'members short'
        }
      >
        {members.slice(0, most).map((member, index) => (
          <MemberLine key={index} {...member} />
        ))}
      </ul>
      {rest <= 0 ? null : (
        <p class="more">
          {shown.printing ? `and ${number(rest)} more, not printed` : `and ${number(rest)} more `}
          {shown.printing || !open ? null : (
            <button
              type="button"
              class="scripted"
              onClick={() => setOpened({ open: true, most: most + MORE })}
            >
              Show {number(Math.min(rest, MORE))} more
            </button>
          )}
        </p>
      )}
    </details>
  );
}

function MemberLine({ name, note, source }: Member): VNode {
  return (
    <li>
      <bdi class="name">{name}</bdi>
      {note === undefined ? null : (
        <>
          {' '}
          <bdi class="extra">{note}</bdi>
        </>
      )}
      {source === undefined ? null : (
        <>
          {' '}
          <bdi class="code">{source}</bdi>
        </>
      )}
    </li>
  );
}

function fewOf(members: readonly Member[]): string {
  const few = members
    .slice(0, FEW)
    .map(({ name }) => name)
    .join(', ');
  const rest = members.length - FEW;
  return rest > 0 ? `${few} and ${number(rest)} more` : few;
}
