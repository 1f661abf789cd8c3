import { isBatch, type Tensor } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { NodeView } from '../node-view.js';
import { LARGEST_MATRIX, limitElements } from './limits.js';

interface Axis {
  readonly input: number;
  readonly output: number;
  readonly scale: number;
}

type Coordinate = (at: number, axis: Axis) => number;

const coordinates: Readonly<Record<string, Coordinate>> = {
  half_pixel: (at, { scale }) => (at + 0.5) / scale - 0.5,
  half_pixel_symmetric: (at, { input, output, scale }) => {
    const adjusted = output / (scale * input);
    return (input / 2) * (1 - adjusted) + (at + 0.5) / scale - 0.5;
  },
  pytorch_half_pixel: (at, { output, scale }) => (output > 1 ? (at + 0.5) / scale - 0.5 : 0),
  align_corners: (at, { input, output }) => (output === 1 ? 0 : (at * (input - 1)) / (output - 1)),
  asymmetric: (at, { scale }) => at / scale,
};

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Weights of the entries around a place: `[offset from its floor, weight]`. */
function neighbours(
  node: NodeView,
  mode: string,
  fraction: number,
): readonly (readonly [number, number])[] {
  if (mode === 'linear')
    return [
      [0, 1 - fraction],
      [1, fraction],
    ];
  if (mode !== 'cubic') return node.unsupported(`its mode "${mode}".`);
  const a = node.float('cubic_coeff_a', -0.75);
  return [-1, 0, 1, 2].map((offset) => {
    const distance = Math.abs(fraction - offset);
    const near = ((a + 2) * distance - (a + 3)) * distance * distance + 1;
    const far = ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
    return [offset, distance <= 1 ? near : far] as const;
  });
}

/** How a place between two entries is rounded; before version 11 the runtimes chose by the direction. */
function roundingOf(node: NodeView, { scale }: Axis): (x: number) => number {
  const name = isOld(node)
    ? scale < 1
      ? 'ceil'
      : 'floor'
    : node.string('nearest_mode', 'round_prefer_floor');
  return roundings[name] ?? node.unsupported(`its nearest_mode "${name}".`);
}

/** The matrix `[output, input]` that one axis is multiplied with. */
function matrixOf(node: NodeView, axis: Axis, mode: string, coordinate: Coordinate): Tensor {
  const data = new Float64Array(limitElements(node, axis.output * axis.input, LARGEST_MATRIX));
  const round = roundingOf(node, axis);
  const outside = node.int('exclude_outside', 0) === 1;
  for (let at = 0; at < axis.output; at++) {
    const place = coordinate(at, axis);
    // Scales are float32 in the file: their last digits must not decide where a place is halfway between two.
    const base = mode === 'nearest' ? round(Math.fround(place)) : Math.floor(place);
    const weights = mode === 'nearest' ? [[0, 1] as const] : neighbours(node, mode, place - base);
    const kept = outside
      ? weights.filter(([offset]) => base + offset >= 0 && base + offset < axis.input)
      : weights;
    const total = kept.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [offset, weight] of kept) {
      const from = Math.min(Math.max(base + offset, 0), axis.input - 1);
      data[at * axis.input + from]! += outside ? weight / total : weight;
    }
  }
  return { data, shape: [axis.output, axis.input] };
}

const isOld = (node: NodeView): boolean => node.op === 'Upsample' || node.opset < 11;

export const Resize: Handler = (node, context) => {
  const x = node.runtime(0);
  const old = isOld(node);
  if (node.int('antialias', 0) === 1) node.unsupported('antialiasing.');
  const axes = (node.ints('axes') ?? x.shape.map((_, axis) => axis)).map((axis) =>
    node.axis(axis, x.shape.length),
  );
  const scales = node.floats('scales') ?? node.inputs.slice(1)[old ? 0 : 1];
  const given = Array.isArray(scales)
    ? scales
    : scales?.kind === 'constant'
      ? Array.from(scales.tensor.data)
      : [];
  const targets = given.length === 0 ? node.dims('sizes', 3) : undefined;
  if (given.length === 0 && !targets)
    node.unsupported('its scales or sizes are computed when the network runs.');
  const asked = node.string('coordinate_transformation_mode', old ? 'asymmetric' : 'half_pixel');
  const coordinate = coordinates[asked] ?? node.unsupported(`its coordinates "${asked}".`);
  const mode = node.string('mode', 'nearest').replace('bilinear', 'linear');
  if (node.string('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    node.unsupported('keeping the aspect ratio.');
  const resized = axes.flatMap((axis, index) => {
    const input = x.shape[axis]!;
    const target = targets?.[index];
    if (isBatch(input))
      return (
        target === undefined
          ? given[index] === 1
          : isBatch(target) || (context.batchWasFixed && target === 1)
      )
        ? []
        : node.unsupported('it resizes the batch axis.');
    if (isBatch(target)) return node.unsupported('a size depends on the batch.');
    const output = target ?? Math.floor(input * given[index]!);
    if (!(output > 0) || !Number.isFinite(output))
      node.invalid(
        `it resizes an axis of ${input} to ${output}. Its scales and sizes must be above 0, one for each axis.`,
      );
    if (output === input && (target !== undefined || given[index] === 1)) return [];
    const own: Axis = {
      input,
      output,
      scale: target === undefined ? given[index]! : output / input,
    };
    return [
      {
        axis,
        matrix: matrixOf(node, own, mode, coordinate),
      },
    ];
  });
  context.layer(node, 'resize', [x], { axes: resized });
};
