import { describe, expect, it } from 'vitest';
import { createClock, toStamp } from './clock.ts';
import { parseDuration } from './duration.ts';
import { uuidFrom } from './uuid.ts';

describe('the clock', () => {
  it('moves by hand, never back', () => {
    const clock = createClock(1000);
    clock.advance(500);
    clock.advance(-500);
    clock.set(100);
    expect(clock.now()).toBe(1500);
    clock.set(2000);
    expect(clock.now()).toBe(2000);
  });

  it('follows real time at a speed, and may be moved on meanwhile', () => {
    let real = 0;
    const clock = createClock(0, () => real);
    clock.run(10);
    real = 100;
    expect(clock.now()).toBe(1000);
    clock.advance(5000);
    real = 200;
    expect(clock.now()).toBe(7000);
    clock.run(1);
    real = 300;
    expect(clock.now()).toBe(7100);
  });

  it('prints whole seconds', () => {
    expect(toStamp(1999)).toBe('1970-01-01T00:00:01Z');
  });
});

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['3m', 180_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it('refuses anything else', () => {
    expect(() => parseDuration('soon')).toThrow('duration "soon" is not understood');
  });
});

it('makes the same id from the same names, in the form of a version 5 UUID', () => {
  expect(uuidFrom('a', 'b')).toBe(uuidFrom('a', 'b'));
  expect(uuidFrom('a', 'b')).not.toBe(uuidFrom('ab'));
  expect(uuidFrom('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
