import { briefError, counted } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { RowNumbers } from './tell-comparison.js';

/** Layers that are named at once; the others are folded. */
const NAMED = 2;

/** Decisions that differ, by layer, with how clear the clearest of each was. */
export function flipList(flips: RowNumbers['flips'], clear: readonly string[]): TemplateResult {
  if (flips.length === 0) return html`none`;
  const one = ({ layer, flips: count, margin }: RowNumbers['flips'][number]): TemplateResult =>
    html`<li>
      <span class="figures">${count}</span> in ${layer}, margin
      <span class="figures">${briefError(margin)}</span>:
      ${clear.includes(layer) ? html`<b class="off">not rounding</b>` : 'rounding'}
    </li>`;
  const list = html`<ul class="flips">
    ${flips.map(one)}
  </ul>`;
  if (flips.length <= NAMED) return list;
  const total = flips.reduce((sum, { flips: count }) => sum + count, 0);
  return html`<details>
    <summary>
      ${counted(total, 'decision')} in ${flips.length} layers,
      ${clear.length === 0 ? 'all rounding' : html`<b class="off">not all rounding</b>`}
    </summary>
    ${list}
  </details>`;
}
