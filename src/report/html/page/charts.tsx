/** Bars beside their numbers. The numbers say everything; the bars are for the eye and hidden from screen readers. */

import type { VNode } from 'preact';
import type { Bar, BarPart, Chart } from '../page-model.ts';
import { number } from './number.ts';

export function Charts({ charts, narrowed }: { charts: readonly Chart[]; narrowed: boolean }): VNode | null {
  if (charts.length === 0) return null;
  return (
    <section class="charts" aria-labelledby="numbers-title">
      <h2 id="numbers-title">
        In numbers{narrowed ? <span class="count"> of all, whatever is chosen above</span> : null}
      </h2>
      <div>
        {charts.map((chart) => (
          <ChartView key={chart.title} {...chart} />
        ))}
      </div>
    </section>
  );
}

function ChartView({ title, bars, rest }: Chart): VNode {
  const most = Math.max(1, ...bars.map(totalOf));
  return (
    <div class="chart">
      <h3>{title}</h3>
      <ul>
        {bars.map((bar) => (
          <BarView key={bar.label} bar={bar} most={most} />
        ))}
      </ul>
      {rest === undefined ? null : <p class="extra">{rest}</p>}
    </div>
  );
}

function totalOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function BarView({ bar, most }: { bar: Bar; most: number }): VNode {
  const { label, href, parts } = bar;
  const told = parts.filter(({ value, label: word }) => value > 0 && word !== '');
  return (
    <li>
      <span class="label">
        <bdi>
          {href === undefined ? (
            label
          ) : (
            <a href={href} rel="noreferrer">
              {label}
            </a>
          )}
        </bdi>
      </span>{' '}
      <span class="value">{number(totalOf(bar))}</span>
      <Drawing parts={parts} most={most} />
      {told.length === 0 ? null : (
        <span class="parts">
          {' '}
          {told.map(({ label: word, value, tone }) => (
            <span key={word} class={`part tone-${tone}`}>
              {number(value)} {word}{' '}
            </span>
          ))}
        </span>
      )}
    </li>
  );
}

/** Widths as attributes: the page's policy allows no style in an element. */
function Drawing({ parts, most }: { parts: readonly BarPart[]; most: number }): VNode {
  let before = 0;
  const rects = parts.map(({ label, value, tone }) => {
    const x = before;
    before += value;
    return (
      <rect
        key={label}
        class={`fill-${tone}`}
        x={`${percent(x, most)}%`}
        y="0"
        width={`${percent(value, most)}%`}
        height="100%"
      />
    );
  });
  return (
    <svg class="bar" aria-hidden="true" focusable="false" width="100%" height="8">
      {rects}
    </svg>
  );
}

function percent(value: number, most: number): string {
  return ((value / most) * 100).toFixed(2);
}
