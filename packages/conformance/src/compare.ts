import { formatShape, type Tensor } from '@patternlens/core';
import { Disagreement } from './disagreement.js';

/** Below this, a value counts as the zero that it should be. */
const NOTHING = 1e-30;

/** The relative L2 distance of a backend's value from the reference's.
 * @throws Disagreement where it is above the limit, where shapes differ, or where a value is not zero that has to be. */
export function compare(name: string, own: Tensor, reference: Tensor, limit: number): number {
  if (own.shape.join() !== reference.shape.join())
    throw new Disagreement(
      name,
      `expected shape ${formatShape(reference.shape)}, got ${formatShape(own.shape)}`,
    );
  let difference = 0,
    size = 0;
  for (let at = 0; at < reference.data.length; at++) {
    const want = reference.data[at]!,
      got = own.data[at]!;
    if (want === 0 && !(Math.abs(got) < NOTHING))
      throw new Disagreement(name, `value ${at} has to be 0, got ${got}`);
    difference += (got - want) ** 2;
    size += want ** 2;
  }
  const distance = difference === 0 ? 0 : Math.sqrt(difference / size);
  if (!(distance <= limit))
    throw new Disagreement(
      name,
      `relative L2 distance ${distance.toExponential(1)}, limit ${limit}`,
      distance,
    );
  return distance;
}
