import { clone, create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';
import type { StoredCase } from './stored-case.js';

/** Sizes of a port: a batch that is free, or numbers. */
export type PortSizes = readonly (number | 'N')[];

function port(name: string, sizes: PortSizes | undefined, elemType: number): ValueInfoProto {
  const dim = sizes?.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        size === 'N'
          ? { case: 'dimParam', value: size }
          : { case: 'dimValue', value: BigInt(size) },
    }),
  );
  const shape = dim && create(TensorShapeProtoSchema, { dim });
  const value = create(TypeProto_TensorSchema, shape ? { elemType, shape } : { elemType });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value } }),
  });
}

export const attribute = (name: string, value: number | readonly number[]): AttributeProto =>
  typeof value === 'number'
    ? create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) })
    : create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });

export const node = (
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: readonly AttributeProto[] = [],
): NodeProto =>
  create(NodeProtoSchema, {
    opType,
    name: `${opType}_${output[0]!}`,
    input: [...input],
    output: [...output],
    attribute: [...attributes],
  });

/** What is made of a case's model. */
export interface ModelChange {
  /** Sizes of the inputs that are computed; all others become constants. */
  readonly inputs: ReadonlyMap<string, PortSizes>;
  /** The output that is explained. */
  readonly output: string;
  /** Nodes instead of the model's. */
  readonly nodes?: readonly NodeProto[];
  /** Constants beside, or instead of, the stored ones. */
  readonly constants?: readonly TensorProto[];
}

const FLOAT = 1;

/** The model of a case with some of its inputs computed and one output, which is cast to float where it is none. */
export function madeModel(
  { model, inputs, outputs }: StoredCase,
  { inputs: computed, output, nodes, constants = [] }: ModelChange,
): Uint8Array {
  const made: ModelProto = clone(ModelProtoSchema, model);
  const graph = made.graph!;
  const replaced = new Set(constants.map(({ name }) => name));
  const stored = [...inputs]
    .filter(([name]) => !computed.has(name) && !replaced.has(name))
    .map(([name, { proto }]) => Object.assign(clone(TensorProtoSchema, proto), { name }));
  graph.initializer = [...graph.initializer, ...stored, ...constants];
  graph.input = [
    ...graph.input.filter(({ name }) => !inputs.has(name)),
    ...[...computed].map(([name, sizes]) => port(name, sizes, inputs.get(name)!.proto.dataType)),
  ];
  graph.node = [...(nodes ?? graph.node)];
  const { isFloat, proto } = outputs.get(output)!;
  const explained = isFloat ? output : `${output}/float`;
  if (!isFloat) graph.node.push(node('Cast', [output], [explained], [attribute('to', FLOAT)]));
  graph.output = [port(explained, undefined, isFloat ? proto.dataType : FLOAT)];
  graph.valueInfo = [];
  return toBinary(ModelProtoSchema, made);
}
