/** Which number of requests is tried after which, over services that work on so many at once. */

import { describe, expect, it } from 'vitest';
import type { LaneControl, Lanes } from './lane-control.ts';
import { afterRound } from './lane-search.ts';
import { startLanes } from './lanes.ts';

/** What an operation takes when nobody waits. */
const ALONE_MS = 50;
const MANY = 100_000;

interface Service {
  /** Requests that are worked on at once; the others wait, and slow all of them. */
  readonly workers: number;
  readonly operationMs?: number;
  /** Steps that are left. */
  readonly left?: number;
  readonly roundTripMs?: number;
}

function eachMsOf({ workers, operationMs = ALONE_MS }: Service, requests: number): number {
  return operationMs * Math.max(1, requests / workers) * (1 + 0.05 * Math.max(0, requests - workers));
}

function round(lanes: LaneControl, service: Service): LaneControl {
  const { left = MANY, roundTripMs = 5, operationMs = ALONE_MS } = service;
  const answer = { operations: 4, sentAt: 0, now: 100, ms: 100, roundTripMs, operationMs, left };
  return afterRound(lanes, eachMsOf(service, lanes.workers), answer);
}

/** The numbers one after the other, until one is settled for. */
function search(limits: Lanes, service: Service): readonly number[] {
  let lanes = startLanes(limits);
  const numbers = [lanes.workers];
  for (let count = 0; count < 20 && lanes.stage !== 'settled'; count += 1) {
    lanes = round(lanes, service);
    if (lanes.workers !== numbers.at(-1)) numbers.push(lanes.workers);
  }
  expect(lanes.stage).toBe('settled');
  return numbers.map(rounded);
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}

/** The first number, and those after so many rounds. */
function follow(begun: LaneControl, service: Service, count: number): readonly number[] {
  const numbers = [begun.workers];
  let lanes = begun;
  for (let index = 0; index < count; index += 1) {
    lanes = round(lanes, service);
    numbers.push(lanes.workers);
  }
  return numbers.map(rounded);
}

const settledAt = (workers: number, changes: Partial<LaneControl> = {}): LaneControl => ({
  ...startLanes({ start: workers, most: 44 }),
  stage: 'settled',
  workers,
  quickMs: ALONE_MS,
  ...changes,
});

describe('the search', () => {
  it.each<readonly [string, Lanes, Service, readonly number[]]>([
    ['settles at the recommendation when nobody waits', { start: 17, most: 44 }, { workers: 32 }, [17]],
    ['begins with fewer than 52, and climbs', { start: 44, most: 44 }, { workers: 64 }, [16, 32, 40]],
    [
      'climbs in large steps without a recommendation',
      { start: 4, most: 44 },
      { workers: 64 },
      [4, 16, 32, 40],
    ],
    [
      'climbs in smaller ones the higher it is, and never beyond the most',
      { start: 4, most: 110 },
      { workers: 999 },
      [4, 16, 32, 48, 72, 100],
    ],
    [
      'stops where those that travel need the other lanes',
      { start: 4, most: 44 },
      { workers: 64, roundTripMs: 500 },
      [4, 16, 32, 33],
    ],
    ['does not leap where little is left', { start: 4, most: 44 }, { workers: 64, left: 125 }, [4, 8, 16]],
    [
      'closes in from both sides, and ends at the lower one',
      { start: 4, most: 44 },
      { workers: 8 },
      [4, 16, 8, 11.3, 9.5, 8],
    ],
    [
      'cuts what is too much to what is worked on, and goes on from there',
      { start: 12, most: 44 },
      { workers: 8 },
      [12, 6.7, 8.9, 10.4, 8.9],
    ],
    ['cuts no deeper than to a quarter', { start: 32, most: 44 }, { workers: 2 }, [32, 8, 2, 4, 2.8, 2.4]],
    ['ends with one, who waits for nobody', { start: 1, most: 1 }, { workers: 0.5 }, [1]],
    ['stays below what was asked for', { start: 3, most: 3 }, { workers: 64, roundTripMs: 0 }, [3]],
  ])('%s', (_name, limits, service, numbers) => {
    expect(search(limits, service)).toEqual(numbers);
  });

  it('measures anew what was cut, since its cost was that of those who wait', () => {
    expect(round(startLanes({ start: 12, most: 44 }), { workers: 8 })).toMatchObject({
      stage: 'first',
      quickMs: null,
      low: null,
      high: 12,
    });
  });

  it.each<readonly [string, number, Partial<LaneControl>]>([
    [
      'brings back those that were cut when fewer are no quicker: what seemed slow is what an operation takes',
      100,
      { stage: 'settled', workers: 16, low: 16, high: null, quickMs: null, trial: null },
    ],
    [
      'goes on from those that are left when they are quicker',
      60,
      { stage: 'search', workers: 9.797958971132712, low: 6, high: 16, quickMs: null, trial: null },
    ],
  ])('%s', (_name, eachMs, after) => {
    const cut = { ...startLanes({ start: 6, most: 44 }), high: 16, trial: { workers: 16, eachMs: 100 } };
    const answer = { operations: 4, sentAt: 0, now: 100, ms: 100, roundTripMs: 5, left: MANY };
    expect(afterRound(cut, eachMs, { ...answer, operationMs: ALONE_MS })).toMatchObject(after);
  });

  it('takes what the first round cost from all of its requests where nobody waited', () => {
    const begun = startLanes({ start: 4, most: 44 });
    // A fifth more is chance as long as few have answered.
    const after = afterRound(begun, 1.2 * ALONE_MS, {
      operations: 4,
      sentAt: 0,
      now: 100,
      ms: 100,
      roundTripMs: 5,
      operationMs: ALONE_MS,
      left: MANY,
    });
    expect(after).toMatchObject({ stage: 'search', low: 4, workers: 16, quickMs: null });
  });
});

