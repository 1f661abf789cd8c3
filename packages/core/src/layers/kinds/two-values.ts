import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { NoAttributes } from '../layer-with.js';
import { whole } from '../reach/box.js';
import { elementwiseReach, unbroadcastBox } from '../reach/reach.js';
import { unbroadcast } from './unbroadcast.js';

const both = ({ ops, inputs }: LayerScope, ...parts: Value[]): Value[] =>
  parts.map((part, index) => unbroadcast(ops, part, inputs[index]!.shape));

/** What these kinds have in common but for the product of matrices: element by element, with broadcasting. */
const elementwise = {
  group: 'other',
  axisOrder: 'unknown',
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
} as const;

export const productOfValues: LayerDefinition<NoAttributes> = {
  ...elementwise,
  forward: (_layer, { ops, inputs }) => ops.mul(inputs[0]!, inputs[1]!),
  gradient: (_layer, scope, _output, r) => {
    const [a, b] = scope.inputs;
    return both(scope, scope.ops.mul(r, b!), scope.ops.mul(r, a!));
  },
};

/** The divisor: the second input, or a constant. */
const divisorOf = ({ inputs, parameter }: LayerScope): Value => inputs[1] ?? parameter('divisor');

/** A value by another, or by the parameter `divisor`. */
export const quotient: LayerDefinition<NoAttributes> = {
  ...elementwise,
  forward: (_layer, scope) => scope.ops.div(scope.inputs[0]!, divisorOf(scope)),
  gradient: (_layer, scope, output, r) => {
    const { ops, inputs } = scope;
    const share = ops.div(r, divisorOf(scope));
    if (inputs.length === 1) return both(scope, share);
    return both(scope, share, ops.neg(ops.mul(share, output)));
  },
};

const swapLast = (ops: LayerScope['ops'], x: Value): Value => {
  const axes = x.shape.map((_, axis) => axis);
  const rank = axes.length;
  return ops.transpose(x, [...axes.slice(0, -2), rank - 1, rank - 2]);
};

export const matrixProduct: LayerDefinition<NoAttributes> = {
  group: 'other',
  axisOrder: 'unknown',
  reach: (_layer, box, { inputs }) => {
    const [a, b] = inputs as [readonly number[], readonly number[]];
    const left = box.with(-1, whole(a.at(-1)!));
    const right = box.with(-2, whole(b.at(-2)!));
    return [unbroadcastBox(left, a), unbroadcastBox(right, b)];
  },
  expectedMagnitude: passedMagnitude,
  forward: (_layer, { ops, inputs }) => ops.matmul(inputs[0]!, inputs[1]!),
  gradient: (_layer, scope, _output, r) => {
    const { ops } = scope;
    const [a, b] = scope.inputs;
    return both(scope, ops.matmul(r, swapLast(ops, b!)), ops.matmul(swapLast(ops, a!), r));
  },
};

/** The exponent: the second input, or a constant. */
const exponentOf = ({ inputs, parameter }: LayerScope): Value => inputs[1] ?? parameter('exponent');

/** The base to the power of the exponent, which is a second input or the parameter `exponent`. */
export const power: LayerDefinition<NoAttributes> = {
  ...elementwise,
  forward: (_layer, scope) => scope.ops.pow(scope.inputs[0]!, exponentOf(scope)),
  gradient: (_layer, scope, output, r) => {
    const { ops, inputs } = scope;
    const base = inputs[0]!;
    const exponent = exponentOf(scope);
    const toBase = ops.mul(ops.mul(r, exponent), ops.pow(base, ops.sub(exponent, ops.scalar(1))));
    if (inputs.length === 1) return both(scope, toBase);
    // The logarithm is taken of positive bases only: at the others the power does not depend smoothly on its exponent.
    const logarithm = ops.log(ops.select(ops.isPositive(base), base, ops.scalar(1)));
    return both(scope, toBase, ops.mul(ops.mul(r, output), logarithm));
  },
};

/** The larger (or smaller) of two values, the second of which may be the parameter `value`; the first wins ties. */
function extremum(relation: 'greaterOrEqual' | 'lessOrEqual'): LayerDefinition<NoAttributes> {
  const second = ({ inputs, parameter }: LayerScope): Value => inputs[1] ?? parameter('value');
  const first = (scope: LayerScope): Value =>
    scope.mask('first', () => scope.ops.compare(scope.inputs[0]!, relation, second(scope)));
  return {
    ...elementwise,
    group: 'maximum',
    takesInfinity: true,
    forward: (_layer, scope) => {
      const { ops, inputs, masksGiven } = scope;
      const a = inputs[0]!,
        b = second(scope);
      const wins = first(scope);
      if (masksGiven) return ops.select(wins, a, b);
      return relation === 'greaterOrEqual' ? ops.max(a, b) : ops.min(a, b);
    },
    gradient: (_layer, scope, _output, r) => {
      const { ops, inputs } = scope;
      const wins = first(scope);
      const parts = [ops.mul(r, wins), ops.mul(r, ops.sub(ops.scalar(1), wins))];
      return both(scope, ...parts.slice(0, inputs.length));
    },
  };
}

export const maximum = extremum('greaterOrEqual');
export const minimum = extremum('lessOrEqual');
