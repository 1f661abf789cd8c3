import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  TensorProto_DataType as DataType,
} from 'onnx-buf';

export interface LinearModel {
  /** Sizes of the inputs by name; they are joined in this order. */
  readonly inputs: Readonly<Record<string, number>>;
  /** [inputs, classes]. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

const port = (name: string, size: number) => ({
  name,
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType: DataType.FLOAT,
        shape: {
          dim: [
            { value: { case: 'dimParam' as const, value: 'batch' } },
            { value: { case: 'dimValue' as const, value: BigInt(size) } },
          ],
        },
      },
    },
  },
});

/** A network of one dense layer over all of its inputs: gradients are its weights, so that everything can be worked out by hand. */
export function linearModel({ inputs, weights, bias }: LinearModel): Uint8Array {
  const floats = (name: string, values: readonly number[], shape: readonly number[]) => ({
    name,
    dataType: DataType.FLOAT,
    dims: shape.map(BigInt),
    floatData: [...values],
  });
  const names = Object.keys(inputs);
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    graph: {
      name: 'linear',
      input: Object.entries(inputs).map(([name, size]) => port(name, size)),
      output: [port('scores', bias.length)],
      initializer: [
        floats('weights', weights.flat(), [weights.length, bias.length]),
        floats('bias', bias, [bias.length]),
      ],
      node: [
        {
          name: 'join',
          opType: 'Concat',
          input: names,
          output: ['joined'],
          attribute: [{ name: 'axis', type: AttributeType.INT, i: 1n }],
        },
        { name: 'score', opType: 'Gemm', input: ['joined', 'weights', 'bias'], output: ['scores'] },
      ],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
