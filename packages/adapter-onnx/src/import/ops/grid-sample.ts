import { formatShape, sizeOf, product } from '@patternlens/core/tensor';
import { build, cubicWeight, limitMatrix, spatialOf, type Operation } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { nearestWhole } from '../../read/nearest-whole.js';

/** An axis of the image that a grid points into. */
interface GridAxis {
  readonly size: number;
  /** The first and the last place that lie in the image. */
  readonly low: number;
  readonly high: number;
}

type Padding = 'zeros' | 'border' | 'reflection';

/** A place beyond the ends, mirrored at them until it is within. */
function reflected(place: number, { low, high }: GridAxis): number {
  const length = high - low;
  const beyond = place < low ? low - place : place - high;
  if (beyond <= 0) return place;
  if (length === 0) return low;
  const times = Math.floor(beyond / length);
  const rest = beyond - times * length;
  return place < low === (times % 2 === 0) ? low + rest : high - rest;
}

function within(place: number, axis: GridAxis, padding: Padding): number {
  if (place >= axis.low && place <= axis.high) return place;
  if (padding === 'border') return Math.min(Math.max(place, 0), axis.size - 1);
  return padding === 'reflection' ? reflected(place, axis) : place;
}

const CUBIC = -0.75;

/** The entries around a place with their weights. */
function around(place: number, mode: string): [entry: number, weight: number][] {
  if (mode === 'nearest') return [[place, 1]];
  const low = Math.floor(place);
  const offsets = mode === 'linear' ? [0, 1] : [-1, 0, 1, 2];
  return offsets.map((offset) => {
    const distance = low + offset - place;
    const weight = mode === 'linear' ? 1 - Math.abs(distance) : cubicWeight(distance, CUBIC);
    return [low + offset, weight];
  });
}

/** What one point of the grid reads along one axis. */
function readsAlong(
  at: number,
  axis: GridAxis,
  { mode, padding, corners }: { mode: string; padding: Padding; corners: boolean },
): [entry: number, weight: number][] {
  const place = corners ? ((at + 1) / 2) * (axis.size - 1) : ((at + 1) * axis.size - 1) / 2;
  const asked = mode === 'nearest' ? nearestWhole(place) : place;
  // Cubic weights are those of the place itself, as runtimes take them.
  const held = mode === 'cubic' ? asked : within(asked, axis, padding);
  return around(held, mode).flatMap(([entry, weight]) => {
    const from = Math.trunc(within(entry, axis, padding));
    return from >= 0 && from < axis.size && weight !== 0 ? [[from, weight]] : [];
  });
}

/** What one point reads of the flattened image. */
function readsOf(
  axes: readonly GridAxis[],
  point: readonly number[],
  options: Parameters<typeof readsAlong>[2],
): [entry: number, weight: number][] {
  return axes.reduce<[number, number][]>(
    (before, axis, at) => {
      const along = readsAlong(point[at]!, axis, options);
      return before.flatMap(([entry, weight]) =>
        along.map(([next, share]): [number, number] => [entry * axis.size + next, weight * share]),
      );
    },
    [[0, 1]],
  );
}

const modes: Readonly<Record<string, string>> = {
  linear: 'linear',
  bilinear: 'linear',
  nearest: 'nearest',
  cubic: 'cubic',
  bicubic: 'cubic',
};

const isPadding = (name: string): name is Padding =>
  ['zeros', 'border', 'reflection'].includes(name);

function optionsOf(node: OnnxNode): Parameters<typeof readsAlong>[2] {
  const asked = node.string('mode', 'linear');
  const mode = modes[asked] ?? node.unsupported(`its mode "${asked}".`);
  const padding = node.string('padding_mode', 'zeros');
  if (!isPadding(padding)) return node.unsupported(`its padding_mode "${padding}".`);
  return { mode, padding, corners: node.int('align_corners', 0) === 1 };
}

/** The points of the grid, the same for every sample; each of as many numbers as there are axes, the last axis first. */
function gridOf(node: OnnxNode, rank: number): { points: number[][]; shape: readonly number[] } {
  const { data, shape } = node.constant(1, 'grid').tensor;
  if (shape.length !== rank + 2 || shape.at(-1) !== rank)
    node.invalid(`its grid of shape ${formatShape(shape)} does not point into ${rank} axes.`);
  const inner = shape.slice(1, -1);
  const count = sizeOf(inner) as number;
  const each = count * rank;
  for (let at = each; at < data.length; at++)
    if (data[at] !== data[at % each]) node.unsupported('its grid differs from sample to sample.');
  const points = Array.from({ length: count }, (_, at) =>
    Array.from(data.slice(at * rank, (at + 1) * rank)).reverse(),
  );
  return { points, shape: inner };
}

/** An image read at the points of a grid that is known: a linear map of its positions. */
export const GridSample: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const spatial = spatialOf(node, x.shape, false);
  const options = optionsOf(node);
  const axes = spatial.map((size): GridAxis =>
    options.corners ? { size, low: 0, high: size - 1 } : { size, low: -0.5, high: size - 0.5 },
  );
  const { points, shape } = gridOf(node, spatial.length);
  const positions = product(spatial);
  const data = new Float64Array(limitMatrix(node, points.length, positions));
  points.forEach((point, row) => {
    for (const [entry, weight] of readsOf(axes, point, options))
      data[row * positions + entry]! += weight;
  });
  const lead = x.shape.slice(0, 2);
  const flat = build.reshape(context, node.part('positions'), x, [...lead, positions]);
  const matrix = { data, shape: [points.length, positions] };
  const read = build.mapAxes(context, node.part('points'), flat, 'along-axes', [
    { axis: 2, matrix },
  ]);
  return build.reshape(context, node, read, [...lead, ...shape]);
};
