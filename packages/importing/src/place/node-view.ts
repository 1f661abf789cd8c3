import { type Parameter } from '@patternlens/core/network';
import { formatDim, isBatch, type Dim } from '@patternlens/core/tensor';
import {
  dimsOf,
  isKnown,
  parameterOf,
  type ConstantValue,
  type Imported,
  type KnownValue,
  type RuntimeValue,
} from '../values/values.js';
import { Place, type PlaceNames } from './place.js';
import type { Voice } from './voice.js';

/** A node of a graph as its operator's importer sees it: what it reads. An importer adds how its attributes are read. */
export class NodeView extends Place {
  /** At their places; undefined where an input is left out. */
  readonly inputs: readonly (Imported | undefined)[];

  constructor(voice: Voice, names: PlaceNames, inputs: readonly (Imported | undefined)[]) {
    super(voice, names);
    this.inputs = inputs;
  }

  /** The same node with other values as its inputs. */
  withInputs(inputs: readonly (Imported | undefined)[]): NodeView {
    return new NodeView(this.voice, this, inputs);
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

  optionalConstant(index: number, what: string): ConstantValue | undefined {
    const value = this.inputs[index];
    if (value === undefined || value.kind === 'constant') return value;
    return this.unsupported(
      `its ${what} (input ${index}) is computed when the network runs; only constants are supported there.`,
    );
  }

  /** An input whose numbers are in the file. */
  constant(index: number, what: string): ConstantValue {
    return (
      this.optionalConstant(index, what) ?? this.invalid(`its ${what} (input ${index}) is missing.`)
    );
  }

  parameter(index: number, what: string): Parameter {
    return parameterOf(this.constant(index, what));
  }

  optionalParameter(index: number, what: string): Parameter | undefined {
    const value = this.optionalConstant(index, what);
    return value && parameterOf(value);
  }

  /** The numbers of an input, for a plug-in; undefined where it is computed, or left out. */
  storedAt(index: number): Parameter | undefined {
    const input = this.inputs[index];
    return input?.kind === 'constant' ? parameterOf(input) : undefined;
  }

  known(index: number, what = 'input'): KnownValue {
    const value = this.input(index);
    return isKnown(value)
      ? value
      : this.unsupported(
          `its ${what} (input ${index}) is computed when the network runs; only constants and shapes are supported there.`,
        );
  }

  /** All inputs, each of which is known. */
  knowns(): KnownValue[] {
    return this.inputs.map((_, index) => this.known(index));
  }

  /** Sizes, some of which may depend on the batch. */
  dimsAt(index: number, what: string): readonly Dim[] {
    const dims = dimsOf(this.known(index, what));
    return dims.every((dim) => isBatch(dim) || Number.isInteger(dim))
      ? dims
      : this.invalid(
          `its ${what} [${dims.slice(0, 20).map(formatDim).join(', ')}] must be whole numbers.`,
        );
  }

  /** Whole numbers that are the same for every batch. */
  fixedAt(index: number, what: string): number[] {
    return this.withoutBatch(this.dimsAt(index, what), what);
  }

  /** One whole number. */
  wholeAt(index: number, what: string): number {
    return this.fixedAt(index, what)[0] ?? this.invalid(`its ${what} is empty.`);
  }

  /** Sizes, none of which may depend on the batch. */
  withoutBatch(dims: readonly Dim[], what: string): number[] {
    return dims.map((dim) =>
      isBatch(dim) ? this.unsupported(`its ${what} must not depend on the batch.`) : dim,
    );
  }
}
