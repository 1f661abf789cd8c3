import { known } from '../known/known.js';
import { smooth } from '../layers/activation.js';
import type { Folder, Operation } from '../walk/operation.js';
import * as elementwise from './elementwise.js';

const { activationOf, pointwise } = elementwise;

/** What operators become that ONNX and TensorFlow call the same, and mean the same by. */
export const commonOperations: Readonly<Record<string, Operation>> = {
  Abs: pointwise('abs'),
  Add: elementwise.add,
  Div: elementwise.divide,
  Erf: pointwise('erf'),
  Exp: pointwise('exp'),
  Log: pointwise('log'),
  Mul: elementwise.multiply,
  Neg: elementwise.negate,
  Pow: elementwise.power,
  Reciprocal: pointwise('reciprocal'),
  Relu: activationOf(() => ({ kind: 'rectifier' })),
  Sigmoid: activationOf(() => smooth({ function: 'sigmoid' })),
  Softplus: activationOf(() => smooth({ function: 'softplus' })),
  Softsign: activationOf(() => smooth({ function: 'softsign' })),
  Sqrt: pointwise('sqrt'),
  Sub: elementwise.subtract,
  Tanh: activationOf(() => smooth({ function: 'tanh' })),
};

/** How such operators are computed where all that they read is known. */
export const commonFolders: Readonly<Record<string, Folder>> = {
  Abs: known.abs,
  Add: known.add,
  Ceil: known.ceil,
  Equal: known.equal,
  Exp: known.exp,
  Floor: known.floor,
  Greater: known.greater,
  Identity: (node) => node.known(0),
  Less: known.less,
  Log: known.log,
  Mul: known.multiply,
  Neg: known.negate,
  Pow: known.power,
  Range: known.range,
  Reciprocal: known.reciprocal,
  Sign: known.sign,
  Sqrt: known.sqrt,
  Sub: known.subtract,
};
