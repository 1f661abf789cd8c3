import { create } from '@bufbuild/protobuf';
import type { TensorData } from '@patternlens/core';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';

/** Whole numbers, a float (by `{ float }`), lists of whole numbers, or text. */
type AttributeValue = number | { readonly float: number } | readonly number[] | string;
export type Attributes = Readonly<Record<string, AttributeValue>>;

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.STRING,
      s: new TextEncoder().encode(value),
    });
  if ('float' in value)
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

const bytesOf = (values: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** A graph of standard operators that is put together node by node. */
export class GraphBuilder {
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  readonly #inputs: ValueInfoProto[] = [];
  readonly #outputs: ValueInfoProto[] = [];
  readonly #constants = new Map<string, string>();
  readonly #floats = new Map<TensorData, Map<string, string>>();
  #next = 0;

  /** Names that no graph input or output may have. */
  #name(hint: string): string {
    return `_${hint}_${this.#next++}`;
  }

  /** Adds a node with one output, and returns the output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    output?: string,
  ): string {
    const name = output ?? this.#name(op.toLowerCase());
    this.#add(op, inputs, attributes, [name]);
    return name;
  }

  /** Adds a node with several outputs. */
  nodes(op: string, inputs: readonly string[], attributes: Attributes, count: number): string[] {
    const outputs = Array.from({ length: count }, () => this.#name(op.toLowerCase()));
    this.#add(op, inputs, attributes, outputs);
    return outputs;
  }

  #add(op: string, inputs: readonly string[], attributes: Attributes, outputs: string[]): void {
    this.#nodes.push(
      create(NodeProtoSchema, {
        opType: op,
        input: [...inputs],
        output: outputs,
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      }),
    );
  }

  /** A float32 constant: the one place where numbers are rounded. The same data under the same shape are stored once. */
  floats(data: TensorData | readonly number[], shape: readonly number[]): string {
    const key = shape.join();
    if (data.length <= 8)
      return this.#once(
        `f ${key} ${Array.from(data, (value) => (Object.is(value, -0) ? '-0' : value)).join()}`,
        () => this.#initializer('const', DataType.FLOAT, shape, bytesOf(Float32Array.from(data))),
      );
    const known = this.#floats.get(data as TensorData) ?? new Map<string, string>();
    this.#floats.set(data as TensorData, known);
    const before = known.get(key);
    if (before !== undefined) return before;
    const rounded =
      data instanceof Float32Array ? (data as Float32Array<ArrayBuffer>) : Float32Array.from(data);
    const name = this.#initializer('const', DataType.FLOAT, shape, bytesOf(rounded));
    known.set(key, name);
    return name;
  }

  scalar(value: number): string {
    return this.floats([value], []);
  }

  /** A few numbers, again and again. */
  repeated(values: readonly number[], count: number, shape: readonly number[]): string {
    return this.#once(`r ${values.join()} ${shape.join()}`, () =>
      this.#initializer(
        'const',
        DataType.FLOAT,
        shape,
        bytesOf(Float32Array.from({ length: count }, (_, at) => values[at % values.length]!)),
      ),
    );
  }

  /** A list of 64-bit whole numbers. */
  integers(values: readonly number[]): string {
    return this.#once(`i ${values.join()}`, () =>
      this.#initializer(
        'ints',
        DataType.INT64,
        [values.length],
        bytesOf(BigInt64Array.from(values, BigInt)),
      ),
    );
  }

  /** One 64-bit whole number without axes. */
  scalarInteger(value: number): string {
    return this.#once(`s ${value}`, () =>
      this.#initializer('int', DataType.INT64, [], bytesOf(BigInt64Array.of(BigInt(value)))),
    );
  }

  #once(key: string, make: () => string): string {
    const before = this.#constants.get(key);
    if (before !== undefined) return before;
    const made = make();
    this.#constants.set(key, made);
    return made;
  }

  #initializer(
    hint: string,
    dataType: number,
    shape: readonly number[],
    rawData: Uint8Array<ArrayBuffer>,
  ): string {
    const name = this.#name(hint);
    this.#initializers.push(
      create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData }),
    );
    return name;
  }

  /** A graph input; axes given by a name are free. */
  input(
    name: string,
    dims: readonly (number | string)[],
    dataType: number = DataType.FLOAT,
  ): string {
    this.#inputs.push(port(name, dims, dataType));
    return name;
  }

  output(
    name: string,
    dims: readonly (number | string)[],
    dataType: number = DataType.FLOAT,
  ): void {
    this.#outputs.push(port(name, dims, dataType));
  }

  build(name: string): GraphProto {
    return create(GraphProtoSchema, {
      name,
      node: this.#nodes,
      initializer: this.#initializers,
      input: this.#inputs,
      output: this.#outputs,
    });
  }
}

function port(name: string, dims: readonly (number | string)[], elemType: number): ValueInfoProto {
  const shape = create(TensorShapeProtoSchema, {
    dim: dims.map((dim) =>
      create(TensorShapeProto_DimensionSchema, {
        value:
          typeof dim === 'string'
            ? { case: 'dimParam', value: dim }
            : { case: 'dimValue', value: BigInt(dim) },
      }),
    ),
  });
  const type = create(TypeProtoSchema, {
    value: { case: 'tensorType', value: create(TypeProto_TensorSchema, { elemType, shape }) },
  });
  return create(ValueInfoProtoSchema, { name, type });
}
