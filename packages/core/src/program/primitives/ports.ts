import { PatternLensError } from '../../errors/patternlens-error.js';
import type { Tensor } from '../../tensor/tensor.js';
import { ANY, signOfNumbers } from '../sign.js';
import { neverZero, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

/** A value handed in when the program runs. */
export const input: Primitive<{ readonly name: string }, 0> = {
  operands: 0,
  isElementwise: false,
  isFolded: false,
  shape: (_operands, { name }, kind) => misfit(kind, `"${name}" has a shape of its own.`),
  sign: () => ANY,
  isZero: neverZero,
  evaluate: (_operands, { name }) => {
    throw new PatternLensError(
      'core',
      'invalid-program',
      `input: "${name}" is handed in, it cannot be computed.`,
      { operation: 'input' },
    );
  },
};

/** Numbers known when the program is traced, in float64 where they were computed. */
export const constant: Primitive<{ readonly value: Tensor }, 0> = {
  operands: 0,
  isElementwise: false,
  isFolded: false,
  shape: (_operands, { value }) => value.shape,
  sign: (_operands, { value }) => signOfNumbers(value.data),
  isZero: neverZero,
  evaluate: (_operands, { value }) => ({
    data: Float64Array.from(value.data),
    shape: value.shape,
  }),
};
