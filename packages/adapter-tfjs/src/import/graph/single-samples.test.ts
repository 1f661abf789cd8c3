/** @jest-environment ./src/testing/tfjs-environment.js */
import { sliceSamples } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../read-tfjs.js';
import { openTfjsModel } from '../../run/tfjs-model.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';
import { sampleOf } from '../../testing/tfjs-models.js';

test('a batch of 1 that is squeezed away is one of single samples', async () => {
  const graph = new GraphFiles();
  graph.input('x', [4, 5, 2], 1);
  const window = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NHWC' };
  const conv = graph.node('Conv2D', 'conv', ['x', graph.weights('kernel', [2, 2, 2, 3])], {
    ...window,
    dilations: [1, 1, 1, 1],
  });
  const squeezed = graph.node('Squeeze', 's', [conv], { squeeze_dims: [0] });
  const mean = graph.node('Mean', 'm', [squeezed, graph.ints('axes', [0])], { keep_dims: false });
  graph.node('Softmax', 'o', [mean]);
  const files = graph.files(graph.signature());
  const network = await readGraphModel(files);
  expect(network.changes).toEqual([expect.stringContaining('Squeeze "s"')]);
  const inputs = { x: sampleOf([3, 4, 5, 2], 5) };
  const made = await outputOf(network, inputs);
  await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
  for (const at of [0, 1, 2]) {
    const wanted = Object.values(await model.run({ x: sliceSamples(inputs.x, at, at + 1) }))[0]!;
    const sample = { data: wanted.data, shape: [1, wanted.data.length] };
    const own = sliceSamples(made, at, at + 1);
    expect(worstSample({ ...own, shape: [1, own.data.length] }, sample)).toBeLessThan(1e-5);
  }
});
