import type { Operation } from '../program/operation.js';
import { ProgramBuilder, type Value } from '../program/program-builder.js';
import type { Instruction } from '../program/program.js';
import type { Shape } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import { foldConstants } from './fold-constants.js';
import { isZero, type Sign } from '../program/sign.js';
import { signOf } from '../program/sign-of.js';
import type { Lines } from './lines.js';
import { simplify } from './simplify.js';

/** Writes a program anew, line by line: constants are folded, operations are simplified, and no line is written twice. */
export class LineWriter implements Lines {
  readonly #builder = new ProgramBuilder();
  readonly #signs: Sign[] = [];
  readonly #written = new Map<string, Value>();
  readonly #tensors = new Map<Tensor, number>();

  get builder(): ProgramBuilder {
    return this.#builder;
  }

  write(operation: Operation, ...operands: readonly Value[]): Value {
    const key = this.#keyOf(operation, operands);
    const before = this.#written.get(key);
    if (before) return before;
    const value =
      this.#fold(operation, operands) ??
      simplify(this, operation, operands) ??
      this.#append(operation, operands);
    this.#written.set(key, value);
    return value;
  }

  input(name: string, shape: Shape): Value {
    return this.#remember(this.#builder.input(name, shape), { kind: 'input', name }, []);
  }

  scalar(value: number): Value {
    return this.write({ kind: 'constant', value: tensor([value], []) });
  }

  filled(value: number, shape: Shape): Value {
    return shape.length === 0
      ? this.scalar(value)
      : this.write({ kind: 'broadcast', shape }, this.scalar(value));
  }

  line(value: Value): Instruction {
    return this.#builder.instruction(value);
  }

  operand(value: Value, index: number): Value {
    const id = this.line(value).operands[index]!;
    return { id, shape: this.#builder.instructionAt(id).shape };
  }

  sign(value: Value): Sign {
    return this.#signs[value.id]!;
  }

  isZero(value: Value): boolean {
    return isZero(this.sign(value));
  }

  constant(value: Value): Tensor | undefined {
    const { operation } = this.line(value);
    return operation.kind === 'constant' ? operation.value : undefined;
  }

  fill(value: Value): number | undefined {
    const { operation } = this.line(value);
    if (operation.kind === 'constant')
      return operation.value.data.length === 1 ? operation.value.data[0] : undefined;
    return operation.kind === 'broadcast' ? this.fill(this.operand(value, 0)) : undefined;
  }

  find(operation: Operation, ...operands: readonly Value[]): Value | undefined {
    return this.#written.get(this.#keyOf(operation, operands));
  }

  #fold(operation: Operation, operands: readonly Value[]): Value | undefined {
    if (operands.length === 0) return undefined;
    const constants = operands.map((operand) => this.constant(operand));
    if (constants.some((constant) => constant === undefined)) return undefined;
    const folded = foldConstants(operation, constants as Tensor[]);
    return folded && this.write({ kind: 'constant', value: folded });
  }

  #append(operation: Operation, operands: readonly Value[]): Value {
    return this.#remember(this.#builder.apply(operation, ...operands), operation, operands);
  }

  #remember(value: Value, operation: Operation, operands: readonly Value[]): Value {
    this.#signs[value.id] = signOf(
      operation,
      operands.map((operand) => this.sign(operand)),
    );
    return value;
  }

  #keyOf(operation: Operation, operands: readonly Value[]): string {
    const ids = operands.map((operand) => operand.id).join();
    if (operation.kind !== 'constant') return `${attributesOf(operation)} ${ids}`;
    const { data, shape } = operation.value;
    if (data.length === 1) return `constant ${data[0]! === 0 ? 0 : data[0]!} [${shape.join()}]`;
    const known = this.#tensors.get(operation.value) ?? this.#tensors.size;
    this.#tensors.set(operation.value, known);
    return `constant #${known}`;
  }
}

/** The kind and its attributes in words, whatever order they are in. */
const attributesOf = (operation: Operation): string =>
  JSON.stringify(
    Object.entries(operation).sort(([a], [b]) => (a < b ? -1 : 1)),
    distinct,
  );

/** Numbers that JSON has no words for, told apart. */
const distinct = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
