import {
  resolveNetwork,
  createExplainer,
  fitPatterns,
  tensor,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, isFitted, toNeuronMajor } from '@patternlens/core/network';
import { RARE } from '@patternlens/core/patterns';
import type { ConformanceCase } from '../conformance-case.js';
import { layerOf } from '../layers/layer-of.js';
import { FITTED_SAMPLES } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples, plainNetwork } from '../networks/network-samples.js';
import { formulaCase } from './formula-case.js';
import { invariant } from './invariant.js';

const LIMIT = 1e-4;

/** The directions of the signal and of the distractor. */
const SIGNAL = [1, 0.5, -0.25, 0],
  DISTRACTOR = [1, -1, 0.5, 2];

/** Weights that take the signal for 1 and the distractor for 0; they point elsewhere than the signal. */
const WEIGHTS = [0.8, 0.4, 0, -0.2];

/** `x = signal y + distractor e` over all signs of y and e, several sizes of both. */
function toySamples(): Tensor {
  const sizes = [-2, -1, 1, 2];
  const rows = sizes.flatMap((y) =>
    sizes.map((e) => SIGNAL.map((value, at) => value * y + DISTRACTOR[at]! * e)),
  );
  return tensor(Float32Array.from(rows.flat()), [rows.length, SIGNAL.length]);
}

function toyNetwork(): Network {
  const weights = tensor(Float32Array.from(WEIGHTS), [1, WEIGHTS.length]);
  return createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, WEIGHTS.length] }],
    outputs: ['y'],
    layers: [layerOf('dense', 'y', 'x', {}, { weights })],
  });
}

const toyCases = (['linear', 'two-component'] as const).map((estimator) =>
  invariant(
    `the toy model's signal is recovered, ${estimator} estimator`,
    'known truth',
    async ({ backend, same }) => {
      const network = toyNetwork();
      const patterns = await fitPatterns(network, [toySamples()], { backend });
      const method = { id: 'pattern-net', estimator } as const;
      const explainer = await createExplainer(network, { backend, method, patterns, start: 'one' });
      try {
        const { relevanceByInput } = await explainer.explain(
          tensor(Float32Array.of(1, 2, 3, 4), [1, 4]),
        );
        return same(relevanceByInput, { x: tensor(SIGNAL, [1, 4]) }, LIMIT);
      } finally {
        await explainer.dispose();
      }
    },
  ),
);

const productCases = networkSamples.map(({ name, network }) =>
  invariant(`w'a is 1 for neurons that fire: ${name}`, 'known truth', async (scope) => {
    const { backend, fail } = scope;
    const data = [networkInputs(network, FITTED_SAMPLES, 900)];
    const patterns = await fitPatterns(network, data, { backend });
    let worst = 0,
      live = 0;
    for (const layer of resolveNetwork(network).layers.filter(isFitted)) {
      const { layout, directions, counts } = patterns.layers.get(layer.name)!;
      const w = toNeuronMajor(layout, layer.parameters['weights']!.tensor);
      const a = toNeuronMajor(layout, directions.positive!);
      const each = w.shape[1]!;
      counts.forEach((count, neuron) => {
        if (count < RARE) return;
        live++;
        let product = 0;
        for (let at = neuron * each; at < (neuron + 1) * each; at++)
          product += w.data[at]! * a.data[at]!;
        const off = Math.abs(product - 1);
        if (!(off <= LIMIT)) fail(`layer "${layer.name}", neuron ${neuron}: w'a is ${product}`);
        worst = Math.max(worst, off);
      });
    }
    if (live === 0) fail('no neuron fired');
    return worst;
  }),
);

const conservationCases = (['lrp-0', 'input-x-gradient'] as const).map((method) =>
  invariant(
    `without biases, ${method} sums to what is explained`,
    'known truth',
    async ({ backend, same }) => {
      const network = plainNetwork({ bias: false });
      const explainer = await createExplainer(network, { backend, method });
      try {
        const { sums, explained } = await explainer.explain(networkInputs(network, 4, 77));
        return same({ sums: tensor(sums, [4]) }, { sums: tensor(explained, [4]) }, LIMIT);
      } finally {
        await explainer.dispose();
      }
    },
  ),
);

/** Cases whose results are known without a reference. */
export const truthCases: readonly ConformanceCase[] = [
  ...toyCases,
  formulaCase,
  ...productCases,
  ...conservationCases,
];
