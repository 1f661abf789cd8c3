import {
  build,
  range,
  type ImportContext,
  type Operation,
  type Place,
  type Reduction,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** The axes that a reduction names, or all; undefined where it leaves its input as it is. */
function axesOf(node: OnnxNode, rank: number): readonly number[] | undefined {
  const given = node.axes('axes', 1, rank) ?? [];
  if (given.length > 0) return given;
  return node.int('noop_with_empty_axes', 0) === 1 ? undefined : range(rank);
}

interface Reducing {
  /** What the reduced value is called, where its axes are dropped behind it. */
  readonly word: string;
  /** The reduction, its axes kept. */
  readonly make: (
    context: ImportContext,
    node: OnnxNode,
    place: Place,
    axes: readonly number[],
  ) => RuntimeValue;
  /** What is left of it where there are no axes. */
  readonly unreduced: Operation<OnnxNode>;
}

const reduction =
  ({ word, make, unreduced }: Reducing): Operation<OnnxNode> =>
  (node, context) => {
    const axes = axesOf(node, node.runtime(0).shape.length);
    if (!axes) return unreduced(node, context);
    if (node.int('keepdims', 1) === 1) return make(context, node, node, axes);
    return build.dropAxes(context, node, make(context, node, node.part(word), axes), axes);
  };

const simple = (kind: Reduction, word: string): Operation<OnnxNode> =>
  reduction({
    word,
    make: (context, node, place, axes) => build.reduce(context, place, node.runtime(0), kind, axes),
    unreduced: (node, context) => context.layer(node, 'identity', [node.runtime(0)], {}),
  });

function squares(context: ImportContext, node: OnnxNode, place: Place): RuntimeValue {
  const x = node.runtime(0);
  return build.pair(context, place, 'product', [x, x]);
}

export const reductions: Readonly<Record<string, Operation<OnnxNode>>> = {
  ReduceL2: reduction({
    word: 'root',
    make: (context, node, place, axes) => {
      const squared = squares(context, node, node.part('square'));
      const total = build.reduce(context, node.part('sum'), squared, 'sum', axes);
      return context.layer(place, 'pointwise', [total], { function: 'sqrt' });
    },
    unreduced: (node, context) =>
      context.layer(node, 'pointwise', [node.runtime(0)], { function: 'abs' }),
  }),
  ReduceMax: simple('maximum-over-axes', 'maximum'),
  ReduceMean: simple('mean', 'mean'),
  ReduceSum: simple('sum', 'sum'),
  ReduceSumSquare: reduction({
    word: 'sum',
    make: (context, node, place, axes) =>
      build.reduce(context, place, squares(context, node, node.part('square')), 'sum', axes),
    unreduced: (node, context) => squares(context, node, node),
  }),
};
