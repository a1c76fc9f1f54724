import { describe, expect, test } from 'vitest';
import {
  BoundedSchedules,
  type ChoiceOrder,
  searchBounded,
  spreadChoice,
} from '../../src/sim/search/bounded.ts';
import type { DeviationPoint } from '../../src/sim/strategies/replay.ts';

/** A run of three decisions; the first one's last choice adds a fourth. */
const aritiesOf = (points: readonly DeviationPoint[]): number[] => {
  const isLonger = points.some(({ index, choice }) => index === 0 && choice === 2);
  return isLonger ? [3, 2, 7, 2] : [3, 2, 7];
};

function visited(deviations: number, order: ChoiceOrder, shard = { index: 0, count: 1 }): string[] {
  const schedules = new BoundedSchedules(deviations, { order, shard });
  const found: string[] = [];
  while (!schedules.isOver) {
    if (schedules.isVisit)
      found.push(schedules.points.map(({ index, choice }) => `${index}:${choice}`).join(' '));
    schedules.advance(aritiesOf(schedules.points));
  }
  return found;
}

describe('schedules by their deviations', () => {
  test('ascending order goes through one decision after the other', () => {
    expect(visited(0, 'ascending')).toEqual(['']);
    expect(visited(1, 'ascending')).toEqual(['0:1', '0:2', '1:1', '2:1', '2:2', '2:3', '2:4', '2:5', '2:6']);
  });

  test('spread order takes the first choice of each decision before the second of any', () => {
    expect(visited(1, 'spread')).toEqual(['0:1', '1:1', '2:1', '0:2', '2:6', '2:2', '2:5', '2:3', '2:4']);
  });

  test.each([0, 1, 2, 3, 4])(
    'both orders have the same schedules of %i deviations, each once',
    (deviations) => {
      const ascending = visited(deviations, 'ascending');
      expect(new Set(ascending).size).toBe(ascending.length);
      expect(visited(deviations, 'spread').sort()).toEqual(ascending.sort());
      // Decision 3 exists only after choice 2 of decision 0.
      expect(ascending.length).toBe([1, 9, 21, 19, 6][deviations]);
    },
  );

  test.each([0, 1, 2])('shards of %i deviations are disjoint, and together the whole', (deviations) => {
    const parts = [0, 1, 2].flatMap((index) => visited(deviations, 'ascending', { index, count: 3 }));
    expect(parts.sort()).toEqual(visited(deviations, 'ascending').sort());
  });

  test('a visit that says no ends the search', () => {
    let left = 3;
    const isDone = searchBounded({
      deviations: 1,
      run: (points) => ({ decisions: { length: 3, arities: aritiesOf(points) } }),
      visit: () => --left > 0,
    });
    expect([isDone, left]).toEqual([false, 0]);
  });
});

test.each([1, 2, 4, 5, 8, 9, 100, 4095])('%i choices in spread order are all of them, each once', (count) => {
  const choices = Array.from({ length: count }, (_, place) => spreadChoice(place, count));
  expect(choices.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});
