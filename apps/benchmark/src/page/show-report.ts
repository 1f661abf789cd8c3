import { element } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { readLink, worstCell } from './cell-link.js';
import { comparisonSection } from './comparison-section.js';
import { controls } from './controls.js';
import { detailsSection } from './details-section.js';
import { environmentSection } from './environment-section.js';
import { failuresSection } from './failures-section.js';
import { fitSection } from './fit-section.js';
import { matrixSection } from './matrix-section.js';
import { createStore, type PageState, type Store } from './page-state.js';
import { pageHeader } from './page-header.js';
import { batchesOf } from './report-view.js';
import { speedSection } from './speed-section.js';

/** The parts of the page, from top to bottom. */
const PARTS: readonly ((store: Store<PageState>) => HTMLElement)[] = [
  controls,
  matrixSection,
  detailsSection,
  speedSection,
  fitSection,
  failuresSection,
  environmentSection,
  comparisonSection,
];

/** Fills an element with the page of a report. What the element held is gone. Needs `report.css`. */
export function showReport(target: HTMLElement, report: BenchmarkReport): void {
  const parts = showParts(target, report);
  while (parts.next().done !== true);
}

/** The same, a part each time it is asked to go on: no piece of work is long. */
export function* showParts(target: HTMLElement, report: BenchmarkReport): Generator<undefined> {
  const link = readLink(report, location.hash);
  const network = link?.network ?? 0;
  const store = createStore<PageState>({
    report,
    network,
    host: undefined,
    gates: 'equal',
    batch: batchesOf(report)[0] ?? 1,
    theme: 'auto',
    cell: link?.cell ?? worstCell(report, network),
    before: undefined,
  });
  store.watch(['theme'], ({ theme }) => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });

  const main = element('main', { id: 'report-main', tabindex: '-1' });
  const page = element('div', { class: 'report' }, pageHeader(report), main);
  target.replaceChildren(page);
  for (const make of PARTS) {
    main.append(make(store));
    yield undefined;
  }
  if (link !== undefined) document.getElementById('details')?.scrollIntoView();
  const follow = (): void => {
    if (!page.isConnected) removeEventListener('hashchange', follow);
    else store.set(readLink(report, location.hash) ?? {});
  };
  addEventListener('hashchange', follow);
}
