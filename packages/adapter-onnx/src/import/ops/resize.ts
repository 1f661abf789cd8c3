import { isBatch } from '@patternlens/core/tensor';
import { build, range, type Operation, type ResizedAxis } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

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
  node: OnnxNode,
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
function roundingOf(node: OnnxNode, { scale }: Axis): (x: number) => number {
  const name = isOld(node)
    ? scale < 1
      ? 'ceil'
      : 'floor'
    : node.string('nearest_mode', 'round_prefer_floor');
  return roundings[name] ?? node.unsupported(`its nearest_mode "${name}".`);
}

/** What one entry of a resized axis is made of. */
function readsOf(node: OnnxNode, axis: Axis, mode: string): ResizedAxis['reads'] {
  const old = isOld(node);
  const asked = node.string('coordinate_transformation_mode', old ? 'asymmetric' : 'half_pixel');
  const coordinate = coordinates[asked] ?? node.unsupported(`its coordinates "${asked}".`);
  const round = roundingOf(node, axis);
  const outside = node.int('exclude_outside', 0) === 1;
  return (at) => {
    const place = coordinate(at, axis);
    // Scales are float32 in the file: their last digits must not decide where a place is halfway between two.
    const base = mode === 'nearest' ? round(Math.fround(place)) : Math.floor(place);
    const weights = mode === 'nearest' ? [[0, 1] as const] : neighbours(node, mode, place - base);
    const entries = weights.map(([offset, weight]) => [base + offset, weight] as const);
    if (!outside) return entries;
    const kept = entries.filter(([entry]) => entry >= 0 && entry < axis.input);
    const total = kept.reduce((sum, [, weight]) => sum + weight, 0);
    return kept.map(([entry, weight]) => [entry, weight / total] as const);
  };
}

const isOld = (node: OnnxNode): boolean => node.kind === 'Upsample' || node.opset < 11;

/** The factors that a node gives, of an attribute or an input; none where it gives sizes. */
function scalesOf(node: OnnxNode): readonly number[] {
  const attribute = node.floats('scales');
  if (attribute) return attribute;
  const value = node.inputs[isOld(node) ? 1 : 2];
  return value?.kind === 'constant' ? Array.from(value.tensor.data) : [];
}

export const Resize: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  if (node.int('antialias', 0) === 1) node.unsupported('antialiasing.');
  const rank = x.shape.length;
  const axes = node.ints('axes')?.map((axis) => node.axis(axis, rank)) ?? range(rank);
  const scales = scalesOf(node);
  const targets = scales.length === 0 ? node.dims('sizes', 3) : undefined;
  if (scales.length === 0 && !targets)
    node.unsupported('its scales or sizes are computed when the network runs.');
  const mode = node.string('mode', 'nearest').replace('bilinear', 'linear');
  if (node.string('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    node.unsupported('keeping the aspect ratio.');
  const resized = axes.flatMap((axis, index): ResizedAxis[] => {
    const input = x.shape[axis]!;
    const target = targets?.[index];
    const factor = scales[index];
    if (isBatch(input)) {
      const stays = isBatch(target) || target === (context.fixedBatch ?? 0) * input.batch;
      return (target === undefined ? factor === 1 : stays)
        ? []
        : node.unsupported('it resizes the batch axis.');
    }
    if (isBatch(target)) return node.unsupported('a size depends on the batch.');
    const output = target ?? Math.floor(input * factor!);
    if (output === input && (target !== undefined || factor === 1)) return [];
    const scale = target === undefined ? factor! : output / input;
    return [{ axis, output, reads: readsOf(node, { input, output, scale }, mode) }];
  });
  return build.resize(context, node, x, resized);
};
