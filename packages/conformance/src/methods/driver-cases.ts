import type { LayerTarget, MethodChoice, Network, Target } from '@patternlens/core';
import type { ConformanceCase } from '../conformance-case.js';
import { networkInputs } from '../networks/network-sample.js';
import { networkSamples, plainNetwork } from '../networks/network-samples.js';
import { agreeWhenDriven } from './driven.js';

const BATCH = 3;

type Choice = MethodChoice & object;

/** Few runs each, since what a driver adds to its program is computed on the host, the same for all backends. */
const integrated = { id: 'integrated-gradients', steps: 4 } as const;
const smooth = { id: 'smoothgrad', samples: 3 } as const;
const occluded = { id: 'occlusion', patch: 4, stride: 4 } as const;

const titleOf = ({ id, ...parameters }: Choice): string =>
  `${id} (${Object.entries(parameters)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')})`;

function driverCase(
  method: Choice,
  what: string,
  network: Network,
  target: Target = 'top',
): ConformanceCase {
  const name = `${titleOf(method)} of ${what}`;
  return {
    name,
    group: 'method',
    subject: method.id,
    run: (backend, reference) => {
      const inputs = networkInputs(network, BATCH, 500);
      return agreeWhenDriven(name, { network, method, inputs, target }, backend, reference);
    },
  };
}

const plain = plainNetwork();
const neuron: LayerTarget = { layer: 'convolution3', channel: 1, position: 'max' };

/** Drivers on small networks: every run under the backend's own decisions, in batches that are not the samples'. */
export const driverCases: readonly ConformanceCase[] = [
  ...networkSamples
    .filter((_, at) => [0, 1, 5, 7].includes(at))
    .flatMap(({ name, network }) =>
      [integrated, smooth, occluded].map((method) => driverCase(method, name, network)),
    ),
  ...(
    [
      { ...integrated, quadrature: 'gauss-legendre', baseline: 0.5 },
      { ...smooth, variant: 'variance' },
      { ...smooth, of: 'guided-backprop' },
      { ...occluded, score: 'probability' },
    ] as const
  ).map((method) => driverCase(method, 'a plain convolutional network', plain)),
  ...[integrated, smooth, occluded].flatMap((method) => [
    driverCase(method, 'chosen classes, one a sample', plain, [3, 0, 2]),
    driverCase(method, "a layer's strongest neuron of a channel", plain, neuron),
  ]),
];
