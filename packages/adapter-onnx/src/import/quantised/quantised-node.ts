import { mapTensor } from '@patternlens/core/tensor';
import {
  build,
  QUANTISED,
  type ConstantValue,
  type ImportContext,
  type Imported,
  type Made,
  type RuntimeValue,
} from '@patternlens/importing';
import { changedMessage } from '../changed-message.js';
import { NamedValue, OnnxNode } from '../node-view.js';
import { operators } from '../ops/operators.js';
import {
  isDynamic,
  isHeld,
  isNothing,
  isPlain,
  type Encoded,
  type Held,
  type Read,
} from './encoded.js';

/** What a node sees of its file. */
export interface QuantisedFile {
  readonly context: ImportContext;
  /** The type of the elements of a value; undefined where it is not known. */
  readonly elements: (name: string) => number | undefined;
  /** The file's own numbers of a quantised value; undefined where they depend on the whole batch. */
  readonly numbers: (held: Held) => RuntimeValue | undefined;
}

/** A node of a quantised network while it is imported. */
export class QuantisedNode {
  readonly node: OnnxNode;
  readonly reads: readonly Read[];
  readonly context: ImportContext;
  readonly #file: QuantisedFile;

  constructor(node: OnnxNode, reads: readonly Read[], file: QuantisedFile) {
    this.node = node;
    this.reads = reads;
    this.context = file.context;
    this.#file = file;
  }

  /** The type of the elements of an input; undefined where it is not known. */
  elementsAt(index: number): number | undefined {
    const read = this.reads[index];
    return read?.kind === 'encoded'
      ? read.elements
      : this.#file.elements(this.node.proto.input[index] ?? '');
  }

  /** Says in the network's changes that it is quantised. */
  tell(): void {
    this.context.tell(QUANTISED);
  }

  constant(index: number, what: string): ConstantValue {
    return this.optionalConstant(index, what) ?? this.node.invalid(`its ${what} is missing.`);
  }

  optionalConstant(index: number, what: string): ConstantValue | undefined {
    const read = this.reads[index];
    if (read === undefined || read.kind === 'constant') return read;
    return this.node.unsupported(
      `its ${what} (input ${index}) is computed when the network runs; only numbers of the file are supported there.`,
    );
  }

  /** An input as a value of the network, in the file's own numbers. */
  plain(index: number): Imported {
    const read = this.reads[index] ?? this.node.invalid(`its input ${index} is missing.`);
    if (!isHeld(read)) return read;
    return this.#file.numbers(read) ?? this.node.unsupported(...WHOLE_BATCH);
  }

  runtime(index: number): RuntimeValue {
    const value = this.plain(index);
    return value.kind === 'runtime'
      ? value
      : this.node.unsupported(
          `its input ${index} is a constant where a computed value is expected.`,
        );
  }

  /** Makes what an operator of the standard makes of other inputs, as the layer of this node. */
  standard(
    operator: string,
    inputs: readonly (Imported | undefined)[],
    outputs: readonly string[],
  ): Made {
    const view = this.standIn(inputs, outputs);
    return operators.operations[operator]!(view, this.context);
  }

  /** This node with other inputs and names of its values. */
  standIn(
    inputs: readonly (Imported | undefined)[],
    outputs: readonly string[],
    opset = this.node.opset,
  ): OnnxNode {
    const proto = changedMessage(this.node.proto, { name: this.node.name, output: [...outputs] });
    return new OnnxNode(proto, inputs, opset);
  }
}

/** What the network calls the real numbers that a value of the file stands for. */
export const realName = (value: string): string => (value === '' ? '' : `${value}:real`);

/** Why numbers of a value are not at hand, and what to do about it. */
export const WHOLE_BATCH = [
  'it reads numbers whose scale a DynamicQuantizeLinear finds in a whole batch, which mixes samples.',
  'Supported: what undoes the quantisation, a product with that scale. Export the model quantised statically, or as floats.',
] as const;

/** The file's own numbers of a quantised value, for what computes with them; undefined where they depend on the whole batch. */
export function numbersOf(context: ImportContext, held: Held): RuntimeValue | undefined {
  if (held.kind !== 'encoded' || held.scale.dynamic.length > 0 || isDynamic(held.zero))
    return undefined;
  const { scale, zero, name } = held;
  if (isPlain(held)) return held.real();
  const names = { kind: 'quantised numbers', name: `${name}/numbers` };
  const place = new NamedValue(names, () => name);
  const weights = mapTensor(scale.factor, (factor) => 1 / factor);
  const bias = isNothing(zero) ? undefined : { tensor: zero };
  return build.scale(context, place, held.real(), { tensor: weights }, bias);
}

/** A value of the network under the name of a node's output. */
export function named(context: ImportContext, node: OnnxNode, value: RuntimeValue): RuntimeValue {
  return value.name === node.outputs[0] ? value : context.layer(node, 'identity', [value], {});
}

export type QuantisedOperation = (node: QuantisedNode) => QuantisedMade | undefined;

/** What a node of a quantised network makes; undefined where it is no different from any other. */
export type QuantisedMade = Imported | Held | readonly (Imported | Held | undefined)[];

export const isEncoded = (read: Read): read is Encoded => read?.kind === 'encoded';
