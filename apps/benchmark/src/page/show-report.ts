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
import { createStore, type PageState } from './page-state.js';
import { pageHeader } from './page-header.js';
import { batchesOf } from './report-view.js';
import { speedSection } from './speed-section.js';

/** Fills an element with the page of a report. What the element held is gone. Needs `report.css`. */
export function showReport(target: HTMLElement, report: BenchmarkReport): void {
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

  const details = detailsSection(store);
  const page = element(
    'div',
    { class: 'report' },
    pageHeader(report),
    element(
      'main',
      { id: 'report-main', tabindex: '-1' },
      controls(store),
      matrixSection(store),
      details,
      speedSection(store),
      fitSection(store),
      failuresSection(store),
      environmentSection(store),
      comparisonSection(store),
    ),
  );
  target.replaceChildren(page);
  if (link !== undefined) details.scrollIntoView();
  const follow = (): void => {
    if (!page.isConnected) removeEventListener('hashchange', follow);
    else store.set(readLink(report, location.hash) ?? {});
  };
  addEventListener('hashchange', follow);
}
