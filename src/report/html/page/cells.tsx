/** What stands in a row. Texts are texts: nothing here makes markup of one. */

import type { VNode } from 'preact';
import type { BadgeCell, Cell, CommandCell, Note, TextCell } from '../page-model.ts';
import { Copy } from './copy.tsx';
import { Diff } from './diff.tsx';
import { Names, type Shown } from './names.tsx';

export function CellView({ cell, shown }: { cell: Cell; shown: Shown }): VNode {
  switch (cell.is) {
    case 'text':
      return <TextView {...cell} />;
    case 'badge':
      return <Badge {...cell} />;
    case 'names':
      return <Names cell={cell} shown={shown} />;
    case 'diff':
      return <Diff {...cell} />;
    case 'command':
      return <Command {...cell} />;
    default:
      return cell satisfies never;
  }
}

function TextView({ lines, places, tone }: TextCell): VNode {
  return (
    <div class={tone === undefined ? undefined : `tone-${tone}`}>
      {places === undefined ? null : (
        <p class="code">
          <bdi>{places}</bdi>
        </p>
      )}
      {lines.map((line, index) => (
        <p key={index}>
          <bdi>
            <Linked text={line} />
          </bdi>
        </p>
      ))}
    </div>
  );
}

/** Pages of the service and of the documentation; anything else that looks like an address stays text. */
export function Linked({ text }: { text: string }): VNode {
  if (!/^https:\/\/[^\s"<>]+$/u.test(text)) return <>{text}</>;
  return (
    <a href={text} rel="noreferrer">
      {text}
    </a>
  );
}

function Badge({ text, tone, href, extra }: BadgeCell): VNode {
  return (
    <div>
      <span class={`badge tone-${tone}`}>{text}</span>{' '}
      {extra === undefined ? null : <Extra text={extra} href={href} />}
    </div>
  );
}

function Extra({ text, href }: { text: string; href: string | undefined }): VNode {
  if (href === undefined) return <span class="extra">{text}</span>;
  return (
    <a href={href} rel="noreferrer">
      {text}
    </a>
  );
}

export function Command({ text }: Omit<CommandCell, 'is'>): VNode {
  return (
    <div class="command">
      <code>{text}</code>
      <Copy text={text} />
    </div>
  );
}

export function Notes({ notes }: { notes: readonly Note[] }): VNode {
  return (
    <ul class="notes">
      {notes.map(({ tone, lead, text, lines, href }, index) => (
        <li key={index}>
          <span class={`badge tone-${tone}`}>{lead}</span> <bdi>{text}</bdi>
          {lines.map((line) => (
            <p key={line}>
              <bdi>{line}</bdi>
            </p>
          ))}
          {href === null ? null : (
            <p>
              <Linked text={href} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
