import { dataTable, element } from '@patternlens/page';
import type { BenchmarkReport, Failure } from '../report/benchmark-report.js';
import { failureParts } from './failure-parts.js';
import { pageSection } from './page-section.js';
import type { PageState, Store } from './page-state.js';
import { columnsOf, failureWord, rowsOf, resultOf } from './report-view.js';

interface Missing {
  readonly backend: string;
  readonly host: string;
  readonly network: string;
  readonly what: string;
  readonly failure: Failure;
}

/** All that did not work, with the reason. */
export function failuresSection(store: Store<PageState>): HTMLElement {
  const { report } = store.get();
  const missing = missingOf(report);
  return pageSection(
    'failures',
    'Failures and lacks',
    missing.length === 0
      ? element('p', {}, 'None: every backend ran every method.')
      : dataTable(
          'What did not work, and why',
          [
            { heading: 'Backend' },
            { heading: 'Host' },
            ...(report.networks.length > 1 ? [{ heading: 'Network' }] : []),
            { heading: 'What' },
            { heading: 'Outcome' },
            { heading: 'Reason' },
          ],
          missing.map(({ backend, host, network, what, failure }) => [
            element('span', { class: 'backend-name' }, backend),
            host,
            ...(report.networks.length > 1 ? [network] : []),
            what,
            element('span', { class: `outcome outcome-${failure.kind}` }, failureWord(failure)),
            element('div', { class: 'failure' }, failureParts(failure)),
          ]),
        ),
  );
}

function missingOf(report: BenchmarkReport): readonly Missing[] {
  return report.networks.flatMap((network) =>
    columnsOf(report, network).flatMap((column): readonly Missing[] => {
      const at = { backend: column.label, host: column.host.name, network: network.name };
      const { failure, fit } = column.backend;
      if (failure !== undefined) return [{ ...at, what: 'everything', failure }];
      return [
        ...rowsOf(network).flatMap((row) => {
          const methodFailure = resultOf(column, row)?.failure;
          return methodFailure === undefined
            ? []
            : [{ ...at, what: row.label, failure: methodFailure }];
        }),
        ...(fit?.failure === undefined
          ? []
          : [{ ...at, what: 'fitting patterns', failure: fit.failure }]),
      ];
    }),
  );
}
