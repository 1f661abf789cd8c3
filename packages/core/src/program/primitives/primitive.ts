import type { Shape } from '../../tensor/shape.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { Sign } from '../sign.js';

/* eslint-disable-next-line @typescript-eslint/no-empty-object-type -- operations without attributes */
export type NoAttributes = {};

/** How many operands a primitive has; `any` for a list of them. */
export type OperandCount = 0 | 1 | 2 | 3 | 'any';

/** One item for each operand. */
type ForOperands<Count extends OperandCount, T> = {
  readonly 0: readonly [];
  readonly 1: readonly [T];
  readonly 2: readonly [T, T];
  readonly 3: readonly [T, T, T];
  readonly any: readonly T[];
}[Count];

/** All that is known of a primitive operation, but for how backends run it. */
export interface Primitive<Attributes, Count extends OperandCount = 1> {
  readonly operands: Count;
  /** Each element of its value depends on the elements at the same place only, but for broadcasting. */
  readonly isElementwise: boolean;
  /** Whether the optimiser computes it where all operands are constants; else that is left to the backend. */
  readonly isFolded: boolean;
  /** The shape of its value; `kind` is its name, for errors.
   * @throws PatternLensError `invalid-shape` where operands or attributes do not fit. */
  readonly shape: (
    operands: ForOperands<Count, Shape>,
    attributes: Attributes,
    kind: string,
  ) => Shape;
  /** What is known of the sign of its value. A sum over several entries may be empty, so it may be zero. */
  readonly sign: (operands: ForOperands<Count, Sign>, attributes: Attributes) => Sign;
  /** Whether its value is zero everywhere, from which operands are. */
  readonly isZero: (zeros: ForOperands<Count, boolean>, attributes: Attributes) => boolean;
  /** Its value, of the given shape, which has the batch put in: the definition of what it computes. In float64, but what only moves elements keeps
   * their type. */
  readonly evaluate: (
    operands: ForOperands<Count, Tensor>,
    attributes: Attributes,
    shape: readonly number[],
  ) => Tensor;
}

export type AttributesOf<P> = P extends {
  readonly shape: (operands: never, attributes: infer Attributes, kind: string) => Shape;
}
  ? Attributes
  : never;

/** Nothing follows from zeros. */
export const neverZero = (): boolean => false;
export const zeroIfFirst = ([first]: readonly boolean[]): boolean => first!;
export const zeroIfAny = (zeros: readonly boolean[]): boolean => zeros.includes(true);
