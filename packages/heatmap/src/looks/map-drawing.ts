import {
  PatternLensError,
  type MethodGroup,
  type Tensor,
  type TensorData,
} from '@patternlens/core';
import { geometryOf, isImage, type Layout } from '../maps/geometry.js';
import { isVolume, volumeSlices, type AxisWords } from '../maps/volume-slices.js';
import { reduceChannels } from '../maps/reduce-channels.js';
import { scaleOf, type Scale } from '../maps/scale.js';
import { heatToRgb } from '../pictures/heat-to-rgb.js';
import { overlay } from '../pictures/overlay.js';
import { resizePlane } from '../pictures/resample.js';
import { signalToRgb } from '../pictures/signal-to-rgb.js';
import {
  nativeSize,
  pictureDrawing,
  resamplingFor,
  type Drawing,
  type DrawingKind,
} from './drawing.js';
import { inputDrawing, type ShownInput } from './input-drawing.js';
import type { Look } from './look.js';
import { slicesDrawing } from './slices-drawing.js';

/** One sample's raw, signed relevance. */
export interface ShownMap {
  readonly relevance: Tensor;
  readonly layout: Layout;
  /** A word for each axis of the relevance; volumes need them. */
  readonly axes?: AxisWords;
  readonly group: MethodGroup;
  readonly input?: ShownInput | undefined;
}

/** How the look shows this map. */
function kindOf({ relevance, layout, group }: ShownMap, look: Look): DrawingKind {
  if (look.view === 'overlay' || look.view === 'heat') return look.view;
  const asSignal = look.view === 'signal' || group !== 'attribution';
  return asSignal && isImage(geometryOf(relevance, layout)) ? 'signal' : 'heat';
}

/** What a scale is made of: the pixels of a heat map, every channel of a signal. */
const valuesOf = (map: ShownMap, look: Look): TensorData =>
  kindOf(map, look) === 'signal'
    ? map.relevance.data
    : reduceChannels(map.relevance, map.layout, look.reduction).values;

/** The slices of a volume as maps of their own, with the input's; the map itself where it is no volume. */
function slicesOf(map: ShownMap): readonly ShownMap[] {
  const { relevance, layout, axes, input } = map;
  if (!isVolume(relevance, layout, axes)) return [map];
  const inputs = input && volumeSlices(input.values, layout);
  return volumeSlices(relevance, layout).map((slice, at) => ({
    ...map,
    axes: undefined,
    relevance: slice,
    input: input && { ...input, values: inputs![at]! },
  }));
}

/** The scale of a map, or of several of one method together. */
export function scaleOfMaps(given: readonly ShownMap[], look: Look): Scale {
  const maps = given.flatMap(slicesOf);
  const signals = maps.every((map) => kindOf(map, look) === 'signal');
  return scaleOf(
    maps.map((map) => valuesOf(map, look)),
    signals ? look.signalQuantile : look.quantile,
  );
}

/** A map ready to be painted, by its own scale unless another is given.
 * @throws PatternLensError `invalid-argument` for an overlay without an input. */
export function mapDrawing(map: ShownMap, look: Look, shared?: Scale): Drawing {
  if (isVolume(map.relevance, map.layout, map.axes)) {
    const scale = shared ?? scaleOfMaps([map], look);
    return slicesDrawing(slicesOf(map).map((slice) => mapDrawing(slice, look, scale)));
  }
  const { relevance, layout, input } = map;
  const { colours, gamma, strength } = look;
  const geometry = geometryOf(relevance, layout);
  const kind = kindOf(map, look);
  const scale = shared ?? scaleOfMaps([map], look);
  if (kind === 'signal') {
    const channelOrder = input?.preprocessing?.channels === 'bgr' ? 'bgr' : 'rgb';
    const picture = signalToRgb(relevance, layout, { scale, channelOrder });
    return pictureDrawing(geometry, picture, { kind, scale });
  }
  const plane = reduceChannels(relevance, layout, look.reduction);
  const beneath = kind === 'overlay' ? inputDrawing(needed(input), layout) : undefined;
  return {
    ...nativeSize(geometry),
    kind,
    scale,
    paint: (width, height) => {
      const resized = resizePlane(plane, width, height, resamplingFor(geometry, width));
      return beneath
        ? overlay(beneath.paint(width, height), resized, scale, colours, { gamma, strength })
        : heatToRgb(resized, scale, colours, gamma);
    },
  };
}

function needed(input: ShownInput | undefined): ShownInput {
  if (input) return input;
  throw new PatternLensError(
    'heatmap',
    'invalid-argument',
    'overlay: expected the input beneath the map, got none. Give the input, or choose the view heat.',
  );
}
