import type { Plane } from '@patternlens/heatmap';
import { mapSummary } from './map-summary.js';
import { strongPatches } from './strong-patches.js';

const plane = (height: number, width: number, values: Readonly<Record<number, number>>): Plane => {
  const all = new Float64Array(height * width);
  for (const [at, value] of Object.entries(values)) all[Number(at)] = value;
  return { values: all, width, height };
};

describe('a map in words', () => {
  // 8 x 8: 3 in row 2, column 2; 1 in row 7, column 7; -5 in row 6, column 2.
  const map = plane(8, 8, { 9: 3, 54: 1, 41: -5 });

  test('lists patches by the magnitude of their sum, none of which overlap', () => {
    expect(strongPatches(map, 10)).toEqual([
      { row: 5, column: 2, height: 3, width: 3, sum: -5 },
      { row: 2, column: 2, height: 3, width: 3, sum: 3 },
      { row: 6, column: 6, height: 3, width: 3, sum: 1 },
    ]);
  });

  test('says where what is positive lies, and the strongest patch', () => {
    expect(mapSummary(map).sentence).toBe(
      '75 % of positive relevance in the upper left quarter; strongest 3×3 (against) at row 5, column 2.',
    );
  });

  test('of a row, says in which half', () => {
    expect(mapSummary(plane(1, 6, { 4: 2, 0: 1 })).sentence).toBe(
      '67 % of positive relevance in the second half; strongest 1×3 (for) at row 1, column 4.',
    );
  });

  test('says that a map is zero', () => {
    expect(mapSummary(plane(4, 4, {})).sentence).toBe('All zero: nothing went back to the input.');
  });
});
