import { METHOD_GROUPS, methodGroup } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { App } from '../state/app.js';
import { mapFigure } from './map-figure.js';
import { drawerButton } from './drawer.js';
import { methodPicker, watchShown } from './method-picker.js';
import { setUp } from '../shell/watch.js';

/** Maps beside each other in a row at most; few maps are larger, but not larger than a fourth of the row. */
const ACROSS = 6;
const LARGEST = 4;

/** A figure for every method that is ticked, in three groups: maps compare within a group only. */
export function mapFigures(app: App): TemplateResult {
  const { state } = app;
  const methods = state.methods.value;
  const groups = METHOD_GROUPS.map(({ id, name }) => ({
    ...{ id, name },
    methods: methods.filter((method) => (methodGroup(method.id) ?? 'attribution') === id),
  })).filter((group) => group.methods.length > 0);
  return html`<section aria-label="Explanations" class="maps">
    <div class="maps-bar">${methodPicker(app)} ${drawerButton(app)}</div>
    <div
      class="groups row-of-${Math.max(LARGEST, Math.min(ACROSS, methods.length))}"
      ${setUp(watchShown(state), methods)}
    >
      ${groups.map(
        ({ id, name, methods: own }) =>
          html`<div class="group across-${Math.min(ACROSS, own.length)}" data-group=${id}>
            <div class="group-head">
              <h3>${name}</h3>
              <p class="quiet">${own.length > 1 ? 'Compare within a group' : nothing}</p>
            </div>
            ${repeat(
              own,
              ({ text }) => text,
              (method) => mapFigure(app, method),
            )}
          </div>`,
      )}
      ${
        methods.length === 0
          ? html`<p class="empty-note">Tick a method to see what it says.</p>`
          : nothing
      }
    </div>
  </section>`;
}
