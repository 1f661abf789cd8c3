import { messageOf } from '@patternlens/core';
import { element } from '@patternlens/page';
import { worstCell } from './cell-link.js';
import { chooser, switcher, type Choice } from './field.js';
import { openFile } from './open-file.js';
import type { Gates, PageState, Store } from './page-state.js';
import { batchesOf } from './report-view.js';

/** What is shown, and what can be done with the report as a whole. */
export function controls(store: Store<PageState>): HTMLElement {
  const { report, network, gates, batch, theme } = store.get();
  const batches = batchesOf(report);
  const say = element('p', { class: 'message', role: 'status' });
  return element(
    'section',
    { class: 'controls', 'aria-label': 'What is shown' },
    element(
      'div',
      { class: 'control-row' },
      report.networks.length > 1 &&
        chooser(
          'Network',
          report.networks.map(({ name }, at) => choice(String(at), name)),
          String(network),
          (value) => {
            const chosen = Number(value);
            store.set({ network: chosen, cell: worstCell(report, chosen) });
          },
        ),
      report.hosts.length > 1 &&
        chooser(
          'Host',
          [choice('', 'All hosts'), ...report.hosts.map(({ id, name }) => choice(id, name))],
          '',
          (value) => {
            store.set({ host: value === '' ? undefined : value });
          },
        ),
      switcher(
        'Reference decides by',
        [choice('equal', 'Equal gates'), choice('free', 'Free gates')],
        gates,
        (value) => {
          store.set({ gates: value as Gates });
        },
      ),
      batches.length > 1 &&
        switcher(
          'Batch',
          batches.map((size) => choice(String(size), String(size))),
          String(batch),
          (value) => {
            store.set({ batch: Number(value) });
          },
        ),
      switcher(
        'Theme',
        [choice('auto', 'Auto'), choice('light', 'Light'), choice('dark', 'Dark')],
        theme,
        (value) => {
          store.set({ theme: value as PageState['theme'] });
        },
      ),
      element(
        'div',
        { class: 'actions' },
        element(
          'button',
          {
            type: 'button',
            class: 'action',
            click: () => {
              download(store);
            },
          },
          'Download JSON',
        ),
        openFile(
          'Compare with another run',
          (name, other) => {
            store.set({ before: { name, report: other } });
            delete say.dataset['state'];
            say.textContent = `Compared with ${name}, at the end of the page.`;
            const heading = document.getElementById('comparison-heading');
            heading?.scrollIntoView();
            heading?.focus();
          },
          (error) => {
            say.dataset['state'] = 'failed';
            say.textContent = messageOf(error);
          },
        ),
      ),
    ),
    say,
  );
}

const choice = (value: string, label: string): Choice => ({ value, label });

/** Hands the report out as it came; infinite values are null in JSON. */
function download(store: Store<PageState>): void {
  const { report } = store.get();
  const blob = new Blob([JSON.stringify(report)], { type: 'application/json' });
  const address = URL.createObjectURL(blob);
  const link = element('a', {
    href: address,
    download: `patternlens-benchmark-${report.created.slice(0, 10).replace(/[^0-9-]/g, '')}.json`,
  });
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 1000);
}
