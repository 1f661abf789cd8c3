import type { RandomisedMethod } from '@patternlens/evaluate';
import { html, type TemplateResult } from 'lit-html';
import type { CascadeAnswer } from '../compute/calls/measure-messages.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { cascadeSentences } from './cascade-sentences.js';
import { nameOf } from './degradation-table.js';
import { intervalText } from './interval-text.js';
import type { Measured } from './measure-state.js';

const handling = ({ patterns }: RandomisedMethod): string | undefined =>
  patterns && MEASURE_WORDS[patterns];

/** How alike maps still are, layer by layer from the top, and what that says. */
export function cascadeTable(measured: Measured<CascadeAnswer>): TemplateResult {
  const { runs, layers, samples, refitted } = measured.value;
  const columns = runs
    .filter(({ patterns }) => patterns !== 'refitted')
    .map(({ method, stages }) => ({
      name: nameOf(measured, method),
      stages: stages.map(({ layer, means }) => ({ layer, similarity: means.magnitude.mean })),
    }));
  const hasRefitted = runs.some(({ patterns }) => patterns === 'refitted');
  return html`<p>${cascadeSentences(columns).join(' ')}</p>
    <div class="table-box" tabindex="0" role="group" aria-label="The cascade in numbers">
      <table class="data-table" aria-label="Cascade">
        <thead>
          <tr>
            <th scope="col">Drawn anew down to</th>
            ${runs.map((run) => {
              const how = handling(run);
              return html`<th scope="col" class="figures">
                ${nameOf(measured, run.method)}${
                  how === undefined ? undefined : html` <small class="quiet">${how}</small>`
                }
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${layers.map(
            (layer, at) =>
              html`<tr>
                <th scope="row">${layer}</th>
                ${runs.map(({ stages }) => {
                  const stage = stages[at];
                  return html`<td class="figures">
                    ${stage ? intervalText(stage.means.magnitude, 2) : 'failed'}
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet">${MEASURE_WORDS.similarity(samples, hasRefitted ? refitted : undefined)}</p>`;
}
