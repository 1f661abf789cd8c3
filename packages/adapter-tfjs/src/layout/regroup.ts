import { arrangement, logical, type Order } from './order.js';

/** The order in which a reshaped value lies in memory if nothing is moved; undefined where it would have to be.
 * Axes that are split or merged have to lie beside each other. */
export function regroup(
  from: readonly number[],
  order: Order,
  to: readonly number[],
): number[] | undefined {
  const given = logical(from.length).filter((axis) => from[axis] !== 1);
  const wanted = logical(to.length).filter((axis) => to[axis] !== 1);
  /** For the first old axis of each group: how many old axes it has, and which new ones they become. */
  const groups = new Map<number, { readonly old: number[]; readonly made: number[] }>();
  let at = 0,
    next = 0;
  while (at < given.length) {
    const old = [given[at++]!],
      made: number[] = [];
    let before = from[old[0]!]!,
      behind = 1;
    while (before !== behind || made.length === 0) {
      if (behind < before || made.length === 0) {
        if (next === wanted.length) return undefined;
        made.push(wanted[next]!);
        behind *= to[wanted[next++]!]!;
      } else {
        if (at === given.length) return undefined;
        before *= from[given[at]!]!;
        old.push(given[at++]!);
      }
    }
    groups.set(old[0]!, { old, made });
  }
  const result: number[] = [];
  const lying = arrangement(from, order);
  for (let place = 0; place < lying.length;) {
    const group = groups.get(lying[place]!);
    if (!group || group.old.some((axis, step) => lying[place + step] !== axis)) return undefined;
    place += group.old.length;
    result.push(...group.made);
  }
  return withSingleAxes(to, result);
}

/** An order of the axes that have more than one entry, with the others added: each stands behind the axis that it follows. */
function withSingleAxes(shape: readonly number[], order: readonly number[]): number[] {
  return shape.reduce<number[]>(
    (whole, dim, axis) => {
      if (dim !== 1) return whole;
      return whole.toSpliced(axis === 0 ? 0 : whole.indexOf(axis - 1) + 1, 0, axis);
    },
    [...order],
  );
}
