import {
  resolveNetwork,
  chooseMethod,
  METHODS,
  type MethodChoice,
  type MethodDefinition,
  type Network,
  type TraceOptions,
} from '@patternlens/core';
import { exampleOf, reportMethod, resolveMethod } from '@patternlens/core/tracing';
import type { ConformanceCase } from '../conformance-case.js';
import { fittedPatterns } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples, plainNetwork } from '../networks/network-samples.js';
import { deepCases } from './deep-cases.js';
import { driverCases } from './driver-cases.js';
import { agreeUnderEqualGates, type Explained } from './equal-gates.js';

const BATCH = 3;

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

const titleOf = (choice: MethodChoice): string => {
  if (typeof choice === 'string') return choice;
  const { id, ...parameters } = choice;
  const words = Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`);
  return words.length === 0 ? id : `${id} (${words.join(', ')})`;
};

/** Gamma's denominators are sums of both signs that no rectifier stands behind. These samples are such that none is nearly zero, where a quotient would say
 * more about rounding than about a backend. */
const seedOf = (id: string): number => (id.includes('gamma') ? 503 : 500);

type Asked = Pick<Explained, 'target' | 'channel'> &
  Pick<TraceOptions, 'start' | 'layer' | 'channels'>;

/** A case of one method on one network. */
function methodCase(
  choice: MethodChoice,
  what: string,
  network: Network,
  { target, channel, start, layer, channels }: Asked = {},
): ConformanceCase {
  const name = `${titleOf(choice)} of ${what}`;
  const method = resolveMethod(choice);
  return {
    name,
    group: 'method',
    subject: method.id,
    run: async (backend, reference) => {
      const patterns = method.needsPatterns ? await fittedPatterns(network, reference) : undefined;
      const inputs = networkInputs(network, BATCH, seedOf(method.id));
      const options = { method: choice, patterns, start, layer, channels };
      const explained = { network, options, inputs, target, channel };
      return agreeUnderEqualGates(name, explained, backend, reference);
    },
  };
}

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
