import {
  canonize,
  exampleOf,
  METHODS,
  reportMethod,
  resolveMethod,
  type MethodChoice,
  type Network,
  type TraceOptions,
} from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { fittedPatterns } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples, plainNetwork } from '../networks/network-samples.js';
import { deepCases } from './deep-cases.js';
import { agreeUnderEqualGates, type Explained } from './equal-gates.js';

const BATCH = 3;

/** Parameters that lead to other programs. */
const choices: readonly MethodChoice[] = [
  { id: 'lrp-epsilon', epsilon: 0.1 },
  { id: 'pattern-net', estimator: 'linear' },
  { id: 'pattern-net', estimator: 'random' },
  { id: 'pattern-net', regimes: 'both' },
  { id: 'pattern-attribution', estimator: 'linear' },
  { id: 'pattern-attribution', estimator: 'filter' },
  { id: 'pattern-attribution', estimator: 'identity' },
  { id: 'pattern-attribution', regimes: 'both' },
];

const titleOf = (choice: MethodChoice): string => {
  if (typeof choice === 'string') return choice;
  const { id, ...parameters } = choice;
  return `${id} (${Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')})`;
};

type Asked = Pick<Explained, 'target' | 'channel'> & Pick<TraceOptions, 'start' | 'layer'>;

/** A case of one method on one network. */
function methodCase(
  given: MethodChoice,
  what: string,
  network: Network,
  { target, channel, start, layer }: Asked = {},
): ConformanceCase {
  const definition = METHODS.find(({ id }) => id === given);
  const choice = definition ? exampleOf(definition) : given;
  const name = `${titleOf(given)} of ${what}`;
  const method = resolveMethod(choice);
  return {
    name,
    group: 'method',
    subject: method.id,
    run: async (backend, reference) => {
      const patterns = method.needsPatterns ? await fittedPatterns(network, reference) : undefined;
      const inputs = networkInputs(network, BATCH, 500);
      const options = { method: choice, patterns, start, layer };
      const explained = { network, options, inputs, target, channel };
      return agreeUnderEqualGates(name, explained, backend, reference);
    },
  };
}

const plain = plainNetwork();
/** Drivers have cases of their own. */
const ids = METHODS.filter(({ driver }) => !driver).map(({ id }) => id);
const some = ['gradient', 'guided-backprop', 'lrp-0', 'pattern-attribution'];

/** Every method on every small network, and what can be asked of a method: parameters, targets, starts, neurons of layers, values beyond float32. */
export const methodCases: readonly ConformanceCase[] = [
  ...networkSamples.flatMap(({ name, network }) =>
    ids
      .filter((id) => reportMethod(canonize(network), id).supported)
      .map((id) => methodCase(id, name, network)),
  ),
  ...networkSamples
    .slice(0, 3)
    .flatMap(({ name, network }) => choices.map((choice) => methodCase(choice, name, network))),
  ...ids.map((id) => methodCase(id, 'chosen classes, one a sample', plain, { target: [3, 0, 2] })),
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
  ]),
  ...deepCases,
];
