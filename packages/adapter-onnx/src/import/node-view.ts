import type { Dim } from '@patternlens/core/tensor';
import {
  NodeView,
  Place,
  type Imported,
  type NumberType,
  type PlaceNames,
} from '@patternlens/importing';
import type { AttributeProto, GraphProto, NodeProto, TensorProto } from 'onnx-buf';
import { numberType } from '../read/tensor-values.js';
import type { ElementType } from './element-types.js';
import { voice } from './voice.js';

/** Whether a node's operator is one of the standard's. */
export const isStandard = ({ domain }: NodeProto): boolean => domain === '' || domain === 'ai.onnx';

/** `NAME`, or `DOMAIN.NAME` where it is not one of the standard's. */
export const qualifiedOperator = (node: NodeProto): string =>
  isStandard(node) ? node.opType : `${node.domain}.${node.opType}`;

/** A node's name, or its first output's where it has none. */
export const nodeName = ({ name, output }: NodeProto, unnamed = ''): string =>
  name === '' ? (output[0] ?? unnamed) : name;

/** A layer whose value has a name that is not its own. */
export class NamedValue extends Place {
  readonly #value: (layer: string) => string;

  constructor(names: PlaceNames, value: (layer: string) => string) {
    super(voice, names);
    this.#value = value;
  }

  override value(layer: string): string {
    return this.#value(layer);
  }

  override part(word: string): Place {
    return partOf(this.names(`${this.layer}/${word}`));
  }
}

/** A step on the way to a value, whose own value no name of the file's can be. */
const partOf = (names: PlaceNames): Place => new NamedValue(names, (layer) => `${layer}:value`);

/** A node of the graph as its operator's importer sees it. */
export class OnnxNode extends NodeView {
  readonly outputs: readonly string[];
  readonly opset: number;
  readonly proto: NodeProto;
  /** Of its inputs, at their places. */
  readonly elementTypes: readonly ElementType[];
  readonly #attributes: ReadonlyMap<string, AttributeProto>;

  constructor(
    node: NodeProto,
    inputs: readonly (Imported | undefined)[],
    opset: number,
    elementTypes: readonly ElementType[] = [],
  ) {
    super(voice, { kind: qualifiedOperator(node), name: nodeName(node, node.opType) }, inputs);
    this.outputs = node.output;
    this.opset = opset;
    this.proto = node;
    this.elementTypes = elementTypes;
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  override withInputs(inputs: readonly (Imported | undefined)[]): OnnxNode {
    return new OnnxNode(this.proto, inputs, this.opset, this.elementTypes);
  }

  override value(): string {
    return this.outputs[0]!;
  }

  override part(word: string): Place {
    return partOf(this.names(`${this.layer}/${word}`));
  }

  override output(index: number): Place | undefined {
    const value = this.outputs[index];
    if (value === undefined || value === '') return undefined;
    const names = this.names(`${this.layer}:${index}`);
    return index === 0 ? this : new NamedValue(names, () => value);
  }

  /** What the numbers of an input are; floats where the file does not say. */
  numberTypeAt(index: number): NumberType {
    const value = this.inputs[index];
    if (value?.kind === 'constant') return value.type;
    const type = this.elementTypes[index];
    return (type === undefined ? undefined : numberType(type)) ?? 'float';
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  int(name: string, missing: number): number {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? missing : Number(attribute.i);
  }

  float(name: string, missing: number): number {
    return this.#attributes.get(name)?.f ?? missing;
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

  strings(name: string): string[] | undefined {
    return this.#attributes.get(name)?.strings.map((text) => new TextDecoder().decode(text));
  }

  tensorAttribute(name: string): TensorProto | undefined {
    return this.#attributes.get(name)?.t;
  }

  graph(name: string): GraphProto | undefined {
    return this.#attributes.get(name)?.g;
  }

  /** Integers that an older version gives as an attribute and a newer one as an input. */
  dims(name: string, index: number): readonly Dim[] | undefined {
    const missing = this.inputs[index] === undefined;
    return this.ints(name) ?? (missing ? undefined : this.dimsAt(index, name));
  }

  /** The same, none of which may depend on the batch. */
  fixed(name: string, index: number): number[] | undefined {
    const dims = this.dims(name, index);
    return dims && this.withoutBatch(dims, name);
  }

  /** Axes that are named so, counted from the front. */
  axes(name: string, index: number, rank: number): number[] | undefined {
    return this.fixed(name, index)?.map((axis) => this.axis(axis, rank));
  }

  /** A single number, from an attribute or from an input. */
  number(name: string, index: number, missing: number): number {
    if (this.has(name)) return this.float(name, missing);
    return this.optionalConstant(index, name)?.tensor.data[0] ?? missing;
  }
}
