import { messageOf } from '@patternlens/core';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { showEmptyPage } from './empty-page.js';
import { readReport } from './read-report.js';
import { showReport } from './show-report.js';

const target = document.getElementById('report')!;
const open = (report: BenchmarkReport): void => {
  showReport(target, report);
};

/** The report stands in the page itself; `null` where there is none. */
function start(): void {
  const source = document.getElementById('report-data')?.textContent.trim() ?? 'null';
  try {
    if (source === 'null' || source === '') showEmptyPage(target, open);
    else open(readReport(source));
  } catch (error) {
    showEmptyPage(target, open, messageOf(error));
  }
}

start();
