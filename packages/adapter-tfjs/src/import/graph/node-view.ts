import { isBatch, type Dim, type Parameter } from '@patternlens/core';
import { fieldOf, isObject, shown, type JsonObject } from '../../read/json-object.js';
import { Place } from '../place.js';
import type { ConstantValue, Imported, KnownValue, RuntimeValue } from '../values.js';
import type { GraphNode } from './graph-nodes.js';
import { dimsOf, isKnown, parameterOf } from './known-values.js';

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return atob(value);
  } catch {
    return value;
  }
}

const numberOf = (value: unknown): number =>
  typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;

/** A node of the graph as its operation's importer sees it. */
export class NodeView extends Place {
  readonly inputs: readonly Imported[];
  readonly #attributes: JsonObject;

  constructor({ op, name, attributes }: GraphNode, inputs: readonly Imported[]) {
    super(op, name, false);
    this.inputs = inputs;
    this.#attributes = attributes;
  }

  #attribute(name: string, field: string): unknown {
    const attribute = fieldOf(this.#attributes, name);
    return isObject(attribute) ? fieldOf(attribute, field) : undefined;
  }

  #list(name: string, field: string): readonly unknown[] | undefined {
    const list = this.#attribute(name, 'list');
    const own = isObject(list) ? fieldOf(list, field) : undefined;
    return Array.isArray(own) ? (own as unknown[]) : undefined;
  }

  int(name: string, missing: number): number {
    const value = this.#attribute(name, 'i');
    if (value === undefined) return missing;
    const own = numberOf(value);
    return Number.isSafeInteger(own) ? own : this.invalid(`its ${name} is not a whole number.`);
  }

  float(name: string, missing: number): number {
    const value = this.#attribute(name, 'f');
    if (value === undefined) return missing;
    const own = numberOf(value);
    return Number.isFinite(own) ? own : this.invalid(`its ${name} is not a number.`);
  }

  flag(name: string, missing = false): boolean {
    const value = this.#attribute(name, 'b');
    return typeof value === 'boolean' ? value : missing;
  }

  string(name: string, missing: string): string {
    return textOf(this.#attribute(name, 's')) ?? missing;
  }

  type(name: string): string {
    const type = this.#attribute(name, 'type') ?? 'DT_FLOAT';
    return typeof type === 'string' ? type : shown(type);
  }

  strings(name: string): string[] {
    return (this.#list(name, 's') ?? []).map((value) => textOf(value) ?? '');
  }

  ints(name: string): number[] | undefined {
    const values = this.#list(name, 'i')?.map(numberOf);
    return values?.every(Number.isSafeInteger) === false
      ? this.invalid(`its ${name} are not whole numbers.`)
      : values;
  }

  /** Every attribute that is a number, a word, true or false, or a list of whole numbers. */
  plainAttributes(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#attributes).flatMap(([name, attribute]): [string, unknown][] => {
        if (!isObject(attribute)) return [];
        const [field] = Object.keys(attribute);
        if (field === 'i') return [[name, this.int(name, 0)]];
        if (field === 'f') return [[name, this.float(name, 0)]];
        if (field === 'b') return [[name, this.flag(name)]];
        if (field === 's') return [[name, this.string(name, '')]];
        return field === 'list' ? [[name, this.ints(name)]] : [];
      }),
    );
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

  constant(index: number, what: string): ConstantValue {
    const value = this.input(index);
    return value.kind === 'constant'
      ? value
      : this.unsupported(
          `its ${what} (input ${index}) is computed when the network runs; only constants are supported there.`,
        );
  }

  parameter(index: number, what: string): Parameter {
    return parameterOf(this.constant(index, what));
  }

  known(index: number, what: string): KnownValue {
    const value = this.input(index);
    return isKnown(value)
      ? value
      : this.unsupported(
          `its ${what} (input ${index}) is computed when the network runs; only constants and shapes are supported there.`,
        );
  }

  /** Sizes, some of which may depend on the batch. */
  dims(index: number, what: string): readonly Dim[] {
    const dims = dimsOf(this.known(index, what));
    return dims.every((dim) => isBatch(dim) || Number.isSafeInteger(dim))
      ? dims
      : this.invalid(`its ${what} must be whole numbers.`);
  }

  /** Whole numbers that are the same for every batch. */
  fixed(index: number, what: string): number[] {
    return this.dims(index, what).map((dim) =>
      isBatch(dim) ? this.unsupported(`its ${what} depends on the batch.`) : dim,
    );
  }

  /** One whole number. */
  fixedNumber(index: number, what: string): number {
    return this.fixed(index, what)[0] ?? this.invalid(`its ${what} is empty.`);
  }
}
