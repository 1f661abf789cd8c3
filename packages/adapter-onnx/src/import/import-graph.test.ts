/** @jest-environment ./src/testing/ort-environment.js */
import { create } from '@bufbuild/protobuf';
import { NodeProtoSchema, TensorProto_DataType as DataType } from 'onnx-buf';
import { expectAgreement, forward, inputsFor, testAgreement } from '../testing/against-runtime.js';
import { branch, modelFile, node, ownFunction, type ModelParts } from '../testing/model-file.js';
import {
  booleans,
  doubles,
  floats,
  halves,
  integers,
  normalNumbers,
  stored,
  weight,
} from '../testing/stored-tensors.js';
import { parseModel } from '../read/parse-model.js';
import { readOnnx } from '../read-onnx.js';
import { importGraph } from './import-graph.js';

const inputs = { x: ['n', 3, 4] } as const;
const image = { x: ['n', 3, 8, 8] } as const;

describe('constants are read from every attribute that holds them:', () => {
  const constant = (attributes: Parameters<typeof node>[3], use = 'Mul'): ModelParts => ({
    inputs,
    nodes: [node('Constant', '', 'c', attributes), node(use, 'x c', 'y')],
  });
  testAgreement({
    'value, a tensor': constant({ value: { tensor: weight('', [3, 4]) } }),
    value_float: constant({ value_float: { float: 1.5 } }),
    value_floats: constant({ value_floats: { floats: [1.5, -2, 3, 0.25] } }),
    value_int: {
      inputs,
      nodes: [node('Constant', '', 'c', { value_int: 2 }), node('Gather', 'x c', 'y', { axis: 1 })],
    },
    value_ints: constant({ value_ints: [0, 2, 6] }, 'Reshape'),
    'ConstantOfShape, filled': {
      inputs,
      nodes: [
        node('ConstantOfShape', 'shape', 'c', { value: { tensor: floats('', [1], [2.5]) } }),
        node('Mul', 'x c', 'y'),
      ],
      weights: [integers('shape', [3, 4])],
    },
    'ConstantOfShape of a size of the input': {
      inputs,
      nodes: [
        node('Shape', 'x', 's'),
        node('ConstantOfShape', 's', 'c', { value: { tensor: doubles('', [1], [0.5]) } }),
        node('Cast', 'c', 'f', { to: DataType.FLOAT }),
        node('Add', 'x f', 'y'),
      ],
    },
    'Range, cast and scaled': {
      inputs,
      nodes: [
        node('Range', 'start limit delta', 'r'),
        node('Cast', 'r', 'f', { to: DataType.FLOAT }),
        node('Mul', 'x f', 'y'),
      ],
      weights: [
        integers('start', [7], []),
        integers('limit', [-1], []),
        integers('delta', [-2], []),
      ],
    },
  });
});

describe('weights are read in every type that holds them:', () => {
  // 1, -2, 0.5, the smallest number, the largest number below 1, 65504, and two that are not round.
  const HALF = [
    0x3c00, 0xc000, 0x3800, 0x0001, 0x3bff, 0x7bff, 0x3555, 0xb266, 0, 0x8000, 0x0400, 1023,
  ];
  const BRAIN = [
    0x3f80, 0xc000, 0x3f00, 0x4049, 0xbeaa, 0x0080, 0, 0x3dcd, 0x4120, 0xc2f7, 0x3f7f, 0x8000,
  ];
  const typed = (tensor: ReturnType<typeof floats>): ModelParts => ({
    inputs,
    nodes: [node('Cast', 'w', 'f', { to: DataType.FLOAT }), node('Mul', 'x f', 'y')],
    weights: [tensor],
  });
  const whole = [1, -2, 3, 0, 5, -6, 7, 100, -100, 11, 12, -13];
  testAgreement({
    'float16, as bytes': typed(halves('w', [3, 4], HALF)),
    'float16, bits in whole numbers': typed(
      stored('w', DataType.FLOAT16, [3, 4], { int32Data: HALF }),
    ),
    'bfloat16, as bytes': typed(halves('w', [3, 4], BRAIN, DataType.BFLOAT16)),
    'bfloat16, bits in whole numbers': typed(
      stored('w', DataType.BFLOAT16, [3, 4], { int32Data: BRAIN }),
    ),
    'float64, as bytes': typed(doubles('w', [3, 4], normalNumbers(12, 5))),
    'float64, as numbers': typed(
      stored('w', DataType.DOUBLE, [3, 4], { doubleData: normalNumbers(12, 5) }),
    ),
    'float32, as numbers': typed(
      stored('w', DataType.FLOAT, [3, 4], { floatData: normalNumbers(12, 5) }),
    ),
    'int64, as bytes': typed(integers('w', whole, [3, 4])),
    'int64, as numbers': typed(
      stored('w', DataType.INT64, [3, 4], { int64Data: whole.map(BigInt) }),
    ),
    'int32, as numbers': typed(stored('w', DataType.INT32, [3, 4], { int32Data: whole })),
    'int8, as bytes': typed(
      stored('w', DataType.INT8, [3, 4], { rawData: new Uint8Array(Int8Array.from(whole).buffer) }),
    ),
    'uint8, as numbers': typed(
      stored('w', DataType.UINT8, [3, 4], { int32Data: whole.map((value) => Math.abs(value)) }),
    ),
    'bool, as bytes': typed(
      booleans(
        'w',
        [3, 4],
        whole.map((value) => value > 0),
      ),
    ),
  });
});

