import { known } from '../known/known.js';
import { smooth } from '../layers/activation.js';
import type { Folder, Operation } from '../walk/operation.js';
import { comparison } from './comparisons.js';
import * as elementwise from './elementwise.js';
import { stepwise } from './steps.js';

const { activationOf, pointwise } = elementwise;

/** What operators become that ONNX and TensorFlow call the same, and mean the same by. */
export const commonOperations: Readonly<Record<string, Operation>> = {
  Abs: pointwise('abs'),
  Acos: pointwise('acos'),
  Acosh: pointwise('acosh'),
  Add: elementwise.add,
  Asin: pointwise('asin'),
  Asinh: pointwise('asinh'),
  Atan: pointwise('atan'),
  Atanh: pointwise('atanh'),
  Ceil: stepwise('ceil'),
  Cos: pointwise('cos'),
  Cosh: pointwise('cosh'),
  Div: elementwise.divide,
  Equal: comparison('equal'),
  Erf: pointwise('erf'),
  Exp: pointwise('exp'),
  Floor: stepwise('floor'),
  Greater: comparison('greater'),
  Less: comparison('less'),
  Log: pointwise('log'),
  Mul: elementwise.multiply,
  Neg: elementwise.negate,
  Pow: elementwise.power,
  Reciprocal: pointwise('reciprocal'),
  Relu: activationOf(() => ({ kind: 'rectifier' })),
  Round: stepwise('round'),
  Sigmoid: activationOf(() => smooth({ function: 'sigmoid' })),
  Sign: stepwise('sign'),
  Sin: pointwise('sin'),
  Sinh: pointwise('sinh'),
  Softplus: activationOf(() => smooth({ function: 'softplus' })),
  Softsign: activationOf(() => smooth({ function: 'softsign' })),
  Sqrt: pointwise('sqrt'),
  Sub: elementwise.subtract,
  Tan: pointwise('tan'),
  Tanh: activationOf(() => smooth({ function: 'tanh' })),
};

/** How such operators are computed where all that they read is known. */
export const commonFolders: Readonly<Record<string, Folder>> = {
  Abs: known.abs,
  Acos: known.acos,
  Acosh: known.acosh,
  Add: known.add,
  Asin: known.asin,
  Asinh: known.asinh,
  Atan: known.atan,
  Atanh: known.atanh,
  Ceil: known.ceil,
  Cos: known.cos,
  Cosh: known.cosh,
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
  Relu: known.relu,
  Round: known.round,
  Sigmoid: known.sigmoid,
  Sign: known.sign,
  Sin: known.sin,
  Sinh: known.sinh,
  Sqrt: known.sqrt,
  Sub: known.subtract,
  Tan: known.tan,
  Tanh: known.tanh,
};
