import type { Shape, Tensor } from '@patternlens/core';
import { isBatch } from '@patternlens/core/tensor';
import { limitShape } from '../known/limit-elements.js';
import { placeInto } from '../known/layout.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import { range } from '../values/axis-order.js';
import { parameterOf, shapeOf, type ConstantValue, type RuntimeValue } from '../values/values.js';
import { sizeAlong } from './axes.js';
import { addConstant, concatenate, sum } from './elementwise.js';
import { pad } from './layout.js';
import { forEachSample } from './parameters.js';

type Part = RuntimeValue | ConstantValue;

const isComputed = (part: Part): part is RuntimeValue => part.kind === 'runtime';

/** Joins the first inputs of a node; a constant among them (a class token, say) is added where the computed ones leave room for it. */
export function join(
  context: ImportContext,
  node: NodeView,
  count: number,
  along: number,
): RuntimeValue {
  const values = range(count).map((index) => node.input(index));
  const first = values.find((value) => value.kind === 'runtime');
  if (!first) return node.unsupported('it joins shapes that depend on the batch.');
  const axis = node.axis(along, first.shape.length);
  if (values.some((value) => value.kind === 'sizes'))
    return node.unsupported('it joins values with sizes that depend on the batch.');
  const parts = values as Part[];
  return parts.every(isComputed)
    ? concatenate(context, node, parts, axis)
    : joinConstants(context, node, parts, first, axis);
}

function joinConstants(
  context: ImportContext,
  node: NodeView,
  parts: readonly Part[],
  first: RuntimeValue,
  axis: number,
): RuntimeValue {
  const like = first.shape;
  const sizeIn = (part: Part): number => sizeAlong(node, shapeOf(part), axis);
  const total = parts.reduce((all, part) => all + sizeIn(part), 0);
  // A constant is the same for every sample, and has size 1 along the batch.
  const shape = like.map((dim, at) => (at === axis ? total : isBatch(dim) ? 1 : dim));
  const filled = { data: new Float64Array(limitShape(node, shape)), shape };
  const padded: RuntimeValue[] = [];
  let start = 0;
  parts.forEach((part, index) => {
    const size = sizeIn(part);
    if (isComputed(part)) {
      const begin = like.map((_, at) => (at === axis ? start : 0));
      const end = like.map((_, at) => (at === axis ? total - start - size : 0));
      padded.push(pad(context, node.part(`pad-${index}`), part, { begin, end }));
    } else {
      const { tensor } = forEachSample(first, parameterOf(part));
      checkBatch(node, like, tensor);
      place(node, filled, tensor, axis, start);
    }
    start += size;
  });
  const joined = padded.length === 1 ? padded[0]! : sum(context, node.part('join'), padded);
  return addConstant(context, node, joined, { tensor: filled });
}

function checkBatch(node: NodeView, like: Shape, { shape }: Tensor): void {
  if (like.some((dim, at) => isBatch(dim) && shape[at] !== 1))
    node.unsupported(`its constant of shape [${shape.join(', ')}] varies along the batch.`);
}

/** Writes a constant into its part of a tensor. */
function place(
  node: NodeView,
  into: { data: Float64Array; shape: readonly number[] },
  { data, shape }: Tensor,
  axis: number,
  start: number,
): void {
  const fits = (size: number, at: number): boolean => at === axis || size === into.shape[at];
  if (shape.length !== into.shape.length || !shape.every(fits))
    node.invalid(
      `its constant of shape [${shape.join(', ')}] does not join values of which a sample becomes [${into.shape.join(', ')}].`,
    );
  placeInto(into, { data, shape }, axis, start);
}
