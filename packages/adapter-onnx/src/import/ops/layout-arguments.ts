import type { ConstantValue } from '../imported.js';
import type { NodeView } from '../node-view.js';

/** The order of axes that a transpose asks for; the other way round where it names none. */
export function permutationOf(node: NodeView, rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const permutation = node.ints('perm') ?? [...axes].reverse();
  if (permutation.length !== rank || axes.some((axis) => !permutation.includes(axis)))
    node.invalid(`its perm [${permutation.join(', ')}] must name each of ${rank} axes once.`);
  return permutation;
}

/** The first axis of the second of the two that a flatten makes; it may be behind the last. */
export function flattenAxis(node: NodeView, rank: number): number {
  const axis = node.int('axis', 1);
  return axis === rank ? axis : node.axis(axis, rank);
}

/** How often a tile repeats each axis. */
export function repeatsOf(node: NodeView, { tensor }: ConstantValue, rank: number): number[] {
  const repeats = Array.from(tensor.data);
  if (repeats.length !== rank || repeats.some((count) => !Number.isSafeInteger(count) || count < 0))
    node.invalid(
      `its repeats [${repeats.join(', ')}] must be ${rank} whole numbers, none of them negative.`,
    );
  return repeats;
}

/** The place that an index, which may count from behind, means. */
export function entryAt(node: NodeView, index: number, size: number): number {
  const place = index < 0 ? index + size : index;
  return Number.isInteger(place) && place >= 0 && place < size
    ? place
    : node.invalid(`index ${index} is not in an axis of ${size} entries.`);
}
