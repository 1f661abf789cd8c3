import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { COLOUR_MAP_IDS } from '../state/colour-map-ids.js';
import type { Look } from '../state/look.js';

/** How maps look. */
export function lookControls({ state }: App): TemplateResult {
  const look = state.look.value;
  const change = (changed: Partial<Look>): void => {
    state.look.value = { ...state.look.peek(), ...changed };
  };
  return html`<fieldset class="look">
    <legend>Look</legend>
    <label
      >Colours
      <select
        @change=${(event: Event) => {
          change({ colours: (event.target as HTMLSelectElement).value as Look['colours'] });
        }}
      >
        ${COLOUR_MAP_IDS.map(
          (id) => html`<option value=${id} ?selected=${id === look.colours}>${id}</option>`,
        )}
      </select></label
    >
    <label
      >Quantile
      <input
        type="range"
        min="90"
        max="100"
        step="0.1"
        .value=${String(look.quantile)}
        @input=${(event: Event) => {
          change({ quantile: Number((event.target as HTMLInputElement).value) });
        }}
    /></label>
  </fieldset>`;
}
