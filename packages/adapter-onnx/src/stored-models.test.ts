/** @jest-environment ./src/testing/ort-environment.js */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  resolveNetwork,
  createExplainer,
  sliceSamples,
  type Backend,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { readOnnx } from './read-onnx.js';
import { onnxBackend } from './run/onnx-backend.js';
import { hasSharedData, readArray, relativeL2, sharedData } from './testing/shared-data.js';

const folder = join(sharedData, 'models');
const files = hasSharedData ? readdirSync(folder).filter((file) => file.endsWith('.onnx')) : [];
const SLOW_ON_REFERENCE = ['cifar10-allcnn', 'cifar10-resnet20'];

const onnx = onnxBackend({ ort });
const reference = referenceBackend();

afterAll(() => onnx.dispose());

async function outputsOf(network: Network, backend: Backend, x: Tensor): Promise<Tensor> {
  const whole = resolveNetwork(network, { keepOutput: true });
  const executable = await backend.compile(forwardProgram(whole));
  const outputs = await executable.run({ [whole.inputs[0]!.name]: x });
  await executable.dispose();
  return outputs[whole.outputs[0]!]!;
}

async function gradientOf(network: Network, backend: Backend, x: Tensor): Promise<Tensor> {
  const explainer = await createExplainer(network, { backend, method: 'gradient' });
  const { relevance } = await explainer.explain(x);
  await explainer.dispose();
  return relevance;
}

const perSample = (a: Tensor, b: Tensor): number[] =>
  Array.from({ length: b.shape[0]! }, (_, at) =>
    relativeL2(sliceSamples(a, at, at + 1).data, sliceSamples(b, at, at + 1).data),
  );

describe.each(files.length > 0 ? files : ['(stored models are not there)'])('%s', (file) => {
  const run = files.length > 0 ? it : it.skip;
  const name = file.split('.')[0]!;
  const stored = (what: string): Tensor => readArray(join(folder, `${name}.${what}.npy`));
  const backends = SLOW_ON_REFERENCE.includes(name) ? [onnx] : [onnx, reference];

  run('computes the stored outputs, sample by sample', async () => {
    const network = await readOnnx(readFileSync(join(folder, file)));
    for (const backend of backends) {
      const outputs = await outputsOf(network, backend, stored('inputs'));
      expect(Math.max(...perSample(outputs, stored('outputs')))).toBeLessThan(1e-5);
    }
  });

  run('has the stored gradient of the largest output', async () => {
    const network = await readOnnx(readFileSync(join(folder, file)));
    for (const backend of backends) {
      const gradient = await gradientOf(network, backend, stored('inputs'));
      expect(Math.max(...perSample(gradient, stored('gradient')))).toBeLessThan(1e-4);
    }
  });
});
