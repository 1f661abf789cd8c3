import { formatDim, isBatch, PatternLensError, type Dim, type Tensor } from '@patternlens/core';
import type { AttributeProto, GraphProto, NodeProto, TensorProto } from 'onnx-buf';
import {
  constant,
  dimsOf,
  isKnown,
  type ConstantValue,
  type Imported,
  type Known,
  type RuntimeValue,
} from './imported.js';

/** The remedy for a file that contradicts itself. */
export const EXPORT_AGAIN = 'The file is damaged or was exported wrongly; export the model again.';

/** A node of the graph as its operator's importer sees it. */
export class NodeView {
  readonly op: string;
  /** The node's name, or its first output's where it has none; unique among layers only once a layer is made. */
  readonly name: string;
  readonly outputs: readonly string[];
  readonly inputs: readonly (Imported | undefined)[];
  readonly opset: number;
  readonly #attributes: ReadonlyMap<string, AttributeProto>;

  constructor(node: NodeProto, inputs: readonly (Imported | undefined)[], opset: number) {
    this.op = node.opType;
    this.name = node.name === '' ? (node.output[0] ?? node.opType) : node.name;
    this.outputs = node.output;
    this.inputs = inputs;
    this.opset = opset;
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  /** @throws PatternLensError `unsupported-operation`, naming the operator and the node. */
  unsupported(message: string, remedy = 'Export the model without it.'): never {
    throw new PatternLensError(
      'adapter-onnx',
      'unsupported-operation',
      `${this.op} "${this.name}": ${message} ${remedy}`,
      { operation: this.op, layer: this.name },
    );
  }

  /** @throws PatternLensError `invalid-file`, naming the operator and the node. */
  invalid(message: string): never {
    throw new PatternLensError(
      'adapter-onnx',
      'invalid-file',
      `${this.op} "${this.name}": ${message} ${EXPORT_AGAIN}`,
      { operation: this.op, layer: this.name },
    );
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  int(name: string, missing: number): number {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? missing : Number(attribute.i);
  }

  float(name: string, missing: number): number {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? missing : attribute.f;
  }

  string(name: string, missing: string): string {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? missing : new TextDecoder().decode(attribute.s);
  }

  ints(name: string): number[] | undefined {
    return this.#attributes.get(name)?.ints.map(Number);
  }

  floats(name: string): number[] | undefined {
    return this.#attributes.get(name)?.floats;
  }

  tensorAttribute(name: string): TensorProto | undefined {
    return this.#attributes.get(name)?.t;
  }

  graph(name: string): GraphProto | undefined {
    return this.#attributes.get(name)?.g;
  }

  input(index: number): Imported {
    return this.inputs[index] ?? this.invalid(`its input ${index} is missing.`);
  }

  /** An input that exists only when the network runs. */
  runtime(index: number): RuntimeValue {
    const value = this.input(index);
    return value.kind === 'runtime'
      ? value
      : this.unsupported(`its input ${index} is a constant where a computed value is expected.`);
  }

  /** An input whose numbers are in the file. */
  constant(index: number, what: string): ConstantValue {
    return (
      this.optionalConstant(index, what) ?? this.invalid(`its ${what} (input ${index}) is missing.`)
    );
  }

  optionalConstant(index: number, what: string): ConstantValue | undefined {
    const value = this.inputs[index];
    if (value === undefined || value.kind === 'constant') return value;
    return this.unsupported(
      `its ${what} (input ${index}) is computed when the network runs; only constants are supported there.`,
    );
  }

  /** Integers that an older version gives as an attribute and a newer one as an input. */
  dims(attribute: string, index: number): readonly Dim[] | undefined {
    const fromAttribute = this.ints(attribute);
    if (fromAttribute) return fromAttribute;
    if (this.inputs[index] === undefined) return undefined;
    const dims = dimsOf(this.known(index, attribute));
    if (dims.some((dim) => !isBatch(dim) && !Number.isInteger(dim)))
      this.invalid(`its ${attribute} [${dims.map(formatDim).join(', ')}] must be whole numbers.`);
    return dims;
  }

  /** The same, none of which may depend on the batch. */
  fixed(attribute: string, index: number): number[] | undefined {
    return this.dims(attribute, index)?.map((dim) =>
      typeof dim === 'number' ? dim : this.unsupported(`its ${attribute} depend on the batch.`),
    );
  }

  known(index: number, what: string): Known {
    const value = this.input(index);
    return isKnown(value)
      ? value
      : this.unsupported(
          `its ${what} (input ${index}) are computed when the network runs; only constants and shapes are supported there.`,
        );
  }

  /** A single number, from an attribute or from an input. */
  number(attribute: string, index: number, missing: number): number {
    if (this.has(attribute)) return this.float(attribute, missing);
    const value = this.optionalConstant(index, attribute);
    return value?.tensor.data[0] ?? missing;
  }

  /** An axis counted from the front. */
  axis(axis: number, rank: number): number {
    const own = axis < 0 ? axis + rank : axis;
    return own >= 0 && own < rank
      ? own
      : this.invalid(
          `axis ${axis} is not one of its input's ${rank}; -${rank} to ${rank - 1} are.`,
        );
  }
}

export const floats = (tensor: Tensor): ConstantValue => constant(tensor, 'float');
