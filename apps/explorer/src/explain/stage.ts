import { html, type TemplateResult } from 'lit-html';
import { ifDefined } from 'lit-html/directives/if-defined.js';
import { setUp } from '../shell/watch.js';
import type { App } from '../state/app.js';
import { moveCursor, pointedAt } from './cursor.js';

export interface StageParts {
  /** What is shown, for those who don't see it. */
  readonly label: string;
  /** The element that says more. */
  readonly describedBy?: string | undefined;
  readonly paint: (canvas: HTMLCanvasElement) => () => void;
  /** What painting depends on, beside signals. */
  readonly given: readonly unknown[];
  /** The method whose map it is. */
  readonly method?: string | undefined;
}

/** A picture with the shared cursor: the pointer moves it, a click pins it, arrow keys move it by a pixel. */
export function stage(
  app: App,
  { label, describedBy, paint, given, method }: StageParts,
): TemplateResult {
  const { state } = app;
  const canvasOf = (event: Event): HTMLElement =>
    (event.currentTarget as HTMLElement).querySelector('canvas')!;
  const swipe = (event: PointerEvent): void => {
    if (!state.look.peek().swipe) return;
    const { left, width } = canvasOf(event).getBoundingClientRect();
    state.page.swipe.value = Math.max(0, Math.min(1, (event.clientX - left) / width));
  };
  const point = (event: PointerEvent, pinned: boolean): void => {
    const at = pointedAt(state, canvasOf(event), event);
    if (at) state.cursor.value = { ...at, pinned };
  };
  return html`<div
    class="stage"
    tabindex="0"
    role="img"
    aria-label=${label}
    aria-describedby=${ifDefined(describedBy)}
    data-method=${ifDefined(method)}
    @pointermove=${(event: PointerEvent) => {
      if (event.buttons === 1 || event.pointerType === 'mouse') swipe(event);
      if (!state.cursor.peek()?.pinned) point(event, false);
    }}
    @pointerleave=${() => {
      if (!state.cursor.peek()?.pinned) state.cursor.value = undefined;
    }}
    @click=${(event: PointerEvent) => {
      const before = state.cursor.peek();
      const at = pointedAt(state, canvasOf(event), event);
      const isSame = before?.row === at?.row && before?.column === at?.column;
      if (before?.pinned && isSame) state.cursor.value = undefined;
      else point(event, true);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !moveCursor(state, event)) return;
      event.preventDefault();
      event.stopPropagation();
    }}
  >
    <div class="pane">
      <canvas width="16" height="16" ${setUp(paint, ...given)}></canvas
      ><span class="ring" aria-hidden="true"></span>
    </div>
  </div>`;
}
