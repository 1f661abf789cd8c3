import type { Picture } from '@patternlens/heatmap';
import type { AppState } from '../state/app-state.js';
import type { SamplePlace } from '../state/samples.js';
import { drawPicture } from './draw-picture.js';
import { inputPicture, shownInput } from './input-picture.js';
import { isSquares } from './paint-map.js';

/** Thumbnails that are kept; the oldest goes first. */
const KEPT = 400;
/** The longer side of a thumbnail that is kept: photos are larger than it is shown. */
const SIDE = 128;

const kept = new Map<string, Picture>();
const queue: (() => Promise<void>)[] = [];
let isWorking = false;

const nextTask = (): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, 0);
  });

/** One after the other, with room for all else between them. */
async function work(): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    await nextTask();
    await next();
  }
  isWorking = false;
}

/** Every so many-th pixel of a large picture. */
function thinned(picture: Picture): Picture {
  const step = Math.max(1, Math.floor(Math.max(picture.width, picture.height) / SIDE));
  if (step === 1) return picture;
  const width = Math.floor(picture.width / step);
  const height = Math.floor(picture.height / step);
  const from = new Uint32Array(picture.data.buffer);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) to[y * width + x] = from[y * step * picture.width + x * step]!;
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}

function show(canvas: HTMLCanvasElement, picture: Picture): void {
  drawPicture(canvas, picture);
  canvas.classList.toggle('squares', isSquares(picture, false, 'auto'));
}

/** Draws a sample small, once it is read; a canvas that is gone by then is left out. */
export function paintThumbnail(
  state: AppState,
  { set, index }: SamplePlace,
): (canvas: HTMLCanvasElement) => () => void {
  return (canvas) => {
    const input = shownInput(state);
    const key = JSON.stringify([set.key, index, input?.name, input?.shape]);
    const before = kept.get(key);
    let isGone = false;
    if (before) show(canvas, before);
    else
      queue.push(async () => {
        if (isGone || !input) return;
        try {
          const picture = inputPicture(input, await set.read(index), set);
          if (!picture) return;
          const made = thinned(picture);
          kept.set(key, made);
          if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
          show(canvas, made);
        } catch {
          // Why it can't be read is said once it is chosen.
          canvas.classList.add('unreadable');
        }
      });
    void work();
    return () => {
      isGone = true;
    };
  };
}
