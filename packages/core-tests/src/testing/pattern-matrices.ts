import { type Network, type PatternSet, type Tensor } from '@patternlens/core';

export const total = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0);
export const rows = ({ data, shape }: Tensor): number[][] =>
  Array.from({ length: shape[0]! }, (_, at) => {
    const each = data.length / shape[0]!;
    return Array.from(data.subarray(at * each, (at + 1) * each));
  });
export const weightsOf = (network: Network, layer: string): number[][] =>
  rows(network.layers.find(({ name }) => name === layer)!.parameters['weights']!.tensor);
export const patternOf = (patterns: PatternSet, layer: string): Tensor =>
  patterns.layers.get(layer)!.directions.positive!;
/** What a dense layer sends back: `sum over neurons of r_n m_n`, m its patterns, or weights times patterns. */
export const back = (matrix: readonly number[][], relevance: readonly number[]): number[] =>
  matrix[0]!.map((_, d) => total(relevance.map((value, n) => value * matrix[n]![d]!)));
export const matrixFor = (
  method: string,
  network: Network,
  patterns: PatternSet,
  layer: string,
) => {
  const w = weightsOf(network, layer);
  return rows(patternOf(patterns, layer)).map((a, n) =>
    a.map((value, d) => (method === 'pattern-net' ? value : value * w[n]![d]!)),
  );
};
export const patternMethods = ['pattern-net', 'pattern-attribution'] as const;
