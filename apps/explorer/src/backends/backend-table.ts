import { methodName } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { backendRow } from './backend-row.js';
import type { Comparison } from './comparison.js';
import { sharedScale } from './shown-maps.js';

/** A backend's method as people call it, with its parameters. */
export const shownName = (text: string): string => {
  const [id, parameters] = text.split(/:(.*)/s) as [string, string | undefined];
  return parameters ? `${methodName(id)} (${parameters})` : methodName(id);
};

/** What backends gave, one a row, float64 above all. */
export function backendTable(app: App, comparison: Comparison, shown: string): TemplateResult {
  const scale = sharedScale(app, comparison, shown);
  const name = shownName(shown);
  const worst =
    comparison.methods.length > 1 ? `worst of ${comparison.methods.length} methods` : name;
  const heading = (text: string, below: string): TemplateResult =>
    html`<th role="columnheader" scope="col">${text}<small>${below}</small></th>`;
  return html`<table class="backend-table" role="table" aria-label="Backends">
    <thead role="rowgroup">
      <tr role="row">
        ${heading('Backend', '')} ${heading('Map', name)} ${heading('Difference', 'enlarged')}
        ${heading('Equal gates', `limit 1e-4, ${worst}`)} ${heading('Free gates', worst)}
        ${heading('Flips', 'by layer')} ${heading('Cold', name)} ${heading('Warm', name)}
        ${heading('What ran', '')}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${[comparison.reference, ...comparison.rows].map((row) =>
        backendRow({ app, row, shown, scale }),
      )}
    </tbody>
  </table>`;
}
