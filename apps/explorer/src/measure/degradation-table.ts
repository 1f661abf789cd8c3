import { html, svg, type TemplateResult } from 'lit-html';
import { methodLabel } from '../explain/method-label.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { decimals } from './decimals.js';
import { intervalText } from './interval-text.js';
import { lineClass } from './line-class.js';
import { measureState, type Measured } from './measure-state.js';
import type { MeasuredDegradation } from '../compute/calls/measure-messages.js';

const sample = (name: string): TemplateResult =>
  html`<svg class="curves swatch" width="34" height="10" aria-hidden="true">
    ${svg`<line class="line ${name}" x1="0" x2="34" y1="5" y2="5"></line>`}
  </svg>`;

/** What a measured method is called. */
export const nameOf = ({ methods }: Pick<Measured<unknown>, 'methods'>, text: string): string => {
  const method = methods.find((each) => each.text === text);
  return method ? methodLabel(method, methods) : text;
};

/** How fast each method's curve falls, and whether faster than a random order's. A click on a name shows its curve and its image. */
export function degradationTable(
  measured: Measured<MeasuredDegradation>,
  { method: shown, step }: { readonly method: string; readonly step: number },
): TemplateResult {
  const { methods, random, againstRandom } = measured.value;
  const at = measureState.hovered.value ?? step;
  return html`<div class="table-box" tabindex="0" role="group" aria-label="The curves in numbers">
    <table class="data-table" aria-label="Degradation">
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col" class="figures">Score after ${at}</th>
          <th scope="col" class="figures">AOPC</th>
          <th scope="col" class="figures">AOPC less random</th>
        </tr>
      </thead>
      <tbody>
        ${[...methods].map(
          ([text, { curve, aopc }], index) =>
            html`<tr>
              <th scope="row">
                <button
                  type="button"
                  class="curve-name"
                  aria-pressed=${String(text === shown)}
                  @click=${() => {
                    measureState.method.value = text;
                  }}
                >
                  ${sample(`${lineClass(index)} ${text === shown ? 'chosen' : ''}`)}
                  ${nameOf(measured, text)}
                </button>
              </th>
              <td class="figures">${decimals(curve[at]!, 3)}</td>
              <td class="figures">${intervalText(aopc)}</td>
              <td class="figures">${intervalText(againstRandom.get(text)!)}</td>
            </tr>`,
        )}
        <tr>
          <th scope="row"><span class="curve-name">${sample('random')} Random order</span></th>
          <td class="figures">${decimals(random.curve[at]!, 3)}</td>
          <td class="figures">${intervalText(random.aopc)}</td>
          <td class="quiet">${MEASURE_WORDS.isBaseline}</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}
