import { dataTable, element } from '@patternlens/page';
import type { BackendResult } from '../report/benchmark-report.js';
import { pageSection } from './page-section.js';
import type { PageState, Store } from './page-state.js';
import { columnsOf } from './report-view.js';

/** Where everything ran, and what really ran there. */
export function environmentSection(store: Store<PageState>): HTMLElement {
  const { report } = store.get();
  const cards = report.hosts.map(({ name, kind, facts }) =>
    element(
      'div',
      { class: 'card' },
      element('h3', {}, name),
      element(
        'dl',
        {},
        fact('Host', kind === 'node' ? 'Node process' : 'browser'),
        facts.flatMap(({ label, value }) => fact(label, value)),
      ),
    ),
  );
  const backends = element('div', {});
  store.watch(['network', 'host'], (state) => {
    const network = state.report.networks[state.network];
    const columns = network === undefined ? [] : columnsOf(state.report, network, state.host);
    backends.replaceChildren(
      dataTable(
        'What really ran',
        ['Backend', 'Host', 'Runtime', 'Mode', 'Threads', 'Precision', 'Forward pass'].map(
          (heading) => ({ heading }),
        ),
        columns.map(({ backend, host }) => [
          element('span', { class: 'backend-name' }, backend.backend),
          host.name,
          ...ranCells(backend),
        ]),
      ),
    );
  });
  return pageSection(
    'environment',
    'Environment',
    element('div', { class: 'cards' }, cards),
    backends,
  );
}

function ranCells({
  runtime,
  mode,
  threads,
  precision,
  forwardOf,
  failure,
}: BackendResult): readonly string[] {
  const unknown = failure === undefined ? 'not said' : 'did not run';
  return [
    runtime === undefined ? unknown : `${runtime.name} ${runtime.version}`,
    mode ?? unknown,
    threads === undefined ? unknown : String(threads),
    precision ?? unknown,
    forwardOf ?? unknown,
  ];
}

const fact = (label: string, value: string): readonly HTMLElement[] => [
  element('dt', {}, label),
  element('dd', {}, value),
];
