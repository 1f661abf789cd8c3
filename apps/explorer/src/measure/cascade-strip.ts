import { effect } from '@preact/signals-core';
import type { Tensor } from '@patternlens/core';
import { html, type TemplateResult } from 'lit-html';
import type { CascadeAnswer } from '../compute/calls/measure-messages.js';
import { drawPicture } from '../explain/draw-picture.js';
import { inputPicture } from '../explain/input-picture.js';
import { mapPicture } from '../explain/map-picture.js';
import { kindOf, mapScale } from '../explain/map-scale.js';
import { isSquares } from '../explain/paint-map.js';
import { pictured } from '../explain/pictured.js';
import { shapeCanvas } from '../explain/shape-canvas.js';
import { className } from '../explain/target.js';
import { setUp } from '../shell/watch.js';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { nameOf } from './degradation-table.js';
import { ofNow } from './measure-key.js';
import type { Measured } from './measure-state.js';

/** Keeps a canvas at a map of the cascade, by the current look. */
const paint =
  ({ state }: App, measured: Measured<CascadeAnswer>, id: string, relevance: Tensor) =>
  (canvas: HTMLCanvasElement): (() => void) =>
    effect(() => {
      const look = state.look.value;
      const input = state.model.value?.facts.inputs[0];
      if (!input || !ofNow(state, measured)) return;
      const { looked } = measured;
      const map = pictured(relevance, input.axes);
      const kind = kindOf(id, map, look);
      drawPicture(
        canvas,
        mapPicture({
          ...{ kind, map, look },
          scale: mapScale(kind, map, { ...look, scope: 'map' }),
          input: inputPicture(input, looked.sample, looked.set),
          channelOrder: looked.set.preprocessing?.values.channels === 'bgr' ? 'bgr' : 'rgb',
        }),
      );
      const isSmall = isSquares(map.plane, map.isStrip, state.page.pixels.value);
      shapeCanvas(canvas, map.plane, { isStrip: map.isStrip, isSmall });
    });

/** Maps of one sample, of the network as it is and of each randomised one: a row a method. */
export function cascadeStrip(app: App, measured: Measured<CascadeAnswer>): TemplateResult {
  const { layers, shown, target } = measured.value;
  const { set, index } = measured.looked;
  if (target === undefined) return html``;
  const stages = ['as trained', ...layers];
  return html`<p>
      ${MEASURE_WORDS.strip(set.nameOf(index), className(app.state.model.value!, target))}
    </p>
    <div class="table-box" tabindex="0" role="group" aria-label="Maps along the cascade">
      <table class="strip">
        <thead>
          <tr>
            <td></td>
            ${stages.map((stage) => html`<th scope="col">${stage}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(({ method, maps }) => {
            const name = nameOf(measured, method);
            const { id } = measured.methods.find(({ text }) => text === method)!;
            return html`<tr>
              <th scope="row">${name}</th>
              ${maps.map((map, at) => {
                const label =
                  at === 0 ? `${name}, as trained` : `${name}, drawn anew down to ${stages[at]!}`;
                return html`<td>
                  ${
                    map
                      ? html`<canvas
                          role="img"
                          aria-label=${label}
                          ${setUp(paint(app, measured, id, map), map, app)}
                        ></canvas>`
                      : html`<span class="quiet">failed</span>`
                  }
                </td>`;
              })}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}
