import { errorText, timeText } from '@patternlens/page';
import type { Scale } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { agrees } from './agrees.js';
import type { ComparedRow } from './comparison.js';
import { factorText } from './difference-factor.js';
import { flipList } from './flip-list.js';
import { mapStage } from './map-stage.js';
import { enlargedDifference } from './shown-maps.js';
import { LIMIT } from './limits.js';
import { rowNumbers, warmOf } from './tell-comparison.js';
import { useBackend } from './use-backend.js';

/** What a row is shown with. */
export interface RowParts {
  readonly app: App;
  readonly row: ComparedRow;
  /** The method whose map and times are shown. */
  readonly shown: string;
  readonly scale: Scale | undefined;
}

const cell = (label: string, content: unknown, kind = ''): TemplateResult =>
  html`<td role="cell" class=${kind} data-label=${label}>${content}</td>`;

/** What there is instead of numbers. */
function sayings({ row }: RowParts): TemplateResult | undefined {
  const { failure, status } = row;
  if (status === 'waiting') return html`<p class="quiet">waiting</p>`;
  if (status === 'running') return html`<p class="quiet">running</p>`;
  if (!failure) return undefined;
  return html`<p class="why">${failure.sentence}</p>
    ${
      failure.cause
        ? html`<details>
            <summary>In the runtime's own words</summary>
            <pre>${failure.cause}</pre>
          </details>`
        : undefined
    }`;
}

function maps({ app, row, shown, scale }: RowParts): TemplateResult {
  const own = row.cells.get(shown)?.map;
  const { id } = row;
  if (!own || !scale) return html`${cell('Map', undefined)}${cell('Difference', undefined)}`;
  const { state } = app;
  const shownMap = mapStage({ state, plane: own, scale, label: `${id}: map of ${shown}` });
  const difference = enlargedDifference(row, shown, scale);
  const label = `${id}: difference from float64`;
  const factor = difference ? `× ${factorText(difference.factor)}` : '';
  return html`${cell('Map', shownMap, 'of-map')}${cell(
    'Difference',
    row.id === 'reference'
      ? undefined
      : difference
        ? html`${mapStage({ state, plane: difference.plane, scale, label: `${label}, ${factor}` })}<span
              class="factor figures"
              >${factor}</span
            >`
        : row.cells.get(shown)?.difference
          ? 'none at all'
          : undefined,
    'of-map',
  )}`;
}

function numbers({ row, shown }: RowParts): TemplateResult {
  const { equalGates, freeGates, flips, clear, sameClass } = rowNumbers(row);
  const timed = row.cells.get(shown);
  const isOff = equalGates !== null && !agrees({ equalGates, clear: [], sameClass: true }, LIMIT);
  const error = (value: number | null): string => (value === null ? '' : errorText(value));
  const warm = warmOf(timed);
  const isReference = row.id === 'reference';
  return html`${cell(
    'Equal gates',
    isReference
      ? html`<span class="quiet">what the others are held against</span>`
      : html`${error(equalGates)}${isOff ? html` <b class="off">above 1e-4</b>` : undefined}${
          sameClass ? undefined : html` <b class="off">another class</b>`
        }`,
    'figures',
  )}${cell('Free gates', error(freeGates), 'figures')}${cell(
    'Flips',
    equalGates === null ? undefined : flipList(flips, clear),
  )}${cell('Cold', timed?.timed ? timeText(timed.timed.cold) : undefined, 'figures')}${cell(
    'Warm',
    warm === null ? undefined : timeText(warm),
    'figures',
  )}`;
}

/** A backend of a comparison as a row, which its id heads. */
export function backendRow(parts: RowParts): TemplateResult {
  const { app, row } = parts;
  const { id, facts, status } = row;
  const isUsed = app.state.backend.value === id;
  const use = isUsed
    ? html`<span class="quiet">in use</span>`
    : status === 'lacking'
      ? undefined
      : html`<button
          type="button"
          @click=${() => {
            useBackend(app, id);
          }}
        >
          Use ${id}
        </button>`;
  const hasNumbers = row.cells.size > 0;
  return html`<tr role="row" data-status=${status} aria-current=${isUsed ? 'true' : 'false'}>
    <th role="rowheader" scope="row">${id}</th>
    ${hasNumbers ? html`${maps(parts)}${numbers(parts)}` : undefined}
    <td role="cell" class="ran" colspan=${hasNumbers ? 1 : 8} data-label="What ran">
      ${sayings(parts)} ${facts ? html`<p class="quiet note">${facts.note}</p>` : undefined} ${use}
    </td>
  </tr>`;
}
