import { readOnnx } from '../../read-onnx.js';
import { forward } from '../../testing/against-runtime.js';
import { expectFailure } from '../../testing/failures.js';
import { modelFile, node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { floats } from '../../testing/stored-tensors.js';

/** What a model of version 6 makes of 1 to 8, as two channels of two by two. */
async function made(parts: Partial<ModelParts>): Promise<number[]> {
  const inputs = { x: ['n', 2, 2, 2] } as const;
  const network = await readOnnx(modelFile({ inputs, opset: 6, nodes: [], ...parts }));
  const x = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [1, 2, 2, 2] };
  return Array.from(forward(network, { x }).data);
}

const shift = (attributes: Attributes, shape: readonly number[], values: readonly number[]) => ({
  nodes: [node('Add', 'x c', 'y', attributes)],
  weights: [floats('c', shape, values)],
});

// The runtimes take version 7 and later only; the standard's text of version 6 is what these numbers follow.
test('before version 7 a list is added along the axis that is named', async () => {
  const channels = await made(shift({ broadcast: 1, axis: 1 }, [2], [10, 20]));
  expect(channels).toEqual([11, 12, 13, 14, 25, 26, 27, 28]);
  const rows = await made(shift({ broadcast: 1, axis: 2 }, [2], [10, 20]));
  expect(rows).toEqual([11, 12, 23, 24, 15, 16, 27, 28]);
  const columns = await made(shift({ broadcast: 1 }, [2], [10, 20]));
  expect(columns).toEqual([11, 22, 13, 24, 15, 26, 17, 28]);
});

test('a computed value is added so too', async () => {
  const sums = [
    node('ReduceSum', 'x', 's', { axes: [2, 3], keepdims: 0 }),
    node('Sub', 'x s', 'y', { broadcast: 1, axis: 0 }),
  ];
  expect(await made({ nodes: sums })).toEqual([-9, -8, -7, -6, -21, -20, -19, -18]);
});

test('a list of slopes is one for each channel', async () => {
  const nodes = [node('Neg', 'x', 'm'), node('PRelu', 'm s', 'y')];
  const slopes = [floats('s', [2], [0.5, 2])];
  expect(await made({ nodes, weights: slopes })).toEqual([-0.5, -1, -1.5, -2, -10, -12, -14, -16]);
});

test('what does not say that it is tested is in training mode', async () => {
  const dropout = (attributes: Attributes) =>
    made({ nodes: [node('Dropout', 'x', 'y', attributes)] });
  await expectFailure(dropout({}), 'unsupported-operation', 'training mode');
  expect(await dropout({ is_test: 1 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
