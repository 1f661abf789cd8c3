import { type Network, type Pattern, type PatternSet } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { mapTensor } from '@patternlens/core/tensor';
import type { ConformanceCase } from '../conformance-case.js';
import { drawer } from '../layers/draw.js';
import { layerOf } from '../layers/layer-of.js';
import { fittedPatterns } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { agreeUnderEqualGates } from './equal-gates.js';

const LAYERS = 16;

/** A chain of dense layers. */
function deepNetwork(): Network {
  const make = drawer('normal', 13);
  const layers: Layer[] = Array.from({ length: LAYERS }, (_, at) =>
    layerOf(
      'dense',
      `dense${at}`,
      at === 0 ? 'x' : `dense${at - 1}`,
      {},
      {
        weights: make([6, 6], 0.4),
      },
    ),
  );
  return createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, 6] }],
    outputs: [layers.at(-1)!.name],
    layers,
  });
}

/** Patterns of other sizes: a power of two for each layer. */
function resized(patterns: PatternSet, exponentOf: (layer: number) => number): PatternSet {
  const layers = [...patterns.layers].map(([name, pattern], at): [string, Pattern] => {
    const directions = Object.fromEntries(
      Object.entries(pattern.directions).map(([kind, values]) => [
        kind,
        mapTensor(values, (value) => value * 2 ** exponentOf(at)),
      ]),
    );
    return [name, { ...pattern, directions }];
  });
  return { ...patterns, layers: new Map(layers) };
}

const network = deepNetwork();

const cases: readonly { name: string; exponentOf: (layer: number) => number }[] = [
  { name: 'with an exponent, above float32', exponentOf: () => 20 },
  { name: 'with an exponent, below float32', exponentOf: () => -20 },
  {
    name: 'within float32, though it is not on the way',
    exponentOf: (layer) => (layer < LAYERS / 2 ? 24 : -24),
  },
];

/** PatternNet through layers whose patterns multiply to what float32 does not hold. */
export const deepCases: readonly ConformanceCase[] = cases.map(({ name: what, exponentOf }) => {
  const name = `pattern-net ${what}`;
  return {
    name,
    group: 'method',
    subject: 'pattern-net',
    run: async (backend, reference) => {
      const patterns = resized(await fittedPatterns(network, reference), exponentOf);
      const inputs = networkInputs(network, 3, 500);
      const options = { method: 'pattern-net', patterns, start: 'one' } as const;
      return agreeUnderEqualGates(name, { network, options, inputs }, backend, reference);
    },
  };
});
