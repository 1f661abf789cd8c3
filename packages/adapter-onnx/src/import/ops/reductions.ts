import { isBatch, type Dim } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ImportContext } from '../import-context.js';
import type { RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';

interface Reduction {
  readonly x: RuntimeValue;
  readonly axes: readonly number[];
  /** The shape without the reduced axes, where they are not kept. */
  readonly dropped?: readonly Dim[];
}

function reductionOf(node: NodeView): Reduction | undefined {
  const x = node.runtime(0);
  const given = node.fixed('axes', 1);
  if ((given === undefined || given.length === 0) && node.int('noop_with_empty_axes', 0) === 1)
    return undefined;
  const axes =
    given && given.length > 0
      ? given.map((axis) => node.axis(axis, x.shape.length))
      : x.shape.map((_, axis) => axis);
  if (axes.some((axis) => isBatch(x.shape[axis]))) node.unsupported('it reduces over the batch.');
  if (node.int('keepdims', 1) === 1) return { x, axes };
  return { x, axes, dropped: x.shape.filter((_, axis) => !axes.includes(axis)) };
}

/** Makes the reduction the node's value, or a step before its axes are dropped; `unreduced` is what is left of it where it has no axes. */
function reduce(
  node: NodeView,
  context: ImportContext,
  make: (reduction: Reduction, last: 'layer' | 'step') => RuntimeValue,
  unreduced: (x: RuntimeValue) => RuntimeValue = (x) => context.layer(node, 'identity', [x], {}),
): void {
  const reduction = reductionOf(node);
  if (!reduction) {
    unreduced(node.runtime(0));
    return;
  }
  if (!reduction.dropped) {
    make(reduction, 'layer');
    return;
  }
  const kept = make(reduction, 'step');
  context.layer(node, 'reshape', [kept], { shape: reduction.dropped });
}

function simple(kind: 'mean' | 'sum' | 'maximum-over-axes', word: string): Handler {
  return (node, context) => {
    reduce(node, context, ({ x, axes }, last) =>
      last === 'layer'
        ? context.layer(node, kind, [x], { axes })
        : context.step(node, word, kind, [x], { axes }),
    );
  };
}

export const ReduceMean = simple('mean', 'mean');
export const ReduceSum = simple('sum', 'sum');
export const ReduceMax = simple('maximum-over-axes', 'maximum');

export const ReduceSumSquare: Handler = (node, context) => {
  reduce(
    node,
    context,
    ({ x, axes }, last) => {
      const squares = context.step(node, 'square', 'product', [x, x], {});
      return last === 'layer'
        ? context.layer(node, 'sum', [squares], { axes })
        : context.step(node, 'sum', 'sum', [squares], { axes });
    },
    (x) => context.layer(node, 'product', [x, x], {}),
  );
};

export const ReduceL2: Handler = (node, context) => {
  reduce(
    node,
    context,
    ({ x, axes }, last) => {
      const squares = context.step(node, 'square', 'product', [x, x], {});
      const sum = context.step(node, 'sum', 'sum', [squares], { axes });
      return last === 'layer'
        ? context.layer(node, 'pointwise', [sum], { function: 'sqrt' })
        : context.step(node, 'root', 'pointwise', [sum], { function: 'sqrt' });
    },
    (x) => context.layer(node, 'pointwise', [x], { function: 'abs' }),
  );
};
