import { inspectNetwork } from '@patternlens/core';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { readOnnx } from '../read-onnx.js';
import { modelFile, node, type ModelParts } from '../testing/model-file.js';
import { doubles, integers, normalNumbers, weight } from '../testing/stored-tensors.js';

/** `layer: name of its weights in the file`, for the layers that have weights. */
async function weightsOf(parts: ModelParts): Promise<Record<string, string | undefined>> {
  const { layers } = inspectNetwork(await readOnnx(modelFile(parts)));
  return Object.fromEntries(
    layers
      .filter(({ kind }) => kind === 'dense' || kind === 'convolution' || kind === 'scale')
      .map(({ name, weights }) => [name, weights]),
  );
}

const inputs = { x: ['n', 4] } as const;

describe('a layer names its weights as the file does:', () => {
  test('an initializer that is read as it is', async () => {
    expect(
      await weightsOf({
        inputs: { x: ['n', 3, 4, 4] },
        nodes: [node('Conv', 'x conv.weight conv.bias', 'y')],
        weights: [weight('conv.weight', [2, 3, 3, 3]), weight('conv.bias', [2])],
      }),
    ).toEqual({ Conv_y: 'conv.weight' });
  });

  test('behind Identity, Transpose, Cast and Reshape', async () => {
    const nodes = [
      node('Identity', 'kernel', 'a'),
      node('Cast', 'a', 'b', { to: DataType.FLOAT }),
      node('Reshape', 'b shape', 'c'),
      node('Transpose', 'c', 'd', { perm: [1, 0] }),
      node('MatMul', 'x d', 'y'),
    ];
    expect(
      await weightsOf({
        inputs,
        nodes,
        weights: [doubles('kernel', [3, 2, 2], normalNumbers(12, 1)), integers('shape', [3, 4])],
      }),
    ).toEqual({ MatMul_y: 'kernel' });
  });

  test('a Constant node, by the value that it makes', async () => {
    expect(
      await weightsOf({
        inputs,
        nodes: [
          node('Constant', '', 'fc', { value: { tensor: weight('', [4, 2]) } }),
          node('Gemm', 'x fc', 'y'),
        ],
      }),
    ).toEqual({ Gemm_y: 'fc' });
  });

  test('once for every use, where layers share them', async () => {
    expect(
      await weightsOf({
        inputs,
        nodes: [node('Gemm', 'x w', 'h'), node('Relu', 'h', 'r'), node('Gemm', 'r w', 'y')],
        weights: [weight('w', [4, 4])],
      }),
    ).toEqual({ Gemm_h: 'w', Gemm_y: 'w' });
  });

  test('not where they are computed', async () => {
    expect(
      await weightsOf({
        inputs,
        nodes: [node('Mul', 'w w', 'square'), node('MatMul', 'x square', 'y')],
        weights: [weight('w', [4, 2])],
      }),
    ).toEqual({ MatMul_y: undefined });
  });

  test('nodes of one name become layers of two', async () => {
    const { layers } = inspectNetwork(
      await readOnnx(
        modelFile({
          inputs,
          nodes: [
            node('Gemm', 'x w', 'h', {}, { name: 'fc' }),
            node('Gemm', 'h w', 'y', {}, { name: 'fc' }),
          ],
          weights: [weight('w', [4, 4])],
        }),
      ),
    );
    expect(layers.map(({ name }) => name)).toEqual(['fc', 'fc#2']);
  });
});
