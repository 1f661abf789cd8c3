/** @jest-environment ./src/testing/tfjs-environment.js */
import { join } from 'node:path';
import { createExplainer, type Tensor } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs';
import { readTfjsModel } from './read-tfjs.js';
import { openTfjsModel } from './run/tfjs-model.js';
import { outputOf, worstSample } from './testing/agreement.js';
import { modelsFolder, readArray, storedFiles, storedModels } from './testing/shared-data.js';

describe.each(storedModels.length > 0 ? storedModels : ['(stored models are not there)'])(
  '%s',
  (name) => {
    const run = storedModels.length > 0 ? it : it.skip;
    const stored = (what: string): Tensor => readArray(join(modelsFolder, name, `${what}.npy`));

    run('computes the stored outputs, sample by sample', async () => {
      const network = await readTfjsModel(storedFiles(name));
      const output = await outputOf(network, { [network.inputs[0]!.name]: stored('inputs') });
      expect(worstSample(output, stored('outputs'))).toBeLessThan(1e-5);
    });

    run('has the stored gradient of the largest output', async () => {
      const network = await readTfjsModel(storedFiles(name));
      const explainer = await createExplainer(network, {
        backend: referenceBackend(),
        method: 'gradient',
      });
      const { relevance } = await explainer.explain(stored('inputs'));
      await explainer.dispose();
      expect(worstSample(relevance, stored('gradient'))).toBeLessThan(1e-4);
    });

    run('gives the same when TensorFlow.js itself runs the files', async () => {
      await using model = await openTfjsModel(storedFiles(name), { tf, backend: 'cpu' });
      const before = tf.memory().numTensors;
      const outputs = await model.run({ input_1: stored('inputs') });
      expect(worstSample(Object.values(outputs)[0]!, stored('outputs'))).toBeLessThan(1e-5);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);
