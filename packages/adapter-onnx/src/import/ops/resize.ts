import { isBatch, type Dim } from '@patternlens/core/tensor';
import {
  build,
  range,
  type ImportContext,
  type Operation,
  type ResizedAxis,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { coordinatesOf, isOld } from './resize-coordinates.js';
import { readsOf } from './resize-weights.js';

/** The factors that a node gives, of an attribute or an input; none where it gives sizes. */
function scalesOf(node: OnnxNode): readonly number[] {
  const attribute = node.floats('scales');
  if (attribute) return attribute;
  const value = node.inputs[isOld(node) ? 1 : 2];
  return value?.kind === 'constant' ? Array.from(value.tensor.data) : [];
}

interface Target {
  readonly output: Dim;
  readonly scale: number;
  /** The size is asked for, and is no product. */
  readonly given: boolean;
}

/** The sizes that a node asks for, of every axis that it names; undefined where it gives factors. */
function sizesOf(node: OnnxNode, inputs: readonly Dim[]): Target[] | undefined {
  const sizes = node.dims('sizes', 3);
  if (!sizes) return undefined;
  if (sizes.length !== inputs.length)
    node.invalid(`its ${sizes.length} sizes are not one for each of ${inputs.length} axes.`);
  const scales = sizes.map((size, at) => {
    const input = inputs[at]!;
    return isBatch(size) || isBatch(input) ? 1 : size / input;
  });
  const policy = node.string('keep_aspect_ratio_policy', 'stretch');
  if (policy === 'stretch')
    return sizes.map((output, at) => ({ output, scale: scales[at]!, given: true }));
  if (policy !== 'not_larger' && policy !== 'not_smaller')
    return node.unsupported(`its keep_aspect_ratio_policy "${policy}".`);
  const scale = policy === 'not_larger' ? Math.min(...scales) : Math.max(...scales);
  return inputs.map((input) => ({
    output: isBatch(input) ? input : Math.floor(scale * input + 0.5),
    scale,
    given: true,
  }));
}

function targetsOf(node: OnnxNode, inputs: readonly Dim[]): Target[] {
  const scales = scalesOf(node);
  if (scales.length === 0)
    return (
      sizesOf(node, inputs) ??
      node.unsupported('its scales or sizes are computed when the network runs.')
    );
  if (scales.length !== inputs.length)
    node.invalid(`its ${scales.length} scales are not one for each of ${inputs.length} axes.`);
  return inputs.map((input, at) => {
    const scale = scales[at]!;
    const output = isBatch(input)
      ? scale === 1
        ? input
        : -1
      : Math.floor(Math.fround(input * scale));
    return { output, scale, given: false };
  });
}

/** The region of each axis that is resized, in shares of its length: `[begin, ..., end, ...]` of the axes that are named. */
function regionsOf(node: OnnxNode, axes: readonly number[]): (readonly [number, number])[] {
  if (coordinatesOf(node) !== 'tf_crop_and_resize') return axes.map(() => [0, 1]);
  const data = Array.from(node.constant(1, 'region of interest').tensor.data);
  if (data.length !== 2 * axes.length)
    node.invalid(
      `its region [${data.join(', ')}] is not two numbers for each of ${axes.length} axes.`,
    );
  return axes.map((_, at) => [data[at]!, data[axes.length + at]!]);
}

function checkCorners(node: OnnxNode, input: number, { scale, given }: Target): void {
  // Before version 18 they were at one.
  if (
    given ||
    node.opset < 18 ||
    coordinatesOf(node) !== 'align_corners' ||
    Number.isInteger(Math.fround(input * scale))
  )
    return;
  node.unsupported(
    `it aligns corners by a factor of ${scale}, which makes no whole number of ${input}: the standard and the runtimes place its entries differently.`,
    'Export the model with sizes instead.',
  );
}

/** The axes that get another size, or other entries. */
function resizedAxes(node: OnnxNode, context: ImportContext, x: RuntimeValue): ResizedAxis[] {
  const rank = x.shape.length;
  const axes = node.ints('axes')?.map((axis) => node.axis(axis, rank)) ?? range(rank);
  const mode = node.string('mode', 'nearest').replace('bilinear', 'linear');
  const targets = targetsOf(
    node,
    axes.map((axis) => x.shape[axis]!),
  );
  const regions = regionsOf(node, axes);
  return axes.flatMap((axis, index): ResizedAxis[] => {
    const input = x.shape[axis]!;
    const target = targets[index]!;
    const { output, scale } = target;
    const region = regions[index]!;
    const whole = region[0] === 0 && region[1] === 1;
    if (isBatch(input)) {
      const stays = isBatch(output) || output === (context.fixedBatch ?? 0) * input.batch;
      return stays && whole ? [] : node.unsupported('it resizes the batch axis.');
    }
    if (isBatch(output)) return node.unsupported('a size depends on the batch.');
    if (output === input && whole && (target.given || scale === 1)) return [];
    checkCorners(node, input, target);
    const reads = readsOf(node, { input, output, scale, region }, mode);
    return [{ axis, output, reads }];
  });
}

export const Resize: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const resized = resizedAxes(node, context, x);
  const outside = node.float('extrapolation_value', 0);
  return coordinatesOf(node) === 'tf_crop_and_resize' && outside !== 0
    ? build.resizeOver(context, node, x, resized, outside)
    : build.resize(context, node, x, resized);
};