describe('arithmetic on shapes is done when the file is read:', () => {
  testAgreement({
    'x.view(x.size(0), -1)': {
      inputs: image,
      nodes: [
        node('Shape', 'x', 's'),
        node('Constant', '', 'zero', { value: { tensor: integers('', [0], []) } }),
        node('Gather', 's zero', 'n', { axis: 0 }),
        node('Unsqueeze', 'n axis', 'list'),
        node('Concat', 'list rest', 'shape', { axis: 0 }),
        node('Reshape', 'x shape', 'flat'),
        node('Gemm', 'flat w', 'y', { transB: 1 }),
      ],
      weights: [integers('axis', [0]), integers('rest', [-1]), weight('w', [2, 192])],
    },
    'the same with a product of sizes': {
      inputs: image,
      nodes: [
        node('Shape', 'x', 'head', { start: 0, end: 1 }),
        node('Shape', 'x', 'tail', { start: -3 }),
        node('ReduceProd', 'tail', 'count', { keepdims: 1 }),
        node('Concat', 'head count', 'shape', { axis: 0 }),
        node('Reshape', 'x shape', 'y'),
      ],
      opset: 17,
    },
    'channels in groups, shuffled': {
      inputs: { x: ['n', 6, 2, 2] },
      nodes: [
        node('Shape', 'x', 's'),
        node('Slice', 's from to', 'channels'),
        node('Div', 'channels groups', 'each'),
        node('Shape', 'x', 'n', { end: 1 }),
        node('Concat', 'n groups each rest', 'apart', { axis: 0 }),
        node('Reshape', 'x apart', 'a'),
        node('Transpose', 'a', 'b', { perm: [0, 2, 1, 3, 4] }),
        node('Reshape', 'b s', 'y'),
      ],
      weights: [
        integers('from', [1]),
        integers('to', [2]),
        integers('groups', [2]),
        integers('rest', [2, 2]),
      ],
    },
    'a size halved, and a part of that size taken': {
      inputs: image,
      nodes: [
        node('Shape', 'x', 's'),
        node('Gather', 's two', 'h', { axis: 0 }),
        node('Div', 'h two', 'half'),
        node('Unsqueeze', 'half axis', 'end'),
        node('Slice', 'x axis end axes', 'y'),
      ],
      weights: [integers('two', [2], []), integers('axis', [0]), integers('axes', [2])],
    },
    'a class token expanded to the batch': {
      inputs: { x: ['n', 4, 3] },
      nodes: [
        node('Shape', 'x', 'n', { end: 1 }),
        node('Concat', 'n rest', 'shape', { axis: 0 }),
        node('Expand', 'token shape', 'tokens'),
        node('Concat', 'tokens x', 'y', { axis: 1 }),
      ],
      weights: [integers('rest', [1, 3]), weight('token', [1, 1, 3])],
    },
    'sizes chosen by a comparison': {
      inputs: { x: ['n', 1, 3] },
      nodes: [
        node('Equal', 'wanted minus', 'open'),
        node('Where', 'open ones wanted', 'shape'),
        node('Expand', 'x shape', 'y'),
      ],
      weights: [
        integers('wanted', [-1, 4, -1]),
        integers('minus', [-1]),
        integers('ones', [1, 1, 1]),
      ],
    },
    'a reshape of a file whose batch is fixed to 1': {
      inputs: { x: [1, 3, 8, 8] },
      nodes: [node('Reshape', 'x shape', 'y')],
      weights: [integers('shape', [1, 192])],
    },
  });

  test('a file whose batch is fixed to 1 gives the same for each sample of a larger batch', async () => {
    const network = await readOnnx(
      modelFile({
        inputs: { x: [1, 2, 4] },
        nodes: [node('Reshape', 'x shape', 'f'), node('Gemm', 'f w', 'y')],
        weights: [integers('shape', [1, 8]), weight('w', [8, 3])],
      }),
    );
    expect(network.batchWasFixed).toBe(true);
    const { x } = inputsFor(network, { batch: 2 });
    const both = forward(network, { x: x! });
    const second = forward(network, { x: { data: x!.data.slice(8), shape: [1, 2, 4] } });
    expect(both.shape).toEqual([2, 3]);
    expect([...both.data.slice(3)]).toEqual([...second.data]);
  });
});

