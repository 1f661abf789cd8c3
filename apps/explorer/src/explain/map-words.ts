import { valueText } from '@patternlens/page';
import { html, nothing, type TemplateResult } from 'lit-html';
import { watch } from '../shell/watch.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { recipeLine } from './recipe-line.js';
import { signed } from './signed.js';
import { shownInput } from './input-picture.js';
import { mapSummary } from './map-summary.js';
import { pictured } from './pictured.js';

/** A map in words, and its strongest patches as a table: for those who don't see it, and for those who want numbers. */
export function mapWords(
  app: App,
  method: ChosenMethod,
  id: string,
): TemplateResult | typeof nothing {
  const { state } = app;
  const input = shownInput(state);
  const relevance =
    input && state.results.value.get(method.text)?.explanation?.relevanceByInput[input.name];
  if (!relevance) return nothing;
  // Looks change nothing of it.
  const { sentence, patches } = mapSummary(pictured(relevance, input.axes).plane);
  return html`<details class="map-words">
    <summary>In words</summary>
    <p id=${id}>${sentence}</p>
    <p class="quiet">${watch(() => recipeLine(app, method))}.</p>
    ${
      patches.length === 0
        ? nothing
        : html`<table class="patches">
            <caption>
              Strongest patches of ${patches[0]!.height}×${patches[0]!.width} pixels
            </caption>
            <thead>
              <tr>
                <th scope="col">Row</th>
                <th scope="col">Column</th>
                <th scope="col">Sum</th>
              </tr>
            </thead>
            <tbody>
              ${patches.map(
                ({ row, column, sum }) =>
                  html`<tr>
                    <td>${row}</td>
                    <td>${column}</td>
                    <td>${signed(sum, valueText)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </details>`;
}
