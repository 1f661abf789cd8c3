import { counted, element, shortCount } from '@patternlens/page';
import { linkOf } from './cell-link.js';
import { matrixCell, type CellShown } from './matrix-cell.js';
import { matrixLegend } from './matrix-legend.js';
import { moveInMatrix } from './matrix-keys.js';
import type { PageState, Store } from './page-state.js';
import { pageSection } from './page-section.js';
import { columnsOf, resultOf, rowsOf, type Column } from './report-view.js';

/** Methods by backends: error as colour and number, time and its ratio to the forward pass. */
export function matrixSection(store: Store<PageState>): HTMLElement {
  const box = element('div', { class: 'matrix-box' });
  const about = element('p', { class: 'quiet' });
  store.watch(['network', 'host', 'gates', 'batch'], (state) => {
    about.textContent = networkText(state);
    box.replaceChildren(matrixTable(state, store));
  });
  store.watch(['cell', 'network', 'host', 'gates', 'batch'], (state) => {
    markChosen(box, state);
  });
  return pageSection('matrix', 'Methods by backends', about, box, matrixLegend(store));
}

function networkText({ report, network }: PageState): string {
  const shown = report.networks[network];
  if (shown === undefined) return 'The report has no network.';
  const { name, layers, parameters, macs, samples, patterns } = shown;
  return [
    `${name}: ${counted(layers, 'layer')}, ${shortCount(parameters)} parameters, ${shortCount(macs)} multiplications per sample`,
    `compared on ${counted(samples.length, 'sample')}`,
    ...(patterns === undefined
      ? []
      : [
          `patterns fitted once, by ${patterns.backend}, on ${counted(patterns.samples, 'sample')}`,
        ]),
  ].join('; ');
}

function matrixTable(state: PageState, store: Store<PageState>): HTMLElement {
  const network = state.report.networks[state.network];
  if (network === undefined) return element('p', {}, 'Nothing to show.');
  const columns = columnsOf(state.report, network, state.host);
  const rows = rowsOf(network);
  const choose = (column: string, row: string): void => {
    store.set({ cell: { column, row } });
    history.pushState(undefined, '', linkOf(state.report, store.get()));
    const heading = document.getElementById('details-heading');
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  const table = element(
    'table',
    {
      class: 'matrix',
      keydown: (event) => {
        moveInMatrix(event as KeyboardEvent, (column, row) => {
          store.set({ cell: { column, row } });
          history.replaceState(undefined, '', linkOf(state.report, store.get()));
        });
      },
    },
    element('caption', {}, 'Choose a cell for its heat maps. Arrow keys move between cells.'),
    element(
      'thead',
      {},
      element(
        'tr',
        { class: 'host-row' },
        element('td', { class: 'corner' }),
        groups(columns).map(({ name, size }) =>
          element('th', { scope: 'colgroup', colspan: size }, element('span', {}, name)),
        ),
      ),
      element(
        'tr',
        {},
        element('th', { scope: 'col', class: 'corner' }, 'Method'),
        columns.map(({ backend }) =>
          element(
            'th',
            { scope: 'col' },
            element('span', { class: 'backend-name' }, backend.backend),
            element('span', { class: 'backend-mode' }, breakable(modeText(backend))),
          ),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row, rowAt) =>
        element(
          'tr',
          {},
          element(
            'th',
            { scope: 'row' },
            element('span', { class: 'method-name' }, breakable(row.label)),
            element('span', { class: 'method-detail' }, row.detail),
          ),
          columns.map((column, columnAt) => {
            const failure = column.backend.failure;
            if (failure !== undefined && rowAt > 0) return undefined;
            const shown: CellShown = {
              column,
              row,
              result: resultOf(column, row),
              gates: state.gates,
              batch: state.batch,
              limit: state.report.limit,
            };
            return element(
              'td',
              { rowspan: failure === undefined ? undefined : rows.length },
              matrixCell(shown, `${columnAt} ${rowAt}`, choose),
            );
          }),
        ),
      ),
    ),
  );
  table.style.setProperty('--columns', String(columns.length));
  return table;
}

/** Neighbouring columns of one host, for the heading above them. */
function groups(columns: readonly Column[]): readonly { name: string; size: number }[] {
  const hosts = [...new Set(columns.map(({ host }) => host))];
  return hosts.map((host) => ({
    name: host.name,
    size: columns.filter((column) => column.host === host).length,
  }));
}

const modeText = ({ mode, threads }: Column['backend']): string =>
  [mode, threads !== undefined && threads > 1 && `${threads} threads`].filter(Boolean).join(', ');

/** Long words of runtimes, `CPUExecutionProvider`, may break between their parts. */
const breakable = (text: string): readonly (string | HTMLElement)[] =>
  text
    .split(/(?<=[a-z])(?=[A-Z])/)
    .flatMap((part, at) => (at === 0 ? [part] : [element('wbr'), part]));

/** One cell takes part in the Tab order: the chosen one, or the first. */
function markChosen(box: HTMLElement, { cell }: PageState): void {
  const buttons = [...box.querySelectorAll<HTMLButtonElement>('.cell')];
  const chosen = buttons.find(
    ({ dataset }) =>
      dataset['column'] === cell?.column &&
      (dataset['row'] === cell?.row || dataset['whole'] === 'true'),
  );
  for (const button of buttons) {
    button.setAttribute('aria-pressed', String(button === chosen));
    button.tabIndex = button === (chosen ?? buttons[0]) ? 0 : -1;
  }
}