describe('graphs of exporters:', () => {
  testAgreement({
    'channels last, transposed around every convolution': {
      inputs: { x: ['n', 8, 8, 3] },
      nodes: [
        node('Transpose', 'x', 'a', { perm: [0, 3, 1, 2] }),
        node('Conv', 'a w b', 'c', { auto_pad: 'SAME_UPPER', strides: [2, 2] }),
        node('Transpose', 'c', 'd', { perm: [0, 2, 3, 1] }),
        node('Relu', 'd', 'e'),
        node('Reshape', 'e flat', 'f'),
        node('MatMul', 'f v', 'g'),
        node('Add', 'g bias', 'h'),
        node('Softmax', 'h', 'y', { axis: -1 }),
      ],
      weights: [
        weight('w', [4, 3, 3, 3]),
        weight('b', [4], 2),
        integers('flat', [-1, 64]),
        weight('v', [64, 5], 3),
        weight('bias', [5], 4),
      ],
    },
    'two inputs that join': {
      inputs: { x: ['n', 3, 4], z: ['n', 2, 4] },
      nodes: [node('Concat', 'x z', 'c', { axis: 1 }), node('ReduceMean', 'c', 'y', { axes: [2] })],
    },
    'nodes in another order than they are computed': {
      inputs,
      nodes: [node('Neg', 'b', 'y'), node('Exp', 'a', 'b'), node('Tanh', 'x', 'a')],
      opset: 17,
    },
    'weights among the inputs, as old files have them': {
      inputs: { x: ['n', 4], w: [4, 2] },
      nodes: [node('MatMul', 'x w', 'y')],
      weights: [weight('w', [4, 2])],
      opset: 8,
      ir: 3,
    },
    'free axes that are bound': {
      inputs: { x: ['n', 3, 'height', 'width'] },
      nodes: [
        node('Conv', 'x w', 'c'),
        node('GlobalAveragePool', 'c', 'p'),
        node('Flatten', 'p', 'y'),
      ],
      weights: [weight('w', [2, 3, 3, 3])],
      options: { shapes: { x: [3, 5, 7] } },
    },
  });

  test('thousands of nodes in the opposite order are each looked at a few times', async () => {
    const nodes = Array.from({ length: 4000 }, (_, at) =>
      node('Neg', at === 0 ? 'x' : `v${at - 1}`, at === 3999 ? 'y' : `v${at}`),
    ).reverse();
    const model = parseModel(modelFile({ inputs, nodes }));
    let looks = 0;
    model.graph.node = model.graph.node.map(
      (made) =>
        new Proxy(made, {
          get: (target, key) => {
            looks++;
            return Reflect.get(target, key) as unknown;
          },
        }),
    );
    const network = await importGraph(model, {});
    expect(looks).toBeLessThan(50 * nodes.length);
    expect(network.layers[0]!.inputs).toEqual(['x']);
    expect(network.layers[3999]!.output).toBe('y');
  });

  test('several outputs: the first is explained, and the others are named as left out', async () => {
    const network = await readOnnx(
      modelFile({
        inputs,
        outputs: 'y z',
        nodes: [node('Neg', 'x', 'y'), node('NoSuchOperator', 'x', 'z')],
      }),
    );
    expect(network.layers.map(({ name }) => name)).toEqual(['Neg_y']);
    expect(network.changes).toEqual(['output "z" left out: the first output is explained']);
  });

  test('the first part of a split may have no name', async () => {
    const network = await readOnnx(
      modelFile({ inputs: { x: ['n', 4] }, nodes: [node('Split', 'x', '- y', { axis: 1 })] }),
    );
    const y = forward(network, { x: { data: Float64Array.of(1, 2, 3, 4), shape: [1, 4] } });
    expect([...y.data]).toEqual([3, 4]);
  });
});

