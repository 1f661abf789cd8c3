import { build, range, type Operation, type ReductionName } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** The axes that a reduction names, or all; undefined where it leaves its input as it is. */
function axesOf(node: OnnxNode, rank: number): readonly number[] | undefined {
  const given = node.axes('axes', 1, rank) ?? [];
  if (new Set(given).size < given.length)
    node.invalid(`its axes [${given.join(', ')}] name one twice, which ONNX Runtime refuses too.`);
  if (given.length > 0) return given;
  return node.int('noop_with_empty_axes', 0) === 1 ? undefined : range(rank);
}

/** @param word What the reduced value is called, where its axes are dropped behind it. */
const reduction =
  (name: ReductionName, word: string): Operation<OnnxNode> =>
  (node, context) => {
    const { reduced, alone } = build.reductions[name];
    const x = node.runtime(0);
    const axes = axesOf(node, x.shape.length);
    if (!axes) return alone(context, node, x);
    if (node.int('keepdims', 1) === 1) return reduced(context, node, x, axes);
    return build.dropAxes(context, node, reduced(context, node.part(word), x, axes), axes);
  };

export const reductions: Readonly<Record<string, Operation<OnnxNode>>> = {
  ReduceL1: reduction('sum-of-sizes', 'sum'),
  ReduceL2: reduction('norm', 'root'),
  ReduceLogSum: reduction('log-of-sum', 'log'),
  ReduceLogSumExp: reduction('log-of-sum-of-exponentials', 'log'),
  ReduceMax: reduction('maximum', 'maximum'),
  ReduceMean: reduction('mean', 'mean'),
  ReduceMin: reduction('minimum', 'minimum'),
  ReduceProd: reduction('product', 'product'),
  ReduceSum: reduction('sum', 'sum'),
  ReduceSumSquare: reduction('sum-of-squares', 'sum'),
};
