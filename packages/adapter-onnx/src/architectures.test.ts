/** @jest-environment ./src/testing/ort-environment.js */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type MethodId,
  createExplainer,
  type Explanation,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { isLinear } from '@patternlens/core/network';
import { allCnn } from '@patternlens/data';
import * as ort from 'onnxruntime-node';
import { readOnnx } from './read-onnx.js';
import { onnxBackend } from './run/onnx-backend.js';
import { hasSharedData, readArray, relativeL2, sharedData } from './testing/shared-data.js';

const run = hasSharedData ? it : it.skip;
const path = (ending: string): string => join(sharedData, 'models', `cifar10-allcnn.${ending}`);
const backend = onnxBackend({ ort });

afterAll(() => backend.dispose());

/** All-CNN-C with the weights of a file, layer by layer. */
function withWeightsOf(stored: Network): Network {
  const linear = stored.layers.filter(isLinear);
  return allCnn('C', {
    softmax: false,
    weights: (name, shape) => {
      const [layer, parameter] = name.split('/') as [string, string];
      const found = linear[Number(layer.slice('conv'.length)) - 1]!.parameters[parameter]!;
      return parameter === 'bias' ? { data: found.tensor.data, shape } : found.tensor;
    },
  });
}

describe('All-CNN-C with stored weights', () => {
  let built: Network, stored: Network;

  async function explain(network: Network, method: MethodId): Promise<Explanation> {
    await using explainer = await createExplainer(network, { backend, method });
    return await explainer.explain(readArray(path('inputs.npy')));
  }
  const relevance = (explanation: Explanation): Tensor => explanation.relevance;

  beforeAll(async () => {
    if (!hasSharedData) return;
    stored = await readOnnx(readFileSync(path('onnx')));
    built = withWeightsOf(stored);
  });

  run('has the 1,369,738 parameters and the outputs of the file', async () => {
    const count = (network: Network): number =>
      network.layers
        .flatMap((layer) => Object.values(layer.parameters))
        .reduce((total, { tensor }) => total + tensor.data.length, 0);
    expect(count(built)).toBe(1_369_738);
    expect(count(stored)).toBe(1_369_738);
    const { output } = await explain(built, 'gradient');
    expect(relativeL2(output.data, readArray(path('outputs.npy')).data)).toBeLessThan(1e-5);
  });

  run('has the stored gradient', async () => {
    const gradient = relevance(await explain(built, 'gradient'));
    expect(relativeL2(gradient.data, readArray(path('gradient.npy')).data)).toBeLessThan(1e-4);
  });

  run.each(['guided-backprop', 'deconvnet', 'lrp-alpha1-beta0'] as const)(
    'is explained by %s as the file is',
    async (method) => {
      const actual = relevance(await explain(built, method));
      const other = relevance(await explain(stored, method));
      expect(actual.data.some((value) => value !== 0)).toBe(true);
      expect(relativeL2(actual.data, other.data)).toBeLessThan(1e-6);
    },
  );
});
