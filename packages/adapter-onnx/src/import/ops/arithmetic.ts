import { mapTensor, type PointwiseFunction, type Tensor } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ImportContext } from '../import-context.js';
import type { ConstantValue, RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';
import { besideBatch } from './beside-batch.js';
import { clipBetween } from './clip-between.js';

/** The computed one of two operands, the constant one, and which came first. */
function operands(node: NodeView): {
  x: RuntimeValue;
  other: RuntimeValue | ConstantValue;
  constantFirst: boolean;
} {
  const a = node.input(0),
    b = node.input(1);
  if (a.kind === 'sizes' || b.kind === 'sizes')
    return node.unsupported('it computes with a size that depends on the batch.');
  if (a.kind === 'runtime')
    return {
      x: a,
      other: b.kind === 'constant' ? besideBatch(node, b, a) : b,
      constantFirst: false,
    };
  return b.kind === 'runtime'
    ? { x: b, other: besideBatch(node, a, b), constantFirst: true }
    : node.unsupported('both its inputs are constants.');
}

const changed = (value: ConstantValue, change: (x: number) => number): ConstantValue => ({
  ...value,
  tensor: mapTensor(value.tensor, change),
});
const scalar = (value: number): Tensor => ({ data: Float64Array.of(value), shape: [] });

export const Add: Handler = (node, context) => {
  const { x, other } = operands(node);
  if (other.kind === 'constant') context.layer(node, 'add-constant', [x], {}, { value: other });
  else context.layer(node, 'add', [x, other], { signs: [1, 1] });
};

export const Sub: Handler = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') {
    context.layer(node, 'add', [x, other], { signs: [1, -1] });
  } else if (constantFirst) {
    context.layer(node, 'scale', [x], {}, { weights: scalar(-1), bias: other });
  } else {
    context.layer(node, 'add-constant', [x], {}, { value: changed(other, (value) => -value) });
  }
};

export const Mul: Handler = (node, context) => {
  const { x, other } = operands(node);
  if (other.kind === 'constant') context.layer(node, 'scale', [x], {}, { weights: other });
  else context.layer(node, 'product', [x, other], {});
};

export const Div: Handler = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') {
    context.layer(node, 'quotient', [x, other], {});
  } else if (constantFirst) {
    const inverse = context.step(node, 'reciprocal', 'pointwise', [x], { function: 'reciprocal' });
    context.layer(node, 'scale', [inverse], {}, { weights: other });
  } else {
    if (other.tensor.data.includes(0)) node.invalid('it divides by a constant 0.');
    context.layer(node, 'scale', [x], {}, { weights: changed(other, (value) => 1 / value) });
  }
};

export const Pow: Handler = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') {
    context.layer(node, 'power', [x, other], {});
  } else if (constantFirst) {
    if (other.tensor.data.some((base) => base <= 0))
      node.unsupported('a constant base that is not positive.');
    const logarithm = context.step(
      node,
      'logarithm',
      'scale',
      [x],
      {},
      { weights: changed(other, Math.log) },
    );
    context.layer(node, 'pointwise', [logarithm], { function: 'exp' });
  } else if (other.tensor.data.length === 1 && other.tensor.data[0] === 2) {
    context.layer(node, 'product', [x, x], {});
  } else {
    context.layer(node, 'power', [x], {}, { exponent: other });
  }
};

