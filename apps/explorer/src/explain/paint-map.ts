import { effect } from '@preact/signals-core';
import { resizePicture, type Picture } from '@patternlens/heatmap';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import type { Pixels } from '../state/page-state.js';
import { drawPicture } from './draw-picture.js';
import { hatched, swiped } from './hatched.js';
import { mapPicture } from './map-picture.js';
import { shapeCanvas } from './shape-canvas.js';
import { shownMap, type ShownMap } from './shown-map.js';

/** Where lines are drawn into a map, it is enlarged to about this many pixels before. */
const FINE = 448;

/** What is to be painted in the next frame, by canvas; what is asked for twice in a frame is painted once. */
const waiting = new Map<HTMLCanvasElement, () => void>();

function paintSoon(canvas: HTMLCanvasElement, paint: () => void): void {
  if (waiting.size === 0)
    requestAnimationFrame(() => {
      const all = [...waiting.values()];
      waiting.clear();
      for (const each of all) each();
    });
  waiting.set(canvas, paint);
}

interface Lines {
  readonly isHatched: boolean;
  /** Where the handle between input and map stands; undefined without one. */
  readonly swipe: number | undefined;
  readonly isSmall: boolean;
}

/** A map with what is drawn into it. */
function withLines(
  picture: Picture,
  shown: ShownMap,
  { isHatched, swipe, isSmall }: Lines,
): Picture {
  if (!isHatched && swipe === undefined) return picture;
  const zoom = Math.max(1, Math.floor(FINE / Math.max(picture.width, picture.height)));
  const fine = (each: Picture): Picture =>
    resizePicture(
      each,
      picture.width * zoom,
      picture.height * zoom,
      isSmall ? 'nearest' : 'smooth',
    );
  const map = isHatched ? hatched(fine(picture), shown.map.plane, shown.scale) : fine(picture);
  return swipe === undefined || !shown.input ? map : swiped(fine(shown.input), map, swipe);
}

/** Whether pixels are squares: every one of a small picture matters. */
export const isSquares = (
  { width, height }: Pick<Picture, 'width' | 'height'>,
  isStrip: boolean,
  pixels: Pixels,
): boolean =>
  pixels === 'auto' ? isStrip || Math.max(width, height) < SMOOTH_FROM : pixels === 'squares';

/** From this size on pixels are enlarged smoothly. */
const SMOOTH_FROM = 64;

/** Keeps a canvas at a method's map: another look changes its pixels and nothing else. */
export function paintMap(
  app: App,
  method: ChosenMethod,
): (canvas: HTMLCanvasElement) => () => void {
  const { state } = app;
  return (canvas) => {
    let painted: readonly unknown[] = [];
    const stop = effect(() => {
      const shown = shownMap(app, method);
      const look = state.look.value;
      const pixels = state.page.pixels.value;
      const isHatched = state.page.hatching.value;
      const swipe = look.swipe ? state.page.swipe.value : undefined;
      if (!shown) return;
      const { kind, map, scale, input } = shown;
      const next = [kind, map, scale, input, look, pixels, isHatched, swipe];
      // Results of other methods change nothing here.
      if (next.every((value, at) => value === painted[at])) return;
      painted = next;
      paintSoon(canvas, () => {
        const { isStrip, plane } = shown.map;
        const isSmall = isSquares(plane, isStrip, pixels);
        drawPicture(
          canvas,
          withLines(mapPicture({ ...shown, look }), shown, { isHatched, swipe, isSmall }),
        );
        shapeCanvas(canvas, plane, { isStrip, isSmall });
      });
    });
    return () => {
      stop();
      waiting.delete(canvas);
    };
  };
}
