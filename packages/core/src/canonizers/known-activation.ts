import type { ActivationAttributes } from '../layers/kinds/activation-functions.js';
import type { Layer } from '../layers/layer.js';
import { commonShape } from '../tensor/broadcast.js';
import { product } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import { type ElementwisePart, evaluatePart } from './elementwise-part.js';

/** An activation that a part of a network computes. */
export type KnownActivation =
  | { readonly kind: 'rectifier' }
  | {
      readonly kind: 'activation';
      readonly attributes: ActivationAttributes;
      /** Of a parametric rectifier. */
      readonly slope?: Tensor;
    };

/** Where functions are compared: on both sides of every bend that the known ones have, and where one of them differs from the others. */
const NUMBERS = [
  -100, -20, -8, -6.5, -5, -4, -3.1, -2.9, -2.4, -2, -1.3, -1, -0.7, -0.5, -0.3, -0.1, -1e-3, 0,
  1e-3, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 1, 1.1, 1.7, 2, 2.4, 2.6, 2.9, 3.1, 4, 5.9, 6.1, 8, 20, 100,
];

/** Constants of float32 leave this much, times `1 + |x|`. */
const TOLERANCE = 1e-6;

/** Constants of more places are none of an activation's. */
const LARGEST = 16_384;

/** The values of a part: by number, one for each place of its constants. */
interface Sampled {
  readonly at: (x: number) => Float64Array;
  readonly shape: readonly number[];
}

function sample(part: ElementwisePart): Sampled | undefined {
  const shape = part.layers
    .flatMap(({ parameters }) => Object.values(parameters))
    .reduce<readonly number[]>((common, entry) => commonShape(common, entry.tensor.shape), []);
  const places = product(shape);
  if (places > LARGEST) return undefined;
  const data = Float64Array.from({ length: NUMBERS.length * places }, (_, at) => {
    return NUMBERS[Math.floor(at / places)]!;
  });
  const values = evaluatePart(part, tensor(data, [NUMBERS.length, ...shape])).data;
  return {
    shape,
    at: (x) => {
      const row = NUMBERS.indexOf(x) * places;
      return Float64Array.from(values.subarray(row, row + places));
    },
  };
}

/** Whether a part is a function, place by place. */
const equals = ({ at }: Sampled, wanted: (x: number, place: number) => number): boolean =>
  NUMBERS.every((x) =>
    at(x).every(
      (value, place) => Math.abs(value - wanted(x, place)) <= TOLERANCE * (1 + Math.abs(x)),
    ),
  );

const single = (attributes: ActivationAttributes): KnownActivation => ({
  kind: 'activation',
  attributes,
});

/** Activations that are one function, without constants of their own. */
const fixed: readonly ActivationAttributes[] = [
  { function: 'silu' },
  { function: 'hard-swish' },
  { function: 'gelu', approximation: 'none' },
  { function: 'gelu', approximation: 'tanh' },
  { function: 'mish' },
  { function: 'sigmoid' },
];

/** The value of an activation at each of the numbers, by its own definition. */
function valuesOf(attributes: ActivationAttributes): (x: number) => number {
  const layer: Layer = {
    kind: 'activation',
    name: 'known',
    inputs: ['x'],
    output: 'y',
    attributes,
    parameters: {},
  };
  const { data } = evaluatePart({ input: 'x', layers: [layer] }, tensor(NUMBERS, [NUMBERS.length]));
  return (x) => data[NUMBERS.indexOf(x)]!;
}

/** A rectifier with a slope below 0, one for all or one for each place. */
function leaky(sampled: Sampled): KnownActivation | undefined {
  const slopes = sampled.at(-1).map((value) => -value);
  if (!equals(sampled, (x, place) => (x > 0 ? x : slopes[place]! * x))) return undefined;
  const [slope] = slopes as unknown as [number];
  if (slopes.some((other) => other !== slope))
    return {
      kind: 'activation',
      attributes: { function: 'parametric-rectifier' },
      slope: tensor(Float32Array.from(slopes), sampled.shape),
    };
  // Slopes of 1 and -1 are the number itself, and its magnitude.
  if (Math.abs(slope) === 1) return undefined;
  return slope === 0 ? { kind: 'rectifier' } : single({ function: 'leaky-rectifier', slope });
}

/** A value held between two bounds: in a wider sense, `scale * x + shift` held between 0 and 1. */
function bounded(sampled: Sampled): KnownActivation | undefined {
  const [low, high] = [sampled.at(-100)[0]!, sampled.at(100)[0]!];
  if (low === -100 || high === 100 || !(low < high)) return undefined;
  if (equals(sampled, (x) => Math.min(Math.max(x, low), high)))
    return single({ function: 'clip', low, high });
  const beta = sampled.at(0)[0]!;
  const alpha = (sampled.at(0.1)[0]! - sampled.at(-0.1)[0]!) / 0.2;
  const isUnit = Math.abs(low) <= TOLERANCE && Math.abs(high - 1) <= TOLERANCE;
  if (!isUnit || !(alpha > 0)) return undefined;
  return equals(sampled, (x) => Math.min(Math.max(alpha * x + beta, 0), 1))
    ? single({ function: 'hard-sigmoid', alpha, beta })
    : undefined;
}

/** The activation that a part of a network spells out, whatever its steps are: known by what it makes of numbers. */
export function knownActivation(part: ElementwisePart): KnownActivation | undefined {
  const sampled = sample(part);
  if (!sampled) return undefined;
  const known = fixed.find((attributes) => equals(sampled, valuesOf(attributes)));
  return known ? single(known) : (leaky(sampled) ?? bounded(sampled));
}
