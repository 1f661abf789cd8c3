import { html, type TemplateResult } from 'lit-html';
import type { BackendId } from '../compute/backend-ids.js';
import type { App } from '../state/app.js';
import { WORDS } from '../words/backends.js';
import type { ComparedRow, Comparison } from './comparison.js';
import { mapStage } from './map-stage.js';
import { backendsParts } from './parts.js';
import { sharedScale } from './shown-maps.js';
import { moveCursor } from './cursor.js';

/** Puts the second map on top, or takes it away. */
export function blinkNow(app: App, isSecond: boolean): void {
  const { blink } = backendsParts(app);
  if (blink.peek().isSecond !== isSecond) blink.value = { ...blink.peek(), isSecond };
}

/** Two maps in one place, swapped while a key or button is held. */
export function blinkBox(
  app: App,
  comparison: Comparison,
  shown: string,
): TemplateResult | undefined {
  const { blink } = backendsParts(app);
  const { first, second, isSecond } = blink.value;
  const rows = [comparison.reference, ...comparison.rows].filter(
    ({ cells }) => cells.get(shown)?.map,
  );
  const rowOf = (id: BackendId | undefined, other: ComparedRow | undefined) =>
    rows.find((row) => row.id === id) ?? rows.find((row) => row !== other);
  const b = rowOf(second, undefined);
  const a = rowOf(first, b);
  const scale = sharedScale(app, comparison, shown);
  if (!a || !b || a === b || !scale) return undefined;
  const top = isSecond ? b : a;
  const plane = top.cells.get(shown)!.map!;
  const choice = (label: string, value: BackendId, take: (id: BackendId) => void): TemplateResult =>
    html`<label
      >${label}
      <select
        .value=${value}
        @change=${(event: Event) => {
          take((event.target as HTMLSelectElement).value as BackendId);
        }}
      >
        ${rows.map(({ id }) => html`<option ?selected=${id === value}>${id}</option>`)}
      </select></label
    >`;
  const hold = (isHeld: boolean) => (): void => {
    blinkNow(app, isHeld);
  };
  const onKey =
    (isHeld: boolean) =>
    (event: KeyboardEvent): void => {
      if (event.key === ' ' || event.key === 'Enter') blinkNow(app, isHeld);
    };
  return html`<section class="blink" aria-label="Blink two maps">
    <div
      class="blink-stage"
      tabindex="0"
      role="group"
      aria-label="Map of ${top.id}; the arrow keys move the cursor of all maps"
      @keydown=${(event: KeyboardEvent) => {
        moveCursor(app.state, plane, event);
      }}
    >
      ${mapStage({ state: app.state, plane, scale, label: `${top.id}: map of ${shown}` })}
      <p class="blink-name">${top.id}</p>
    </div>
    <div class="blink-choice">
      ${choice('Map', a.id, (id) => {
        blink.value = { ...blink.peek(), first: id };
      })}
      ${choice('Swapped with', b.id, (id) => {
        blink.value = { ...blink.peek(), second: id };
      })}
      <button
        type="button"
        aria-pressed=${String(isSecond)}
        @pointerdown=${hold(true)}
        @pointerup=${hold(false)}
        @pointerleave=${hold(false)}
        @keydown=${onKey(true)}
        @keyup=${onKey(false)}
        @blur=${hold(false)}
      >
        Hold to blink
      </button>
      <p class="quiet">${WORDS.blink}</p>
    </div>
  </section>`;
}
