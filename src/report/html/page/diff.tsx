/** Fields before and after, each with the place that declares it. */

import type { VNode } from 'preact';
import type { DiffCell, FieldDiff } from '../page-model.ts';

export function Diff({ fields, lines }: DiffCell): VNode {
  return (
    <div>
      {fields.length === 0 ? null : (
        <ul class="diff">
          {fields.map((one, index) => (
            <DiffLine key={index} {...one} />
          ))}
        </ul>
      )}
      {lines.map((line, index) => (
        <p class="told" key={index}>
          <bdi>{line}</bdi>
        </p>
      ))}
    </div>
  );
}

function DiffLine({ field, from, to, note, source, text }: FieldDiff): VNode {
  return (
    <li>
      <span class="field">{field}</span>{' '}
      <span class="values">
        {text === undefined ? <BeforeAfter from={from} to={to} /> : <LongText lines={text} />}
        {note === undefined ? null : <span class="extra"> {note}</span>}
        {source === undefined ? null : (
          <>
            {' '}
            <bdi class="code">{source}</bdi>
          </>
        )}
      </span>
    </li>
  );
}

function BeforeAfter({ from, to }: { from: string | null; to: string | null }): VNode {
  return (
    <>
      {from === null ? null : (
        <del>
          <bdi>{from}</bdi>
        </del>
      )}
      {from === null || to === null ? null : (
        <>
          {' '}
          <span class="arrow">→</span>{' '}
        </>
      )}
      {to === null ? null : (
        <ins>
          <bdi>{to}</bdi>
        </ins>
      )}
    </>
  );
}

const MARKS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };

function LongText({ lines }: { lines: readonly string[] }): VNode {
  return (
    <span class="long">
      {lines.map((line, index) => (
        <span key={index} class={MARKS[line[0] ?? ''] ?? 'same'}>
          {line}
          {'\n'}
        </span>
      ))}
    </span>
  );
}
