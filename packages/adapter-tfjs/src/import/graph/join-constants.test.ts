/** @jest-environment ./src/testing/tfjs-environment.js */
import { sliceSamples } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../read-tfjs.js';
import { openTfjsModel } from '../../run/tfjs-model.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';
import { sampleOf } from '../../testing/tfjs-models.js';

test('constants of a batch of 1 are joined to values', async () => {
  const graph = new GraphFiles();
  graph.input('x', [2, 3], 1);
  const parts = [graph.weights('a', [1, 1, 3]), 'x', graph.weights('b', [1, 2, 3]), 'x'];
  graph.node('ConcatV2', 'o', [...parts, graph.ints('axis', 1)], { N: 4 });
  const files = graph.files(graph.signature());
  const made = await outputOf(await readGraphModel(files), { x: sampleOf([3, 2, 3], 5) });
  await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
  for (const at of [0, 1, 2]) {
    const x = sliceSamples(sampleOf([3, 2, 3], 5), at, at + 1);
    const wanted = Object.values(await model.run({ x }))[0]!;
    expect(worstSample(sliceSamples(made, at, at + 1), wanted)).toBeLessThan(1e-6);
  }
});
