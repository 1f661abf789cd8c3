import type { Tensor } from '@patternlens/core';
import type { Layer } from '@patternlens/core/network';
import { mapTensor, zipTensors } from '@patternlens/core/tensor';
import {
  build,
  smooth,
  type ImportContext,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import type { ElementRange } from './element-range.js';

/** Layers that make no number that they do not read. */
const KEEPING: readonly Layer['kind'][] = [
  'identity',
  'dropout',
  'reshape',
  'transpose',
  'slice',
  'gather',
  'expand',
  'max-pool',
  'maximum-over-axes',
];

/** Between which numbers a value of the network is known to lie. */
function knownRange(context: ImportContext, value: string): ElementRange {
  const layer = context.maker(value);
  const unknown = { low: -Infinity, high: Infinity };
  if (!layer) return unknown;
  if (layer.kind === 'rectifier') return { low: 0, high: Infinity };
  if (layer.kind === 'activation' && layer.attributes.function === 'clip')
    return { low: layer.attributes.low, high: layer.attributes.high };
  return KEEPING.includes(layer.kind) ? knownRange(context, layer.inputs[0]!) : unknown;
}

const uniform = ({ data }: Tensor): boolean => data.every((value) => value === data[0]);

/** The real numbers that quantised ones of a range stand for: all beyond the ends is clipped. Where that begins at 0, quantisers left a rectifier out. */
export function saturated(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  scale: Tensor,
  zero: Tensor,
  range: ElementRange,
): RuntimeValue {
  if (!uniform(scale) || !uniform(zero))
    return eachSaturated(context, place, x, scale, zero, range);
  const factor = scale.data[0]!,
    shift = zero.data[0]!;
  return clip(context, place, x, {
    low: factor * (range.low - shift),
    high: factor * (range.high - shift),
  });
}

function clip(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { low, high }: ElementRange,
): RuntimeValue {
  const held = knownRange(context, x.name);
  if (held.low >= low && held.high <= high) return context.layer(place, 'identity', [x], {});
  const saturates = low < 0 ? ({ saturates: true } as const) : {};
  return build.activate(
    context,
    place,
    x,
    smooth({ function: 'clip', low: low === 0 ? 0 : low, high, ...saturates }),
  );
}

/** The same where the ends differ from number to number: clipped in the unit of the scales. */
function eachSaturated(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  scale: Tensor,
  zero: Tensor,
  { low, high }: ElementRange,
): RuntimeValue {
  const inverse = mapTensor(scale, (factor) => 1 / factor);
  // One zero point for all leaves no constant that would take relevance.
  const shift = uniform(zero) ? undefined : zero;
  const within = shift ? 0 : zero.data[0]!;
  const units = build.scale(
    context,
    place.part('units'),
    x,
    { tensor: inverse },
    shift && { tensor: shift },
  );
  const clipped = clip(context, place.part('range'), units, {
    low: low - within,
    high: high - within,
  });
  const back = shift && zipTensors(shift, scale, (number, factor) => -number * factor);
  return build.scale(context, place, clipped, { tensor: scale }, back && { tensor: back });
}
