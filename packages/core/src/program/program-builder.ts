import { PatternLensError } from '../errors/patternlens-error.js';
import type { Shape } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import { dropDeadLines } from './drop-dead-lines.js';
import { inferShape } from './infer-shape.js';
import type { Operation } from './operation.js';
import type { Relation } from './primitives/compare.js';
import type { Instruction, Program, ProgramPort } from './program.js';
import type { ConvAttributes, PoolAttributes } from './window.js';

/** A value of the program that is being traced. */
export interface Value {
  readonly id: number;
  readonly shape: Shape;
}

/** Records operations over symbolic tensors; what forward passes and rules are written against. */
export class ProgramBuilder {
  readonly #instructions: Instruction[] = [];
  readonly #inputs: ProgramPort[] = [];
  readonly #outputs: ProgramPort[] = [];
  readonly #constants = new Map<Tensor, Value>();
  readonly #scalars = new Map<number, Value>();
  #layer: string | undefined;

  /** Everything recorded inside carries the layer's name. */
  inLayer<T>(name: string, record: () => T): T {
    const outer = this.#layer;
    this.#layer = name;
    try {
      return record();
    } finally {
      this.#layer = outer;
    }
  }

  apply(operation: Operation, ...operands: readonly Value[]): Value {
    return this.#append(
      operation,
      operands,
      inferShape(
        operation,
        operands.map((operand) => operand.shape),
      ),
    );
  }

  input(name: string, shape: Shape): Value {
    const value = this.#append({ kind: 'input', name }, [], shape);
    this.#inputs.push({ name, value: value.id });
    return value;
  }

  output(name: string, value: Value): void {
    if (this.#outputs.some((port) => port.name === name)) {
      throw new PatternLensError('core', 'invalid-program', `output "${name}" is named twice.`);
    }
    this.#outputs.push({ name, value: value.id });
  }

  /** The program so far, without lines that no output depends on. */
  build(): Program {
    return dropDeadLines(this.#instructions, this.#inputs, this.#outputs);
  }

  /** The line that made a value. */
  instruction(value: Value): Instruction {
    return this.instructionAt(value.id);
  }

  instructionAt(id: number): Instruction {
    return this.#instructions[id]!;
  }

  constant(value: Tensor): Value {
    const known = this.#constants.get(value);
    if (known) return known;
    const made = this.apply({ kind: 'constant', value });
    this.#constants.set(value, made);
    return made;
  }

  scalar(value: number): Value {
    const known = this.#scalars.get(value);
    if (known) return known;
    const made = this.constant(tensor([value], []));
    this.#scalars.set(value, made);
    return made;
  }

  neg(x: Value): Value {
    return this.apply({ kind: 'neg' }, x);
  }
  abs(x: Value): Value {
    return this.apply({ kind: 'abs' }, x);
  }
  exp(x: Value): Value {
    return this.apply({ kind: 'exp' }, x);
  }
  log(x: Value): Value {
    return this.apply({ kind: 'log' }, x);
  }
  sqrt(x: Value): Value {
    return this.apply({ kind: 'sqrt' }, x);
  }
  tanh(x: Value): Value {
    return this.apply({ kind: 'tanh' }, x);
  }
  sigmoid(x: Value): Value {
    return this.apply({ kind: 'sigmoid' }, x);
  }
  erf(x: Value): Value {
    return this.apply({ kind: 'erf' }, x);
  }
  sin(x: Value): Value {
    return this.apply({ kind: 'sin' }, x);
  }
  cos(x: Value): Value {
    return this.apply({ kind: 'cos' }, x);
  }
  atan(x: Value): Value {
    return this.apply({ kind: 'atan' }, x);
  }
  floor(x: Value): Value {
    return this.apply({ kind: 'floor' }, x);
  }
  relu(x: Value): Value {
    return this.apply({ kind: 'relu' }, x);
  }

  add(a: Value, b: Value): Value {
    return this.apply({ kind: 'add' }, a, b);
  }
  sub(a: Value, b: Value): Value {
    return this.apply({ kind: 'sub' }, a, b);
  }
  mul(a: Value, b: Value): Value {
    return this.apply({ kind: 'mul' }, a, b);
  }
  div(a: Value, b: Value): Value {
    return this.apply({ kind: 'div' }, a, b);
  }
  /** `r / z`, and 0 where `z` is exactly 0. */
  safeDiv(r: Value, z: Value): Value {
    return this.apply({ kind: 'safeDiv' }, r, z);
  }
  min(a: Value, b: Value): Value {
    return this.apply({ kind: 'min' }, a, b);
  }
  max(a: Value, b: Value): Value {
    return this.apply({ kind: 'max' }, a, b);
  }
  pow(base: Value, exponent: Value): Value {
    return this.apply({ kind: 'pow' }, base, exponent);
  }
  compare(a: Value, relation: Relation, b: Value): Value {
    return this.apply({ kind: 'compare', relation }, a, b);
  }
  select(mask: Value, a: Value, b: Value): Value {
    return this.apply({ kind: 'select' }, mask, a, b);
  }
  positivePart(x: Value): Value {
    return this.max(x, this.scalar(0));
  }
  negativePart(x: Value): Value {
    return this.min(x, this.scalar(0));
  }
  isPositive(x: Value): Value {
    return this.compare(x, 'greater', this.scalar(0));
  }

  matmul(a: Value, b: Value): Value {
    return this.apply({ kind: 'matmul' }, a, b);
  }
  conv(x: Value, w: Value, a: ConvAttributes): Value {
    return this.apply({ kind: 'conv', ...a }, x, w);
  }
  convInputGradient(r: Value, w: Value, a: ConvAttributes, inputSpatial: readonly number[]): Value {
    return this.apply({ kind: 'convInputGradient', ...a, inputSpatial }, r, w);
  }
  convWeightGradient(x: Value, r: Value, a: ConvAttributes, kernel: readonly number[]): Value {
    return this.apply({ kind: 'convWeightGradient', ...a, kernel }, x, r);
  }

  maxPool(x: Value, a: PoolAttributes): Value {
    return this.apply({ kind: 'maxPool', ...a }, x);
  }
  poolSwitches(x: Value, a: PoolAttributes): Value {
    return this.apply({ kind: 'poolSwitches', ...a }, x);
  }
  poolBySwitches(x: Value, switches: Value, a: PoolAttributes): Value {
    return this.apply({ kind: 'poolBySwitches', ...a }, x, switches);
  }
  unpool(r: Value, switches: Value, a: PoolAttributes, inputSpatial: readonly number[]): Value {
    return this.apply({ kind: 'unpool', ...a, inputSpatial }, r, switches);
  }
  avgPool(x: Value, a: PoolAttributes): Value {
    return this.apply({ kind: 'avgPool', ...a }, x);
  }
  avgPoolInputGradient(r: Value, a: PoolAttributes, inputSpatial: readonly number[]): Value {
    return this.apply({ kind: 'avgPoolInputGradient', ...a, inputSpatial }, r);
  }

  reshape(x: Value, shape: Shape): Value {
    return this.apply({ kind: 'reshape', shape }, x);
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    return this.apply({ kind: 'transpose', permutation }, x);
  }
  broadcast(x: Value, shape: Shape): Value {
    return this.apply({ kind: 'broadcast', shape }, x);
  }
  pad(x: Value, begin: readonly number[], end: readonly number[], value = 0): Value {
    return this.apply({ kind: 'pad', begin, end, value }, x);
  }
  slice(
    x: Value,
    starts: readonly number[],
    sizes: Shape,
    steps: readonly number[] = starts.map(() => 1),
  ): Value {
    return this.apply({ kind: 'slice', starts, sizes, steps }, x);
  }
  concat(values: readonly Value[], axis: number): Value {
    return this.apply({ kind: 'concat', axis }, ...values);
  }
  reduceSum(x: Value, axes: readonly number[]): Value {
    return this.apply({ kind: 'reduceSum', axes }, x);
  }
  reduceMax(x: Value, axes: readonly number[]): Value {
    return this.apply({ kind: 'reduceMax', axes }, x);
  }
  argMax(x: Value): Value {
    return this.apply({ kind: 'argMax' }, x);
  }
  oneHot(indices: Value, size: number): Value {
    return this.apply({ kind: 'oneHot', size }, indices);
  }
  gather(x: Value, axis: number, indices: readonly number[]): Value {
    return this.apply({ kind: 'gather', axis, indices }, x);
  }

  #append(operation: Operation, operands: readonly Value[], shape: Shape): Value {
    const id = this.#instructions.length;
    const line = { operation, operands: operands.map((operand) => operand.id), shape };
    this.#instructions.push(this.#layer === undefined ? line : { ...line, layer: this.#layer });
    return { id, shape };
  }
}
