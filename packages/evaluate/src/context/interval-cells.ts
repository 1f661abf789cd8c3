import type { Interval } from '../statistics/bootstrap.js';

/** The three cells of an interval in a table. */
export const intervalCells = ({ mean, low, high }: Interval): (number | null)[] => [
  mean,
  low,
  high,
];

/** The columns over them. */
export const intervalColumns = (name: string): string[] => [name, 'low', 'high'];
