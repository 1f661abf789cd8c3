import type { DrawingKind } from '../looks/drawing.js';
import type { Look } from '../looks/look.js';
import type { Scale } from '../maps/scale.js';
import { heatToRgb } from '../pictures/heat-to-rgb.js';
import { createPicture, type Picture } from '../pictures/picture.js';
import { greyOf } from '../pictures/signal-to-rgb.js';
import type { Block } from './block.js';
import { INK, type Mark } from './page.js';

const BAR = 10;
const LABEL = 11;
const WHOLE: Scale = { limit: 1, quantile: 100, state: 'finite' };

/** What stands beneath a colour bar's ends. */
export interface BarLabels {
  readonly low: string;
  readonly high: string;
}

/** The colours of a map from its least to its largest value over labels for both and a 0 in the middle; for magnitudes,
 * which have no lower half, the 0 is the left end. */
export function colourBarBlock(
  kind: DrawingKind,
  look: Look,
  width: number,
  { low, high }: BarLabels,
): Block {
  const unsigned = kind !== 'signal' && look.reduction === 'l2';
  const text = (x: number, label: string, anchor: 'start' | 'middle' | 'end'): Mark => ({
    kind: 'text',
    x,
    y: BAR + 5 + LABEL,
    text: label,
    size: LABEL,
    anchor,
  });
  return {
    width,
    height: BAR + 5 + Math.round(LABEL * 1.35),
    marks: [
      { kind: 'raster', x: 0, y: 0, picture: ramp(kind, look, width, unsigned ? 0 : -1) },
      { kind: 'box', x: 0, y: 0, width, height: BAR, border: INK.rule },
      text(0, unsigned ? '0' : low, 'start'),
      ...(unsigned ? [] : [text(width / 2, '0', 'middle')]),
      text(width, high, 'end'),
    ],
  };
}

function ramp(kind: DrawingKind, look: Look, width: number, from: number): Picture {
  const shareAt = (at: number): number =>
    from + ((1 - from) * (at % width)) / Math.max(1, width - 1);
  if (kind === 'signal') {
    return createPicture(width, BAR, (data, offset, at) => {
      data.fill(greyOf(shareAt(at)), offset, offset + 3);
    });
  }
  const values = Float64Array.from({ length: width * BAR }, (_, at) => shareAt(at));
  return heatToRgb({ values, width, height: BAR }, WHOLE, look.colours, look.gamma);
}