describe('functions of the file itself:', () => {
  test('what their nodes leave out has its default', async () => {
    const bare = create(NodeProtoSchema, { opType: 'Neg', input: ['a'], output: ['r'] });
    const network = await readOnnx(
      modelFile({
        inputs,
        functions: [ownFunction('Bare', 'a', 'r', [bare])],
        nodes: [node('Bare', 'x', 'y', {}, { domain: 'own', name: 'call' })],
      }),
    );
    expect(network.layers.map(({ name, kind }) => [name, kind])).toEqual([['call/r', 'scale']]);
  });

  const scaled = ownFunction(
    'Scaled',
    'a b',
    'r',
    [
      node('Elu', 'a', 't', { alpha: { reference: 'alpha', type: 'float' } }),
      node('Mul', 't b', 'r'),
    ],
    'alpha',
  );
  testAgreement({
    'one that is called twice, with attributes': {
      inputs,
      functions: [scaled],
      nodes: [
        node('Scaled', 'x w', 'u', { alpha: { float: 0.25 } }, { domain: 'own' }),
        node('Scaled', 'u w', 'y', { alpha: { float: 2 } }, { domain: 'own' }),
      ],
      weights: [weight('w', [4])],
    },
    'one that calls another': {
      inputs,
      functions: [
        scaled,
        ownFunction('Twice', 'a b', 'r', [
          node('Scaled', 'a b', 't', { alpha: { float: 0.5 } }, { domain: 'own' }),
          node('Scaled', 't b', 'r', { alpha: { float: 1.5 } }, { domain: 'own' }),
        ]),
      ],
      nodes: [node('Twice', 'x w', 'y', {}, { domain: 'own' })],
      weights: [weight('w', [4])],
    },
    'one with a branch that reads its values': {
      inputs,
      functions: [
        ownFunction('Chosen', 'a c', 'r', [
          node('Tanh', 'a', 't'),
          node('If', 'c', 'r', {
            then_branch: { graph: branch('p', [node('Neg', 't', 'p')]) },
            else_branch: { graph: branch('q', [node('Exp', 't', 'q')]) },
          }),
        ]),
      ],
      nodes: [node('Chosen', 'x c', 'y', {}, { domain: 'own' })],
      weights: [booleans('c', [], [false])],
    },
  });
});

describe('a branch whose condition the file knows:', () => {
  const choosing = (condition: boolean): ModelParts => ({
    inputs,
    nodes: [
      node('Tanh', 'x', 't'),
      node('If', 'c', 'u', {
        then_branch: { graph: branch('p', [node('Mul', 't w', 'p')], [weight('w', [4])]) },
        else_branch: { graph: branch('q', [node('Exp', 't', 'q')]) },
      }),
      node('Neg', 'u', 'y'),
    ],
    weights: [booleans('c', [], [condition])],
  });
  testAgreement({ 'the first': choosing(true), 'the second': choosing(false) });

  test('it may be in front of what it reads, and in a branch', async () => {
    const inner = node('If', 'c', 'i', {
      then_branch: { graph: branch('p', [node('Neg', 'later', 'p')]) },
      else_branch: { graph: branch('q', [node('Identity', 'later', 'q')]) },
    });
    const network = await readOnnx(
      modelFile({
        inputs: { x: ['n', 2] },
        nodes: [
          node('If', 'c', 'y', {
            then_branch: { graph: branch('i', [inner]) },
            else_branch: { graph: branch('r', [node('Exp', 'x', 'r')]) },
          }),
          node('Abs', 'x', 'later'),
        ],
        weights: [booleans('c', [], [true])],
      }),
    );
    const y = forward(network, { x: { data: Float64Array.of(-1, 2), shape: [1, 2] } });
    expect([...y.data]).toEqual([-1, -2]);
  });

  test('Squeeze as PyTorch guards it, by the size of the axis', async () => {
    await expectAgreement({
      inputs: { x: ['n', 1, 4] },
      nodes: [
        node('Shape', 'x', 's'),
        node('Gather', 's one', 'size', { axis: 0 }),
        node('Equal', 'size one', 'c'),
        node('If', 'c', 'y', {
          then_branch: { graph: branch('p', [node('Squeeze', 'x axes', 'p')]) },
          else_branch: { graph: branch('q', [node('Identity', 'x', 'q')]) },
        }),
      ],
      weights: [integers('one', [1], []), integers('axes', [1])],
    });
  });
});
