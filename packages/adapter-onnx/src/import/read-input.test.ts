import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataType as DataType,
  TypeProto_OptionalSchema,
  TypeProto_SequenceSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type TypeProto,
  type ValueInfoProto,
} from 'onnx-buf';
import { readOnnx, type ReadOnnxOptions } from '../read-onnx.js';
import { expectFailure } from '../testing/failures.js';
import { modelFile, node, port } from '../testing/model-file.js';

const read = (input: ValueInfoProto, options?: ReadOnnxOptions) =>
  readOnnx(modelFile({ ports: [input], nodes: [node('Neg', input.name, 'y')] }), options);

const tensorType = port('x', ['n', 2]).type!;
const typed = (value: TypeProto['value']): ValueInfoProto =>
  create(ValueInfoProtoSchema, { name: 'x', type: create(TypeProtoSchema, { value }) });

describe('an input that cannot be explained is refused:', () => {
  test.each<
    [string, ValueInfoProto, 'invalid-file' | 'invalid-shape' | 'unsupported-operation', string]
  >([
    [
      'a sequence',
      typed({
        case: 'sequenceType',
        value: create(TypeProto_SequenceSchema, { elemType: tensorType }),
      }),
      'unsupported-operation',
      'sequence',
    ],
    [
      'one that may be missing',
      typed({
        case: 'optionalType',
        value: create(TypeProto_OptionalSchema, { elemType: tensorType }),
      }),
      'unsupported-operation',
      'optional',
    ],
    [
      'one without a type',
      create(ValueInfoProtoSchema, { name: 'x' }),
      'unsupported-operation',
      'not a tensor',
    ],
    ['truths', port('x', ['n', 2], DataType.BOOL), 'unsupported-operation', 'bool'],
    ['text', port('x', ['n', 2], DataType.STRING), 'unsupported-operation', 'string'],
    ['one without a shape', port('x'), 'invalid-file', 'how many axes'],
    ['one without axes', port('x', []), 'invalid-file', 'no axes'],
    ['one with a free axis', port('x', ['n', 'time', 3]), 'invalid-shape', '--shape x=SIZE,3'],
    ['one with a negative size', port('x', ['n', -3]), 'invalid-shape', 'axis 1 is free'],
    ['one with a size of 0', port('x', ['n', 0]), 'invalid-shape', 'axis 1 is free'],
    ['one that is too large', port('x', ['n', 1e6, 1e6]), 'invalid-file', 'too large'],
    ['one whose size is beyond counting', port('x', ['n', 2 ** 62]), 'invalid-file', 'too large'],
  ])('%s', async (_name, input, code, word) => {
    await expectFailure(read(input), code, '"x"', word);
  });

  test.each<[string, readonly number[]]>([
    ['too few', [2]],
    ['too many', [2, 3, 4]],
    ['another than the file has', [2, 4]],
    ['negative', [-2, 3]],
    ['broken', [2.5, 3]],
    ['no number', [NaN, 3]],
  ])('sizes for its free axes that are %s', async (_name, sizes) => {
    await expectFailure(
      read(port('x', ['n', 'time', 3]), { shapes: { x: sizes } }),
      'invalid-argument',
      '"x"',
      '[batch, free, 3]',
    );
  });

  test('a shape for an input that the model does not have', async () => {
    await expectFailure(
      read(port('constructor', ['n', 'time']), { shapes: { constructors: [3] } }),
      'invalid-argument',
      'inputs: constructor.',
    );
  });
});

test('free axes take the sizes that are given', async () => {
  const { inputs } = await read(port('x', ['n', 'time', 3]), { shapes: { x: [5, 3] } });
  expect(inputs).toMatchObject([{ name: 'x', shape: [{ batch: 1 }, 5, 3] }]);
});

test.each([
  ['float16', DataType.FLOAT16, 'input "x" of float16: computed in float32'],
  ['bfloat16', DataType.BFLOAT16, 'input "x" of bfloat16: computed in float32'],
  ['float64', DataType.DOUBLE, 'input "x" of double: computed in float32'],
  ['int32', DataType.INT32, 'input "x" of int32: explained at the floats that its numbers are'],
])('an input of %s is told', async (_name, elements, change) => {
  expect((await read(port('x', ['n', 2], elements))).changes).toEqual([change]);
});
