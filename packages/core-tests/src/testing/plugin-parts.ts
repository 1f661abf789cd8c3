import { type Network, type Plugin } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import {
  defineEstimator,
  defineMethod,
  definePlugin,
  defineRule,
  kinds,
  layoutKinds,
  linearKinds,
  normaliseDirections,
  passRule,
  rectifiers,
  type PluginDefinition,
} from '@patternlens/core/rules';
import { layerOf, rectifierOf } from './layer-of.js';
import { random } from './random.js';

const r = random(5);

/** Two dense layers with a rectifier between them. */
export const small: Network = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 4] }],
  outputs: ['logits'],
  layers: [
    layerOf('dense', 'hidden', 'x', {}, { weights: r.normal([3, 4]), bias: r.normal([3]) }),
    rectifierOf('relu', 'hidden'),
    layerOf('dense', 'logits', 'relu', {}, { weights: r.normal([2, 3]) }),
  ],
});

export const samples = r.normal([24, 4]);

/** Relevance in proportion to the size of each contribution, with a small share for all inputs alike. */
export const absolute = defineRule({
  id: 'absolute',
  parameters: { even: { default: 0, atLeast: 0 } },
  refuses: (layer) => (layer.kind === 'scale' ? 'it has one weight a channel' : undefined),
  backward: ({ ops, inputs, linear }, relevance, { even }) => {
    const size = ops.add(ops.abs(inputs[0]!), ops.scalar(even));
    const weights = ops.abs(linear!.weights);
    const share = ops.safeDiv(relevance, linear!.forward(size, weights));
    return [ops.mul(size, linear!.transpose(share, weights))];
  },
});

export const lrpAbsolute = defineMethod({
  id: 'lrp-absolute',
  group: 'attribution',
  start: 'value',
  parameters: { even: { default: 0, atLeast: 0 } },
  composite: ({ even }) => [
    [linearKinds, absolute.make({ even })],
    [rectifiers, passRule],
    [layoutKinds, passRule],
  ],
});

/** The mean of the inputs on which the neuron fires. */
export const meanEstimator = defineEstimator({
  id: 'firing-mean',
  estimate: (layer, moments) => ({
    positive: normaliseDirections(layer, (neuron) =>
      moments.positiveX.slice(neuron * layer.inputs, (neuron + 1) * layer.inputs),
    ),
  }),
});

/** Each neuron's weights by their signs: known without data. */
export const signEstimator = defineEstimator({
  id: 'sign',
  fitted: false,
  estimate: (layer) => ({
    positive: normaliseDirections(layer, (_neuron, row) => Float64Array.from(row, Math.sign)),
  }),
});

export const plugin = definePlugin({
  name: 'patternlens-absolute',
  version: '1.2.0',
  rules: [absolute],
  methods: [lrpAbsolute],
  estimators: [meanEstimator, signEstimator],
});

/** A plug-in of one method, whose dense layers take a rule. */
export const pluginOf = (
  backward: Parameters<typeof defineRule>[0]['backward'],
  more: Partial<PluginDefinition> = {},
): Plugin =>
  definePlugin({
    name: 'odd-plugin',
    version: '3.0.0',
    methods: [
      defineMethod({
        id: 'odd',
        group: 'signal',
        start: 'one',
        composite: () => [
          [kinds('dense'), defineRule({ id: 'odd-rule', backward }).make()],
          [rectifiers, passRule],
        ],
      }),
    ],
    ...more,
  });

/** A layer of a kind of its own. */
export const cube: Layer = layerOf('custom', 'cubed', 'x', {
  type: 'cube',
  forward: ({ ops, inputs }) => ops.mul(inputs[0]!, ops.mul(inputs[0]!, inputs[0]!)),
  gradient: ({ ops, inputs }, _output, back) => [
    ops.mul(back, ops.mul(ops.scalar(3), ops.mul(inputs[0]!, inputs[0]!))),
  ],
});
