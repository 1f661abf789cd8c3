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
  'concat',
  'reshape',
  'transpose',
  'slice',
  'gather',
  'expand',
  'max-pool',
  'maximum-over-axes',
];

/** Layers by which an input is given another form. */
const PREPARING: readonly Layer['kind'][] = [
  'identity',
  'reshape',
  'transpose',
  'slice',
  'gather',
  'concat',
  'pad',
  'scale',
  'add-constant',
];

const UNKNOWN: ElementRange = { low: -Infinity, high: Infinity };

const together = (ranges: readonly ElementRange[]): ElementRange => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});

const known = new WeakMap<ImportContext, Map<string, ElementRange>>();

/** Between which numbers a value of the network is known to lie; found once for each. */
function knownRange(context: ImportContext, value: string): ElementRange {
  const ranges = known.get(context) ?? new Map<string, ElementRange>();
  known.set(context, ranges);
  const range = ranges.get(value) ?? findRange(context, value);
  ranges.set(value, range);
  return range;
}

function findRange(context: ImportContext, value: string): ElementRange {
  const layer = context.maker(value);
  if (!layer) return UNKNOWN;
  const before = (): ElementRange[] => layer.inputs.map((input) => knownRange(context, input));
  switch (layer.kind) {
    case 'rectifier':
      return { low: 0, high: Infinity };
    case 'softmax':
      return { low: 0, high: 1 };
    case 'activation': {
      const { attributes } = layer;
      if (attributes.function === 'clip') return { low: attributes.low, high: attributes.high };
      return attributes.function === 'sigmoid' ? { low: 0, high: 1 } : UNKNOWN;
    }
    case 'average-pool':
    case 'mean':
      return together([...before(), { low: 0, high: 0 }]);
    case 'add':
      return layer.attributes.signs.every((sign) => sign === 1)
        ? before().reduce((a, b) => ({ low: a.low + b.low, high: a.high + b.high }))
        : UNKNOWN;
    default:
      return KEEPING.includes(layer.kind) ? together(before()) : UNKNOWN;
  }
}

/** Whether a value is an input of the network, laid out anew or normalised by constants: no rectifier stands there. */
function isInput(context: ImportContext, value: string): boolean {
  const layer = context.maker(value);
  return (
    !layer ||
    (PREPARING.includes(layer.kind) && layer.inputs.every((input) => isInput(context, input)))
  );
}

const uniform = ({ data }: Tensor): boolean => data.every((value) => value === data[0]);

/** The real numbers that quantised ones of a range stand for: all beyond the ends is clipped. Where that begins at 0 and cuts something, quantisers left a rectifier out. */
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
  const cutsNothing = low < 0 || held.low >= 0 || isInput(context, x.name);
  const saturates = cutsNothing ? ({ saturates: true } as const) : {};
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
