/** @jest-environment ./src/testing/ort-environment.js */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  resolveNetwork,
  fitPatterns,
  sliceSamples,
  type Backend,
  type Network,
  type Pattern,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { isLinear, toNeuronMajor } from '@patternlens/core/network';
import { RARE, type PatternKind } from '@patternlens/core/patterns';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { readOnnx } from './read-onnx.js';
import { onnxBackend } from './run/onnx-backend.js';
import { hasSharedData, readArray, relativeL2, sharedData } from './testing/shared-data.js';

const onnx = onnxBackend({ ort });
const reference = referenceBackend();

afterAll(() => onnx.dispose());

/** Real networks, with as many samples as the reference has time for. */
const networks = [
  {
    name: 'ResNet-20',
    model: 'models/cifar10-resnet20.onnx',
    data: 'models/cifar10-resnet20.fit.npy',
    samples: 12,
  },
  {
    name: 'SqueezeNet',
    model: 'squeezenet/squeezenet1.0.onnx',
    data: 'inputs/squeezenet.fit.npy',
    samples: 1,
  },
];

interface Compared {
  readonly layer: string;
  readonly kind: PatternKind;
  readonly neuron: number;
  readonly distance: number;
}

const rowsOf = ({ layout, directions }: Pattern, kind: PatternKind): Float64Array[] => {
  const { data, shape } = toNeuronMajor(layout, directions[kind]!);
  const each = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, row) =>
    Float64Array.from(data.subarray(row * each, (row + 1) * each)),
  );
};

/** Neurons whose regimes held the same number of samples on both, ten or more in the one that is compared; and how many there are of the others. */
function compare(
  actual: PatternSet,
  expected: PatternSet,
): { compared: Compared[]; others: number } {
  const compared: Compared[] = [];
  let others = 0;
  for (const [layer, pattern] of expected.layers) {
    const mine = actual.layers.get(layer)!;
    for (const kind of ['linear', 'positive', 'negative'] as const) {
      const rows = rowsOf(mine, kind);
      rowsOf(pattern, kind).forEach((row, neuron) => {
        const count = pattern.counts[neuron]!;
        const seen = kind === 'negative' ? pattern.samples - count : count;
        if (mine.counts[neuron] === count && seen >= RARE)
          compared.push({ layer, kind, neuron, distance: relativeL2(rows[neuron]!, row) });
        else others++;
      });
    }
  }
  return { compared, others };
}

/** `w'a` of every live neuron: one that fired, and has weights. */
function weightsTimesPatterns(network: Network, patterns: PatternSet): number[] {
  return resolveNetwork(network)
    .layers.filter(isLinear)
    .flatMap((layer) => {
      const pattern = patterns.layers.get(layer.name);
      if (!pattern) return [];
      const { data, shape } = toNeuronMajor(pattern.layout, layer.parameters['weights']!.tensor);
      const each = shape[1]!;
      return rowsOf(pattern, 'positive').flatMap((row, neuron) => {
        const weights = data.subarray(neuron * each, (neuron + 1) * each);
        if (pattern.counts[neuron]! < RARE || weights.every((weight) => weight === 0)) return [];
        return [row.reduce((sum, value, at) => sum + value * weights[at]!, 0)];
      });
    });
}

describe.each(networks)('patterns of $name', ({ model, data, samples }) => {
  const run = hasSharedData ? it : it.skip;

  run(
    'are the same in float32 as in float64',
    async () => {
      const network = await readOnnx(readFileSync(join(sharedData, model)));
      const x: Tensor = sliceSamples(readArray(join(sharedData, data)), 0, samples);
      const fit = (backend: Backend): Promise<PatternSet> => fitPatterns(network, [x], { backend });
      const actual = await fit(onnx),
        expected = await fit(reference);
      const { compared, others } = compare(actual, expected);
      expect(compared.filter(({ distance }) => !(distance < 1e-4))).toEqual([]);
      expect(others).toBeLessThan(0.2 * compared.length);
      const products = weightsTimesPatterns(network, actual);
      expect(products.length).toBeGreaterThan(500);
      expect(Math.max(...products.map((product) => Math.abs(product - 1)))).toBeLessThan(1e-4);
    },
    240_000,
  );
});
