import { messageOf } from '@patternlens/core';
import { element } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { openFile, read } from './open-file.js';

/** The page without a report: a place to open or drop one. */
export function showEmptyPage(
  target: HTMLElement,
  opened: (report: BenchmarkReport) => void,
  problem = '',
): void {
  const message = element(
    'p',
    { class: 'message', role: 'alert', 'data-state': 'failed' },
    problem,
  );
  const failed = (error: unknown): void => {
    message.textContent = messageOf(error);
  };
  const done = (_: string, report: BenchmarkReport): void => {
    opened(report);
  };
  target.replaceChildren(
    element(
      'main',
      {
        class: 'report empty-page',
        dragover: (event) => {
          event.preventDefault();
        },
        drop: (event) => {
          event.preventDefault();
          const file = (event as DragEvent).dataTransfer?.files[0];
          if (file !== undefined) void read(file, done, failed);
        },
      },
      element('h1', {}, 'Benchmark of backends'),
      element('p', { class: 'lead' }, 'No report yet. Open one, or drop it anywhere on this page.'),
      openFile('Open a report', done, failed),
      message,
      element(
        'p',
        { class: 'quiet' },
        'A report is the JSON file that ',
        element('code', {}, 'npm run benchmark'),
        ' and `patternlens bench --report FILE` write. It is read here, in the page; nothing is sent anywhere.',
      ),
    ),
  );
}
