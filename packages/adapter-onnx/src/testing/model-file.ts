import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  FunctionProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType as DataType,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type OperatorSetIdProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';

/** A whole number, or with its type said: a list of whole numbers, text, a tensor, a graph, or a function's own attribute. */
type AttributeValue =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: TensorProto }
  | { readonly graph: GraphProto }
  | { readonly reference: string; readonly type: 'int' | 'float' };

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function attribute(name: string, value: AttributeValue): AttributeProto {
  const of = (fields: MessageInitShape<typeof AttributeProtoSchema>): AttributeProto =>
    Object.assign(create(AttributeProtoSchema, fields), { name });
  if (typeof value === 'number') return of({ type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string') return of({ type: AttributeType.STRING, s: utf8(value) });
  if ('float' in value) return of({ type: AttributeType.FLOAT, f: value.float });
  if ('floats' in value) return of({ type: AttributeType.FLOATS, floats: [...value.floats] });
  if ('tensor' in value) return of({ type: AttributeType.TENSOR, t: value.tensor });
  if ('graph' in value) return of({ type: AttributeType.GRAPH, g: value.graph });
  if ('reference' in value)
    return of({
      type: value.type === 'int' ? AttributeType.INT : AttributeType.FLOAT,
      refAttrName: value.reference,
    });
  return of({ type: AttributeType.INTS, ints: value.map(BigInt) });
}

export type Attributes = Readonly<Record<string, AttributeValue>>;

const listed = (names: string): string[] => (names === '' ? [] : names.split(' '));

/** A node; its inputs and outputs are words, `-` for one that is left out. Its name is `OP_FIRST-OUTPUT`, unless it is given. */
export function node(
  op: string,
  inputs: string,
  outputs: string,
  attributes: Attributes = {},
  { name, domain = '' }: { readonly name?: string; readonly domain?: string } = {},
): NodeProto {
  const [input, output] = [inputs, outputs].map((names) =>
    listed(names).map((word) => (word === '-' ? '' : word)),
  );
  return create(NodeProtoSchema, {
    opType: op,
    domain,
    name: name ?? `${op}_${output![0] ?? ''}`,
    input: input!,
    output: output!,
    attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  });
}

/** A graph input or output; axes given by a name are free. */
export function port(
  name: string,
  dims?: readonly (number | string)[],
  elemType: number = DataType.FLOAT,
): ValueInfoProto {
  const shape =
    dims &&
    create(TensorShapeProtoSchema, {
      dim: dims.map((dim) =>
        create(TensorShapeProto_DimensionSchema, {
          value:
            typeof dim === 'string'
              ? { case: 'dimParam', value: dim }
              : { case: 'dimValue', value: BigInt(dim) },
        }),
      ),
    });
  const value = create(TypeProto_TensorSchema, shape ? { elemType, shape } : { elemType });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value } }),
  });
}

/** A branch: a graph without inputs. */
export const branch = (
  outputs: string,
  nodes: readonly NodeProto[],
  initializers: readonly TensorProto[] = [],
): GraphProto =>
  create(GraphProtoSchema, {
    name: 'branch',
    node: [...nodes],
    initializer: [...initializers],
    output: listed(outputs).map((name) => port(name)),
  });

const version = (domain: string, opset: number): OperatorSetIdProto =>
  create(OperatorSetIdProtoSchema, { domain, version: BigInt(opset) });

/** A function of the domain `own`. */
export const ownFunction = (
  name: string,
  inputs: string,
  outputs: string,
  nodes: readonly NodeProto[],
  attributes = '',
  opset = 17,
): FunctionProto =>
  create(FunctionProtoSchema, {
    name,
    domain: 'own',
    input: listed(inputs),
    output: listed(outputs),
    attribute: listed(attributes),
    node: [...nodes],
    opsetImport: [version('', opset), version('own', 1)],
  });

export interface ModelParts {
  /** Inputs of floats by name; axes given by a name are free. Others as `ports`. */
  readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
  readonly ports?: readonly ValueInfoProto[];
  /** Words, of floats whose shapes the file does not say; default: `y`. */
  readonly outputs?: string | readonly ValueInfoProto[];
  readonly nodes: readonly NodeProto[];
  readonly weights?: readonly TensorProto[];
  readonly functions?: readonly FunctionProto[];
  readonly opset?: number;
  /** Versions of other domains' operators; with an opset of 0 theirs alone. */
  readonly domains?: Readonly<Record<string, number>>;
  readonly ir?: number;
}

/** A model out of its parts. */
function model(parts: ModelParts): ModelProto {
  const { opset = 17, functions = [], outputs = 'y' } = parts;
  return create(ModelProtoSchema, {
    irVersion: BigInt(parts.ir ?? (opset > 20 ? 10 : 8)),
    producerName: 'test',
    opsetImport: [
      ...(opset === 0 ? [] : [version('', opset)]),
      ...(functions.length > 0 ? [version('own', 1)] : []),
      ...Object.entries(parts.domains ?? {}).map(([domain, of]) => version(domain, of)),
    ],
    functions: [...functions],
    graph: create(GraphProtoSchema, {
      name: 'test',
      node: [...parts.nodes],
      initializer: [...(parts.weights ?? [])],
      input: [
        ...Object.entries(parts.inputs ?? {}).map(([name, dims]) => port(name, dims)),
        ...(parts.ports ?? []),
      ],
      output:
        typeof outputs === 'string' ? listed(outputs).map((name) => port(name)) : [...outputs],
    }),
  });
}

const bytesOfModel = (proto: ModelProto): Uint8Array => toBinary(ModelProtoSchema, proto);

/** The bytes of a model's file. */
export const modelFile = (parts: ModelParts): Uint8Array => bytesOfModel(model(parts));
