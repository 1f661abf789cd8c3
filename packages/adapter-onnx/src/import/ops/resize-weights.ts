import { cubicWeight, type ResizedAxis } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import {
  coordinateOf,
  coordinatesOf,
  roundingOf,
  type ResizingAxis,
} from './resize-coordinates.js';

/** A weight by the distance from a place, and up to which distance there are any. */
interface Filter {
  readonly weight: (distance: number) => number;
  readonly radius: number;
}

function filterOf(node: OnnxNode, mode: string): Filter {
  if (mode === 'linear')
    return { weight: (distance) => Math.max(0, 1 - Math.abs(distance)), radius: 1 };
  if (mode !== 'cubic') return node.unsupported(`its mode "${mode}".`);
  const a = node.float('cubic_coeff_a', -0.75);
  return { weight: (distance) => cubicWeight(distance, a), radius: 2 };
}

type Reads = ReturnType<ResizedAxis['reads']>;

/** Shares of 1; none where there is nothing to share. */
function normalised(entries: Reads): Reads {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.map(([entry, weight]) => [entry, weight / total] as const);
}

/** The entries around a place with their weights; where a smaller result is smoothed, the filter is as much wider. */
function around(place: number, { weight, radius }: Filter, stretch: number): Reads {
  const first = Math.ceil(place - radius / stretch),
    last = Math.floor(place + radius / stretch);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const entry = first + at;
    return [entry, weight((entry - place) * stretch)] as const;
  });
}

/** What one entry of a resized axis is made of; nothing where it lies outside of what is extrapolated. */
export function readsOf(node: OnnxNode, axis: ResizingAxis, mode: string): ResizedAxis['reads'] {
  const coordinate = coordinateOf(node);
  const round = roundingOf(node, axis);
  const filter = mode === 'nearest' ? undefined : filterOf(node, mode);
  const smooths = node.int('antialias', 0) === 1;
  const stretch = smooths ? Math.min(axis.scale, 1) : 1;
  const excludes = node.int('exclude_outside', 0) === 1;
  return (at) => {
    const place = coordinate(at, axis);
    if (isOutside(node, axis, place)) return [];
    // Scales are float32 in the file: their last digits must not decide where a place is halfway between two.
    if (!filter) return [[round(Math.fround(place)), 1]];
    const entries = around(place, filter, stretch);
    const kept = excludes ? entries.filter(([entry]) => entry >= 0 && entry < axis.input) : entries;
    return smooths || excludes ? normalised(kept) : kept;
  };
}

/** Whether a place is beyond the ends of a cropped axis, where there is a number of its own. */
const isOutside = (node: OnnxNode, { input }: ResizingAxis, place: number): boolean =>
  coordinatesOf(node) === 'tf_crop_and_resize' && (place < 0 || place > input - 1);
