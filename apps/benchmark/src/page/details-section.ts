import { type Child, countText, dataTable, element, errorText } from '@patternlens/page';
import type { AgreementResult } from '../report/benchmark-report.js';
import { failureParts } from './failure-parts.js';
import { histogramChart } from './histogram-chart.js';
import { layerChart } from './layer-chart.js';
import { mapsView } from './maps-view.js';
import type { PageState, Store } from './page-state.js';
import { columnsOf, resultOf, rowsOf, type Column, type Row } from './report-view.js';
import { distancesTable, timesTable } from './result-tables.js';

/** What is behind the chosen cell. Escape goes back to it. */
export function detailsSection(store: Store<PageState>): HTMLElement {
  const heading = element('h2', { id: 'details-heading', tabindex: '-1' });
  const body = element('div', { class: 'details-body' });
  const back = (): void => {
    const cell = document.querySelector<HTMLElement>('.cell[aria-pressed="true"]');
    cell?.focus();
    cell?.scrollIntoView({ block: 'nearest' });
  };
  const where = element('p', { class: 'eyebrow' });
  store.watch(['cell', 'network'], (state) => {
    const { column, row } = chosen(state);
    if (column === undefined || row === undefined) {
      where.textContent = '';
      heading.textContent = 'Details';
      body.replaceChildren(element('p', { class: 'quiet' }, 'Choose a cell of the matrix.'));
      return;
    }
    const { runtime } = column.backend;
    where.textContent = [
      state.report.networks[state.network]!.name,
      column.host.name,
      ...(runtime === undefined ? [] : [`${runtime.name} ${runtime.version}`]),
    ].join(' · ');
    heading.textContent = `${row.label} on ${column.label}`;
    body.replaceChildren(...details(state, column, row));
  });
  return element(
    'section',
    {
      id: 'details',
      class: 'page-section details',
      'aria-labelledby': 'details-heading',
      keydown: (event) => {
        if ((event as KeyboardEvent).key === 'Escape') back();
      },
    },
    element(
      'div',
      { class: 'details-head' },
      element('div', {}, where, heading),
      element('button', { type: 'button', class: 'action', click: back }, 'Back to the matrix'),
    ),
    body,
  );
}

function chosen({ report, network, cell }: PageState): {
  column?: Column | undefined;
  row?: Row | undefined;
} {
  const shown = report.networks[network];
  if (shown === undefined || cell === undefined) return {};
  return {
    column: columnsOf(report, shown).find(({ key }) => key === cell.column),
    row: rowsOf(shown).find(({ key }) => key === cell.row),
  };
}

function details({ report }: PageState, column: Column, row: Row): readonly HTMLElement[] {
  const result = resultOf(column, row);
  const failure = column.backend.failure ?? result?.failure;
  if (failure !== undefined) return [element('div', { class: 'failure' }, failureParts(failure))];
  if (result === undefined) {
    return [element('p', {}, `${column.label} was not asked for ${row.label}.`)];
  }
  const { agreement, times } = result;
  return [
    ...(agreement === undefined
      ? [element('p', {}, 'No comparison with float64 was made.')]
      : agreementParts(agreement, column.label, report.limit)),
    ...(times === undefined || times.length === 0 ? [] : [timesTable(times)]),
  ];
}

function agreementParts(
  agreement: AgreementResult,
  backend: string,
  limit: number,
): readonly HTMLElement[] {
  const { worst, errorByLayer, samples, sameClass } = agreement;
  const summary: Child[] = [
    worst === undefined
      ? `Compared on ${samples} samples. `
      : `Worst of ${samples} samples: ${worst.sample}, error ${errorText(worst.relativeL2)}. `,
    sameClass ? 'All samples keep their class.' : 'At least one sample gets another class.',
  ];
  return [
    element('p', { class: 'details-summary' }, summary),
    ...(worst === undefined ? [] : [mapsView(worst, backend)]),
    element(
      'div',
      { class: 'chart-pair' },
      layerChart(errorByLayer, agreement.errorGrowsAt),
      worst !== undefined && histogramChart(worst.histogram),
    ),
    element(
      'div',
      { class: 'table-pair' },
      distancesTable(agreement, limit),
      flipsTable(agreement),
    ),
  ];
}

function flipsTable({ flips }: AgreementResult): HTMLElement {
  const some = flips.filter((layer) => layer.flips > 0);
  if (some.length === 0) {
    return element(
      'div',
      { class: 'nothing' },
      element('h3', {}, 'Flipped decisions'),
      element('p', {}, 'None: every rectifier and pool decided as in float64.'),
    );
  }
  const table = dataTable(
    'Flipped decisions by layer',
    [
      { heading: 'Layer' },
      { heading: 'Flips', figures: true },
      { heading: 'Of', figures: true },
      { heading: 'Largest margin', figures: true },
    ],
    some.map((layer) => [
      layer.layer,
      countText(layer.flips),
      countText(layer.of),
      element(
        'span',
        {},
        errorText(layer.margin),
        layer.margin > ROUNDING && element('strong', {}, ' more than rounding'),
      ),
    ]),
  );
  return table;
}

/** Margins above this share of the layer's largest value are not rounding. */
const ROUNDING = 1e-4;
