import { forward } from '../testing/against-runtime.js';
import { modelFile, node } from '../testing/model-file.js';
import { floats } from '../testing/stored-tensors.js';
import { readOnnx } from '../read-onnx.js';

const x = { data: Float64Array.of(1, 2, -3, -4, 5, -6), shape: [1, 2, 3] };

async function valueOf(op: string, attributes: Record<string, number>): Promise<number[]> {
  const network = await readOnnx(
    modelFile({
      inputs: { x: ['n', 2, 3] },
      opset: 6,
      nodes: [node(op, 'x c', 'y', attributes)],
      weights: [floats('c', [2], [0.5, -1])],
    }),
  );
  return Array.from(forward(network, { x }).data);
}

// The runtime reads no version before 7: the standard's own example, by hand.
test('before version 7 an operand says at which axis it begins', async () => {
  expect(await valueOf('Add', { broadcast: 1, axis: 1 })).toEqual([1.5, 2.5, -2.5, -5, 4, -7]);
  expect(await valueOf('PRelu', {})).toEqual([1, 2, -1.5, 4, 5, 6]);
});

test('dropout of version 6 trains unless it says that it is tested', async () => {
  const file = (attributes: Record<string, number>): Promise<unknown> =>
    readOnnx(
      modelFile({
        inputs: { x: ['n', 2, 3] },
        opset: 6,
        nodes: [node('Dropout', 'x', 'z', attributes), node('Relu', 'z', 'y')],
      }),
    );
  await expect(file({ is_test: 1 })).resolves.toBeDefined();
  await expect(file({})).rejects.toThrow('training mode');
});
