import { methodName } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { ModelFacts } from '../compute/model-facts.js';

/** The methods that each layer stops, with the reason; several for one reason stand together. */
function stoppedBy(facts: ModelFacts): ReadonlyMap<string, ReadonlyMap<string, string[]>> {
  const all = new Map<string, Map<string, string[]>>();
  for (const { id, report } of facts.methods)
    for (const { layer, reason } of report.problems) {
      const byReason = all.get(layer) ?? new Map<string, string[]>();
      byReason.set(reason, [...(byReason.get(reason) ?? []), methodName(id)]);
      all.set(layer, byReason);
    }
  return all;
}

const sizesOf = (shape: readonly unknown[]): string =>
  `[${shape.map((size) => (typeof size === 'number' ? size : 'N')).join(', ')}]`;

/** All layers, and the methods that each of them stops. */
export function supportTable(facts: ModelFacts): TemplateResult {
  const stopped = stoppedBy(facts);
  return html`<div class="table-box" tabindex="0" role="group" aria-label="All layers">
    <table class="data-table" aria-label="Support">
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Kind</th>
          <th scope="col">Output</th>
          <th scope="col" class="figures">Parameters</th>
          <th scope="col">Stops</th>
        </tr>
      </thead>
      <tbody>
        ${facts.layers.map((layer) => {
          const reasons = [...(stopped.get(layer.name) ?? [])];
          return html`<tr>
            <th scope="row">${layer.name}</th>
            <td>${layer.kind}</td>
            <td>${sizesOf(layer.outputShape)}</td>
            <td class="figures">${layer.parameters === 0 ? '' : layer.parameters}</td>
            <td>
              ${
                reasons.length === 0
                  ? html`<span class="quiet">nothing</span>`
                  : reasons.map(
                      ([reason, methods]) => html`<p>${methods.join(', ')}: ${reason}</p>`,
                    )
              }
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
