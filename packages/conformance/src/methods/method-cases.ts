import {
  resolveNetwork,
  chooseMethod,
  METHODS,
  type MethodChoice,
  type MethodDefinition,
} from '@patternlens/core';
import { exampleOf, reportMethod } from '@patternlens/core/tracing';
import type { ConformanceCase } from '../conformance-case.js';
import { gatedSample } from '../networks/gated-sample.js';
import { networkSamples, plainNetwork, residualSample } from '../networks/network-samples.js';
import { deepCases } from './deep-cases.js';
import { driverCases } from './driver-cases.js';
import { methodCase } from './method-case.js';

/** Parameters that lead to other programs. */
const choices: readonly MethodChoice[] = [
  { id: 'lrp-0', bias: 'ignore' },
  { id: 'lrp-epsilon', epsilon: 0.1, bias: 'distribute' },
  { id: 'lrp-gamma', generalised: 'yes' },
  { id: 'lrp-alpha-beta', alpha: 1.5, bias: 'distribute' },
  { id: 'deep-taylor', low: -4, high: 4 },
  { id: 'pattern-net', estimator: 'linear' },
  { id: 'pattern-net', estimator: 'random' },
  { id: 'pattern-net', regimes: 'both' },
  { id: 'pattern-attribution', estimator: 'linear' },
  { id: 'pattern-attribution', estimator: 'filter' },
  { id: 'pattern-attribution', estimator: 'identity' },
  { id: 'pattern-attribution', regimes: 'both' },
];

/** What methods do with gates and with activations that are their own. */
const gated: readonly MethodChoice[] = [
  'deconvnet',
  'guided-backprop',
  'lrp-epsilon',
  { id: 'lrp-epsilon', gate: 'half' },
  'pattern-attribution',
  { id: 'pattern-net', gate: 'half' },
];

/** Additions whose summands share what comes back. */
const sharing: readonly MethodChoice[] = [
  { id: 'pattern-net', add: 'share' },
  { id: 'pattern-attribution', add: 'share' },
];

const plain = plainNetwork();
const segmented = resolveNetwork(plain, { output: 'convolution3' });

/** A method with its usual parameters; where bounds of the input have to be given, they lie beyond the inputs that are drawn. */
const usual = (definition: MethodDefinition): MethodChoice => {
  const choice = exampleOf(definition);
  return 'low' in choice ? chooseMethod(definition.id, { low: -4, high: 4 }) : choice;
};

/** Methods composed of the rules of others are not run on every network again. */
const composed = (id: string): boolean => id.startsWith('epsilon-');
const FEW = 3;

/** Drivers have cases of their own. */
const definitions = METHODS.filter(({ driver }) => !driver);
const some = ['gradient', 'guided-backprop', 'lrp-0', 'pattern-attribution'] as const;

/** Every method on every small network, and what can be asked of a method: parameters, targets, starts, neurons of layers, values beyond float32. */
export const methodCases: readonly ConformanceCase[] = [
  ...networkSamples.flatMap(({ name, network }, at) =>
    definitions
      .filter(
        ({ id }) =>
          (at < FEW || !composed(id)) && reportMethod(resolveNetwork(network), id).supported,
      )
      .map((definition) => methodCase(usual(definition), name, network)),
  ),
  ...networkSamples
    .slice(0, FEW)
    .flatMap(({ name, network }) => choices.map((choice) => methodCase(choice, name, network))),
  ...gated.map((choice) => methodCase(choice, gatedSample.name, gatedSample.network)),
  ...sharing.map((choice) => methodCase(choice, residualSample.name, residualSample.network)),
  ...definitions.map((definition) =>
    methodCase(usual(definition), 'chosen classes, one a sample', plain, { target: [3, 0, 2] }),
  ),
  ...some.flatMap((id) => [
    methodCase(id, 'a network, started from one', plain, { start: 'one' }),
    methodCase(id, 'a network, started from the value', plain, { start: 'value' }),
    methodCase(id, "a layer's strongest neuron", plain, { layer: 'convolution3' }),
    methodCase(id, "a layer's strongest neuron of a channel", plain, {
      layer: 'convolution3',
      channel: [1, 4, 0],
    }),
    methodCase(id, "a layer's neuron at a position", plain, {
      layer: 'convolution3',
      target: [17, 0, 60],
    }),
    methodCase(id, 'channels at all of their positions', segmented, {
      channels: true,
      target: [1, 4, -1],
    }),
  ]),
  ...deepCases,
  ...driverCases,
];