describe('near the end', () => {
  const trial = { workers: 8, eachMs: ALONE_MS };

  it.each<readonly [string, LaneControl, Service, number]>([
    ['nothing is tried', settledAt(8), { workers: 8 }, 8],
    ['not even where operations have become slower', settledAt(8), { workers: 4 }, 8],
    ['a trial that brings more is kept', settledAt(10, { trial }), { workers: 16 }, 10],
    ['one in vain is not', settledAt(10, { trial }), { workers: 8 }, 8],
    ['a search ends where it is', { ...settledAt(16), stage: 'search', low: 4 }, { workers: 16 }, 16],
    [
      'of too many those stay that are worked on, or more where more are known to be good',
      { ...settledAt(16), stage: 'search', low: 4 },
      { workers: 12 },
      10,
    ],
    ['', { ...settledAt(16), stage: 'search', low: 11 }, { workers: 12 }, 11],
  ])('%s', (_name, lanes, service, workers) => {
    const after = round(lanes, { ...service, left: 10 });
    expect([rounded(after.workers), after.stage, after.trial]).toEqual([workers, 'settled', null]);
  });

  it('the number does not shrink from round to round where the cost was underestimated', () => {
    expect(follow(settledAt(8, { quickMs: 30 }), { workers: 16, left: 10 }, 4)).toEqual([8, 8, 8, 8, 8]);
  });
});

describe('a number that is settled', () => {
  it.each<readonly [string, LaneControl, Service, readonly number[]]>([
    [
      'goes on in larger steps while more lanes bring more, up to the most',
      settledAt(10),
      { workers: 64 },
      [10, 11, 13.2, 18.5, 27.7, 41.6, 44],
    ],
    [
      'goes back from a trial in vain, rests, tries the other way, and rests longer',
      settledAt(16),
      { workers: 16 },
      [16, 17.3, 16, 16, 16, 14.7, 16, 16, 16, 16, 16, 17.3],
    ],
    [
      'stays with fewer where throughput does not fall',
      settledAt(16, { towards: -1 }),
      { workers: 13 },
      [16, 14.7, 14.7, 14.7, 13.5, 13.5, 13.5],
    ],
    ['tries fewer when there are no more', settledAt(44), { workers: 44 }, [44, 44, 40.5, 44]],
  ])('%s', (_name, lanes, service, numbers) => {
    expect(follow(lanes, service, numbers.length - 1)).toEqual(numbers);
  });

  it.each<readonly [string, Service, Partial<LaneControl>]>([
    [
      'far slower than it was',
      { workers: 8 },
      { workers: 5.714285714285714, high: 16, trial: { workers: 16, eachMs: 140 } },
    ],
    ['far quicker than can be', { workers: 16, operationMs: 20 }, { workers: 16, high: null, trial: null }],
  ])('is measured anew where operations are %s', (_name, service, expected) => {
    expect(round(settledAt(16), service)).toMatchObject({
      stage: 'first',
      quickMs: null,
      ...expected,
    });
  });

  it('rests at most eight rounds', () => {
    const numbers = follow(settledAt(16), { workers: 16 }, 100);
    const tries = numbers.flatMap((number, index) => (number === 16 ? [] : [index]));
    expect(tries.map((index, at) => index - (tries[at - 1] ?? 0)).slice(0, 8)).toEqual([
      1, 4, 6, 10, 10, 10, 10, 10,
    ]);
  });

  it('learns from quicker rounds a little at a time', () => {
    expect(round(settledAt(16, { rest: 1 }), { workers: 16, operationMs: 40 }).quickMs).toBe(47);
  });
});
