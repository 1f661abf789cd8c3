import { type Tensor, type TensorRecord } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import { Disagreement } from './disagreement.js';

/** Below this, a value counts as the zero that it should be. */
const NOTHING = 1e-30;

export interface CompareOptions {
  /** Zeros of the reference have to be zeros; default: yes. Sums of fractions may cancel in float64 and not quite in float32. */
  readonly exactZeros?: boolean;
  /** What is compared, for the message. */
  readonly what?: string;
}

/** The relative L2 distance of a backend's value from the reference's.
 * @throws Disagreement where it is above the limit, where shapes differ, or where a value is not zero that has to be. */
export function compare(
  name: string,
  actual: Tensor,
  reference: Tensor,
  limit: number,
  { exactZeros = true, what }: CompareOptions = {},
): number {
  const fail = (message: string, distance?: number): never => {
    throw new Disagreement(name, what === undefined ? message : `${what}: ${message}`, distance);
  };
  if (actual.shape.join() !== reference.shape.join())
    fail(`expected shape ${formatShape(reference.shape)}, got ${formatShape(actual.shape)}`);
  if (actual.data.length !== reference.data.length)
    fail(`expected ${reference.data.length} values, got ${actual.data.length}`);
  let difference = 0,
    size = 0;
  for (let at = 0; at < reference.data.length; at++) {
    const want = reference.data[at]!,
      got = actual.data[at]!;
    if (exactZeros && want === 0 && !(Math.abs(got) < NOTHING))
      fail(`value ${at} has to be 0, got ${got}`);
    difference += (got - want) ** 2;
    size += want ** 2;
  }
  const distance = difference === 0 ? 0 : Math.sqrt(difference / size);
  if (!(distance <= limit))
    fail(`relative L2 distance ${distance.toExponential(1)}, limit ${limit}`, distance);
  return distance;
}

/** The largest distance over all outputs of a program. */
export function compareAll(
  name: string,
  actual: TensorRecord,
  reference: TensorRecord,
  limit: number,
  options: CompareOptions = {},
): number {
  return Object.entries(reference).reduce((worst, [output, value]) => {
    const mine = actual[output];
    if (!mine) throw new Disagreement(name, `output "${output}" is missing`);
    return Math.max(worst, compare(name, mine, value, limit, { ...options, what: output }));
  }, 0);
}
