import { tensor, type Network } from '@patternlens/core';
import type { Tensor } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { uniforms } from '@patternlens/core/tensor';

const WEIGHTS = [1, 2];
const THRESHOLD = 1;

/** Two networks of one function, f(x) = max(x1 + 2 x2 - 1, 0) for all x, that patterns tell apart: they are fitted where a neuron fires,
 * and the first network has a neuron that fires at x1 + 2 x2 > 0 (Kindermans et al. 2017 fit per neuron; methods that look at the
 * function alone can't tell these two apart). */
export interface SameFunctionTwice {
  /** max(max(x1 + 2 x2, 0) - 1, 0). */
  readonly nested: Network;
  /** max(x1 + 2 x2 - 1, 0). */
  readonly direct: Network;
  /** Where both are explained, [1, 2], and f there. */
  readonly input: Tensor;
  readonly value: number;
  /** PatternAttribution with patterns fitted on endless data, uniform in the square of -1 to 1: a = (1/5, 2/5) for the first, where half of
   * the square is as good as the whole by symmetry; (2/9, 7/18) for the second. */
  readonly relevance: {
    readonly nested: readonly [number, number];
    readonly direct: readonly [number, number];
  };
  /** Data for the patterns, [N, 2]: multiples of 2^-16. */
  readonly data: (seed: number, count: number) => Tensor;
}

function dense(
  name: string,
  input: string,
  weights: readonly number[],
  bias: number,
): readonly Layer[] {
  const parameter = (values: readonly number[], shape: readonly number[]) => ({
    tensor: tensor(Float32Array.from(values), shape),
  });
  return [
    {
      kind: 'dense',
      name,
      inputs: [input],
      output: name,
      attributes: {},
      parameters: {
        weights: parameter(weights, [1, weights.length]),
        bias: parameter([bias], [1]),
      },
    },
    {
      kind: 'rectifier',
      name: `${name}:rectifier`,
      inputs: [name],
      output: `${name}:fires`,
      attributes: {},
      parameters: {},
    },
  ];
}

const networkOf = (layers: readonly Layer[]): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
    outputs: [layers.at(-1)!.output],
    layers,
  });

/** The pair of networks that shows that PatternAttribution depends on how a function is written down. */
export function sameFunctionTwice(): SameFunctionTwice {
  return {
    nested: networkOf([
      ...dense('first', 'x', WEIGHTS, 0),
      ...dense('second', 'first:fires', [1], -THRESHOLD),
    ]),
    direct: networkOf(dense('only', 'x', WEIGHTS, -THRESHOLD)),
    input: tensor(Float32Array.of(3, 3), [1, 2]),
    value: 8,
    relevance: { nested: [8 / 5, 32 / 5], direct: [16 / 9, 56 / 9] },
    data: (seed, count) => {
      const draw = uniforms(seed);
      const values = Float32Array.from(
        { length: 2 * count },
        () => Math.round((2 * draw() - 1) * 2 ** 16) / 2 ** 16,
      );
      return tensor(values, [count, 2]);
    },
  };
}
