import { heatToRgb, colourMapNamed, type Plane, type Scale } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { ref } from 'lit-html/directives/ref.js';
import { drawPicture } from '../explain/draw-picture.js';
import type { AppState } from '../state/app-state.js';

/** Maps of fewer pixels than this a side are drawn with sharp pixels. */
const SMOOTH_FROM = 64;

/** One map, and the shared cursor over it. */
export interface StageParts {
  readonly state: AppState;
  readonly plane: Plane;
  readonly scale: Scale;
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

/** Puts the pixel that a pointer is over under the shared cursor, unless that is pinned. */
function point({ state, plane }: StageParts, event: PointerEvent): void {
  if (state.cursor.peek()?.pinned && event.type !== 'click') return;
  const canvas = (event.currentTarget as Element).querySelector('canvas')!;
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const within = (share: number, size: number): number =>
    Math.max(0, Math.min(size - 1, Math.floor(share * size)));
  state.cursor.value = {
    row: within((event.clientY - top) / height, plane.height),
    column: within((event.clientX - left) / width, plane.width),
    pinned: event.type === 'click' ? !state.cursor.peek()?.pinned : false,
  };
}

/** A heat map on a canvas, with the cursor of all maps. */
export function mapStage(parts: StageParts): TemplateResult {
  const { state, plane, scale, label } = parts;
  const { colours, gamma } = state.look.value;
  const cursor = state.cursor.value;
  const place = (element: Element | undefined): void => {
    if (!element || !cursor) return;
    const { style } = element as HTMLElement;
    style.setProperty('left', `${(cursor.column / plane.width) * 100}%`);
    style.setProperty('top', `${(cursor.row / plane.height) * 100}%`);
    style.setProperty('width', `${100 / plane.width}%`);
    style.setProperty('height', `${100 / plane.height}%`);
  };
  const onPoint = (event: PointerEvent): void => {
    point(parts, event);
  };
  const isInside = cursor && cursor.row < plane.height && cursor.column < plane.width;
  return html`<span
    class="compared-stage ${Math.min(plane.width, plane.height) < SMOOTH_FROM ? 'sharp' : ''}"
    @pointermove=${onPoint}
    @click=${onPoint}
    >${guard(
      [plane, scale.limit, scale.state, colours, gamma],
      () =>
        html`<canvas
          role="img"
          aria-label=${label}
          ${ref((canvas) => {
            if (canvas)
              drawPicture(
                canvas as HTMLCanvasElement,
                heatToRgb(plane, scale, colourMapNamed(colours), gamma),
              );
          })}
        ></canvas>`,
    )}${isInside ? html`<span class="ring" aria-hidden="true" ${ref(place)}></span>` : undefined}</span
  >`;
}
