/** @jest-environment ./src/testing/ort-environment.js */
import { fromHalf } from '@patternlens/core/tensor';
import * as ort from 'onnxruntime-node';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { modelFile, node, port } from '../testing/model-file.js';
import { openOnnxModel } from './onnx-model.js';
import { toHalf } from './typed-tensors.js';

test('every half is found again, and what lies between goes to the nearest, the even one of two', () => {
  const all = Array.from({ length: 0x7c00 }, (_, at) => at);
  expect(all.filter((of) => toHalf(fromHalf(of)) !== of)).toEqual([]);
  expect(all.filter((of) => toHalf(-fromHalf(of)) !== (of | 0x8000))).toEqual([]);
  expect(
    [1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, 2 ** -25, 3 * 2 ** -25].map(toHalf),
  ).toEqual([0x3c00, 0x3c02, 0x7bff, 0x7c00, 0, 2]);
});

const x = { data: Float32Array.of(1, 2.5, 3, 200), shape: [2, 2] };

test.each([
  ['float16', DataType.FLOAT16, [1, 2.5, 3, 200]],
  ['float64', DataType.DOUBLE, [1, 2.5, 3, 200]],
  ['uint8', DataType.UINT8, [1, 2, 3, 200]],
  ['int64', DataType.INT64, [1, 2, 3, 200]],
])('the runtime is given %s where a file takes that', async (_name, type, want) => {
  const bytes = modelFile({
    ports: [port('x', ['n', 2], type)],
    nodes: [node('Cast', 'x', 'y', { to: DataType.FLOAT })],
  });
  await using model = await openOnnxModel(bytes, { ort, threads: 1 });
  const { y } = await model.run({ x });
  expect([[...y!.data], y!.shape]).toEqual([want, [2, 2]]);
});
