/** @jest-environment ./src/testing/tfjs-environment.js */
import * as tf from '@tensorflow/tfjs';
import { readGraphModel, readLayersModel } from '../read-tfjs.js';
import { openTfjsModel } from '../run/tfjs-model.js';
import { outputOf, worstSample } from '../testing/agreement.js';
import { GraphFiles } from '../testing/graph-files.js';
import { sampleOf } from '../testing/tfjs-models.js';

const BYTES = Uint8Array.from({ length: 24 }, (_, at) => (at * 37 + 11) % 120);

function filesOf(quantization: object, width: number): Record<string, Uint8Array> {
  const layer = {
    class_name: 'Dense',
    config: { name: 'out', units: 3, batch_input_shape: [null, 4] },
  };
  const json = {
    modelTopology: { class_name: 'Sequential', config: { name: 'm', layers: [layer] } },
    weightsManifest: [
      {
        paths: ['a.bin', 'b.bin'],
        weights: [
          { name: 'out/kernel', shape: [4, 3], dtype: 'float32', quantization },
          { name: 'out/bias', shape: [3], dtype: 'float32' },
        ],
      },
    ],
  };
  const bias = new Uint8Array(Float32Array.of(1, -2, 0.5).buffer);
  const all = Uint8Array.from([...BYTES.subarray(0, 12 * width), ...bias]);
  return {
    'm/model.json': new TextEncoder().encode(JSON.stringify(json)),
    'm/a.bin': all.subarray(0, 7),
    'm/b.bin': all.subarray(7),
  };
}

beforeAll(() => tf.setBackend('cpu'));

test.each([
  ['uint8', { dtype: 'uint8', scale: 0.1, min: -3 }, 1],
  ['uint16', { dtype: 'uint16', scale: 0.001, min: -7 }, 2],
  ['float16', { dtype: 'float16', original_dtype: 'float32' }, 2],
])(
  'weights in %s, over two shards, are those that TensorFlow.js reads',
  async (_type, quantization, width) => {
    const files = filesOf(quantization, width);
    const network = await readLayersModel(files);
    const x = sampleOf([3, 4], 3);
    await using model = await openTfjsModel(files, { tf });
    const wanted = Object.values(await model.run({ x }))[0]!;
    const output = await outputOf(network, { [network.inputs[0]!.name]: x });
    expect(worstSample(output, wanted)).toBeLessThan(1e-5);
  },
);

test('a loaded graph model is read as its files are', async () => {
  const made = new GraphFiles();
  made.node('MatMul', 'o', [made.input('x', [4]), made.weights('w', [4, 3])], {});
  const files = made.files(made.signature());
  const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as {
    modelTopology: object;
    signature: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const loaded = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        ...json,
        weightSpecs: json.weightsManifest[0]!.weights,
        weightData: files['weights.bin']!.buffer as ArrayBuffer,
      }),
  });
  const x = sampleOf([3, 4], 3);
  const [a, b] = [await readGraphModel(loaded), await readGraphModel(files)];
  expect(worstSample(await outputOf(a, { x }), await outputOf(b, { x }))).toBe(0);
  expect(a.layers[0]!.parameters['weights']!.origin!.tensor).toBe('w');
});
