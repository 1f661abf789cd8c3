import { countText, dataTable, element, errorText, timeText } from '@patternlens/page';
import type { FitResult } from '../report/benchmark-report.js';
import { failureParts } from './failure-parts.js';
import { pageSection } from './page-section.js';
import type { PageState, Store } from './page-state.js';
import { columnsOf } from './report-view.js';

/** Patterns fitted on each backend, against those that the reference fitted from the same samples. */
export function fitSection(store: Store<PageState>): HTMLElement {
  const body = element('div', {});
  store.watch(['network', 'host'], ({ report, network, host }) => {
    const shown = report.networks[network];
    const fits = (shown === undefined ? [] : columnsOf(report, shown, host)).flatMap((column) =>
      column.backend.fit === undefined ? [] : [{ ...column, fit: column.backend.fit }],
    );
    body.replaceChildren(
      ...(fits.length === 0
        ? [element('p', {}, 'No backend fitted patterns in this run.')]
        : [
            element(
              'p',
              { class: 'quiet' },
              'Compared over neurons that fired as often on both, ten times or more.',
            ),
            dataTable(
              'Fitting by backend',
              [
                { heading: 'Backend' },
                { heading: 'Host' },
                { heading: 'Samples', figures: true },
                { heading: 'Time per sample', figures: true },
                { heading: 'Largest error', figures: true },
                { heading: 'At layer' },
                { heading: 'Neurons compared', figures: true },
              ],
              fits.map(({ label, host: on, fit }) => [
                element('span', { class: 'backend-name' }, label),
                on.name,
                ...fitCells(fit),
              ]),
            ),
            ...fits.map(({ label, fit }) => layers(label, fit)),
          ]),
    );
  });
  return pageSection('fitting', 'Fitting patterns', body);
}

function fitCells({ samples, perSample, layers, failure }: FitResult): readonly string[] {
  if (failure !== undefined) return [countText(samples), 'failed', failure.reason, '', ''];
  const compared = layers.filter((layer) => layer.compared > 0);
  const [first, ...rest] = compared;
  const worst =
    first &&
    rest.reduce(
      (worstSoFar, layer) => (layer.relativeL2 > worstSoFar.relativeL2 ? layer : worstSoFar),
      first,
    );
  const sum = (key: 'compared' | 'neurons'): number =>
    layers.reduce((total, layer) => total + layer[key], 0);
  return [
    countText(samples),
    timeText(perSample),
    worst === undefined ? 'not compared' : errorText(worst.relativeL2),
    worst?.layer ?? '',
    `${countText(sum('compared'))} of ${countText(sum('neurons'))}`,
  ];
}

function layers(label: string, { layers: all, failure }: FitResult): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, `${label}, by layer`),
    failure === undefined
      ? dataTable(
          `Patterns of ${label} by layer`,
          [
            { heading: 'Layer' },
            { heading: 'Relative L2', figures: true },
            { heading: 'Compared', figures: true },
            { heading: 'Neurons', figures: true },
          ],
          all.map(({ layer, relativeL2, compared, neurons }) => [
            layer,
            compared === 0 ? 'not compared' : errorText(relativeL2),
            countText(compared),
            countText(neurons),
          ]),
        )
      : failureParts(failure),
  );
}