/** The larger or smaller of any number of values; a limit that is one number makes a clip of it. */
function extremum(kind: 'maximum' | 'minimum'): Handler {
  return (node, context) => {
    const values = node.inputs.map((_, index) => node.input(index));
    const computed = values.filter((value) => value.kind === 'runtime');
    const limits = values.filter((value) => value.kind === 'constant');
    if (computed.length + limits.length !== values.length)
      node.unsupported('it compares a size that depends on the batch.');
    if (limits.some(({ tensor }) => tensor.data.length !== 1))
      node.unsupported('it compares with a constant that is not one number.');
    const steps = computed.slice(1);
    const last = limits.length === 0;
    const joined = steps.reduce<RuntimeValue>(
      (before, value, index) =>
        last && index === steps.length - 1
          ? context.layer(node, kind, [before, value], {})
          : context.step(node, `${kind}-${index}`, kind, [before, value], {}),
      computed[0] ?? node.unsupported('all its inputs are constants.'),
    );
    if (last) {
      if (steps.length === 0) context.layer(node, 'identity', [joined], {});
      return;
    }
    const numbers = limits.map(({ tensor }) => tensor.data[0]!);
    if (kind === 'maximum') clipBetween(node, context, joined, Math.max(...numbers), Infinity);
    else clipBetween(node, context, joined, -Infinity, Math.min(...numbers));
  };
}

export const Max = extremum('maximum');
export const Min = extremum('minimum');

/** The sum of any number of values; constants among them are added one by one. */
function sumAll(node: NodeView, context: ImportContext): RuntimeValue {
  const values = node.inputs.map((_, index) => node.input(index));
  const computed = values.filter((value) => value.kind === 'runtime');
  const constants = values.filter((value) => value.kind === 'constant');
  if (computed.length + constants.length !== values.length || computed.length === 0)
    node.unsupported('it adds what is not a value of the network.');
  const joined =
    computed.length === 1
      ? computed[0]!
      : context.step(node, 'sum', 'add', computed, { signs: computed.map(() => 1 as const) });
  return constants.reduce(
    (total, value, index) =>
      context.step(
        node,
        `constant-${index}`,
        'add-constant',
        [total],
        {},
        { value: besideBatch(node, value, total) },
      ),
    joined,
  );
}

export const Sum: Handler = (node, context) => {
  const computed = node.inputs.filter((value) => value?.kind === 'runtime');
  if (computed.length > 1 && computed.length === node.inputs.length)
    context.layer(node, 'add', computed, { signs: computed.map(() => 1 as const) });
  else context.layer(node, 'identity', [sumAll(node, context)], {});
};

export const Mean: Handler = (node, context) => {
  context.layer(
    node,
    'scale',
    [sumAll(node, context)],
    {},
    { weights: scalar(1 / node.inputs.length) },
  );
};

export const Neg: Handler = (node, context) => {
  context.layer(node, 'scale', [node.runtime(0)], {}, { weights: scalar(-1) });
};

const pointwise =
  (name: PointwiseFunction): Handler =>
  (node, context) => {
    context.layer(node, 'pointwise', [node.runtime(0)], { function: name });
  };

export const Abs = pointwise('abs');
export const Exp = pointwise('exp');
export const Log = pointwise('log');
export const Sqrt = pointwise('sqrt');
export const Erf = pointwise('erf');
export const Reciprocal = pointwise('reciprocal');

/** A choice between a value and a constant, or between two values, by a mask that is in the file. */
export const Where: Handler = (node, context) => {
  const condition = node.constant(0, 'condition');
  const a = node.input(1),
    b = node.input(2);
  if (a.kind === 'sizes' || b.kind === 'sizes')
    node.unsupported('it chooses between sizes and values.');
  const [x] = [a, b].filter((value) => value.kind === 'runtime');
  if (!x) return node.unsupported('both its inputs are constants.');
  const mask = besideBatch(node, { ...condition, type: 'float' }, x);
  const inverse = changed(mask, (value) => Number(value === 0));
  if (a.kind === 'runtime' && b.kind === 'runtime') {
    const left = context.step(
      node,
      'chosen',
      'scale',
      [a],
      {},
      { weights: changed(mask, (value) => Number(value !== 0)) },
    );
    const right = context.step(node, 'other', 'scale', [b], {}, { weights: inverse });
    context.layer(node, 'add', [left, right], { signs: [1, 1] });
    return undefined;
  }
  const value = (a.kind === 'constant' ? a : b) as ConstantValue;
  context.layer(
    node,
    'mask-constant',
    [x],
    {},
    { mask: a.kind === 'runtime' ? mask : inverse, value: besideBatch(node, value, x) },
  );
  return undefined;
};
