import type { LineMark } from '@patternlens/heatmap';

const HALF_WIDTH = 1.2;
const HEAD = 9;
/** Half the head's width as a share of its length. */
const SPREAD = 0.42;

/** An arrow from one point to another, as lines that lie so close that they are one. */
export function arrowMarks(
  from: readonly [number, number],
  to: readonly [number, number],
  colour: string,
): readonly LineMark[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return [];
  const along = [dx / length, dy / length] as const;
  const across = [-along[1], along[0]] as const;
  const head = Math.min(HEAD, length);
  const at = (forward: number, aside: number): [number, number] => [
    from[0] + forward * along[0] + aside * across[0],
    from[1] + forward * along[1] + aside * across[1],
  ];
  const marks: LineMark[] = [];
  const line = (...points: [number, number][]): void => {
    marks.push({ kind: 'line', points: points.flat(), colour });
  };
  for (let aside = -HALF_WIDTH; aside <= HALF_WIDTH; aside += 0.4)
    line(at(0, aside), at(length - head / 2, aside));
  for (let share = -1; share <= 1; share += 0.125)
    line(at(length, 0), at(length - head, share * SPREAD * head));
  return marks;
}
