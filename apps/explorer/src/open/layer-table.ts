import { methodName } from '@patternlens/heatmap';
import { formatShape } from '@patternlens/core/tensor';
import { html, type TemplateResult } from 'lit-html';
import type { ModelFacts } from '../compute/model-facts.js';

/** Rows that are shown at most: a longer table says how many are left out. */
const ROWS = 400;

/** Layers with the methods that each stops; those that stop some come first. */
export function layerTable({ layers, methods }: ModelFacts): TemplateResult {
  const stopped = new Map<string, string[]>();
  for (const { id, report } of methods)
    for (const { layer } of report.problems)
      stopped.set(layer, [...(stopped.get(layer) ?? []), methodName(id)]);
  const sorted = [...layers].sort(
    (a, b) => (stopped.get(b.name)?.length ?? 0) - (stopped.get(a.name)?.length ?? 0),
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Layers">
    <table>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Kind</th>
          <th scope="col">Output</th>
          <th scope="col">Methods</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.slice(0, ROWS).map(({ name, kind, outputShape }) => {
          const stops = stopped.get(name);
          return html`<tr>
            <th scope="row">${name}</th>
            <td>${kind}</td>
            <td class="figures">${formatShape(outputShape)}</td>
            <td class=${stops ? 'stopped' : 'works'}>
              ${stops ? `✕ stops ${stops.length === methods.length ? 'all' : stops.join(', ')}` : '✓ all'}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${sorted.length > ROWS ? html`<p>And ${sorted.length - ROWS} more layers.</p>` : undefined}
  </div>`;
}
