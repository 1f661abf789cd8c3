import {
  changeText,
  type Child,
  counted,
  dataTable,
  element,
  errorText,
  ratioText,
  timeText,
} from '@patternlens/page';
import { compareReports, type CellChange, type Change } from './compare-reports.js';
import { dateText } from './page-header.js';
import { pageSection } from './page-section.js';
import type { PageState, Store } from './page-state.js';

/** What changed since another run, where there is one to compare with. */
export function comparisonSection(store: Store<PageState>): HTMLElement {
  const body = element('div', { 'aria-live': 'polite' });
  const all = element('input', {
    type: 'checkbox',
    change: () => {
      show(store.get());
    },
  });
  const show = ({ report, before, batch }: PageState): void => {
    if (before === undefined) {
      body.replaceChildren(
        element(
          'p',
          { class: 'quiet' },
          'Open the JSON of another run with “Compare with another run”, at the top: from before a change, or from another machine.',
        ),
      );
      return;
    }
    body.replaceChildren(
      element(
        'p',
        {},
        `Before: ${before.name}, ${dateText(before.report.created)}. After: this report, ${dateText(report.created)}. Times with batch ${batch}.`,
      ),
      element(
        'label',
        { class: 'check' },
        all,
        element('span', {}, 'Also show what did not change'),
      ),
      ...compareReports(before.report, report, batch).flatMap((comparison) => [
        element('h3', {}, comparison.network),
        ...('reason' in comparison
          ? [element('p', {}, comparison.reason)]
          : networkParts(comparison.network, comparison.cells, all.checked)),
      ]),
    );
  };
  store.watch(['before', 'batch'], show);
  return pageSection('comparison', 'Comparison with another run', body);
}

function networkParts(
  network: string,
  cells: readonly CellChange[],
  all: boolean,
): readonly HTMLElement[] {
  const changed = cells.filter(
    ({ error, time, ratio, note }) =>
      note !== undefined ||
      [error, time, ratio].some((change) => change !== undefined && change.verdict !== 'same'),
  );
  const count = (key: 'error' | 'time', verdict: Change['verdict']): number =>
    cells.filter((cell) => cell[key]?.verdict === verdict).length;
  const summary = [
    `${counted(cells.length, 'cell')} in both runs`,
    `error smaller in ${count('error', 'better')}, larger in ${count('error', 'worse')}`,
    `faster in ${count('time', 'better')}, slower in ${count('time', 'worse')}`,
  ].join('; ');
  const shown = all ? cells : changed;
  return [
    element('p', { class: 'quiet' }, `${summary}.`),
    ...(shown.length === 0
      ? [element('p', {}, 'Nothing changed beyond its spread.')]
      : [
          dataTable(
            `Changes of ${network}`,
            [
              { heading: 'Backend' },
              { heading: 'Method' },
              { heading: 'Error before', figures: true },
              { heading: 'after', figures: true },
              { heading: 'change' },
              { heading: 'Time before', figures: true },
              { heading: 'after', figures: true },
              { heading: 'change' },
              { heading: 'Ratio before', figures: true },
              { heading: 'after', figures: true },
              { heading: 'change' },
            ],
            shown.map(({ backend, method, error, time, ratio, note }) => [
              element('span', { class: 'backend-name' }, backend),
              note === undefined ? method : `${method}: ${note}`,
              ...triple(error, errorText, ['smaller', 'larger']),
              ...triple(time, timeText, ['faster', 'slower']),
              ...triple(ratio, ratioText, ['smaller', 'larger']),
            ]),
          ),
        ]),
  ];
}

function triple(
  change: Change | undefined,
  write: (value: number) => string,
  [better, worse]: readonly [string, string],
): readonly Child[] {
  if (change === undefined) return ['–', '–', 'not in both'];
  const { before, after, verdict } = change;
  const word = { better, worse, same: 'no clear change' }[verdict];
  return [
    write(before),
    write(after),
    element('span', { class: `change change-${verdict}` }, `${changeText(before, after)} ${word}`),
  ];
}
