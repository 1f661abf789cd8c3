import { messageOf } from '@patternlens/core';
import { element } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import type { BenchChoice } from './bench-messages.js';
import { benchmarkForm } from './benchmark-form.js';
import { measureInWorker, type RunningBenchmark } from './measure-in-worker.js';

const target = document.getElementById('benchmark')!;
let running: RunningBenchmark | undefined;

/** The report in place of the form, with a way back. */
async function show(report: BenchmarkReport): Promise<void> {
  const { showParts } = await import('../page/show-report.js');
  const shown = element('div', {});
  const back = element(
    'button',
    {
      type: 'button',
      class: 'action',
      click: () => {
        target.replaceChildren(page);
      },
    },
    'Measure again',
  );
  target.replaceChildren(element('nav', { class: 'report measure-again' }, back), shown);
  scrollTo(0, 0);
  back.focus();
  const parts = showParts(shown, report);
  // The page is drawn between them.
  while (parts.next().done !== true) await new Promise((done) => setTimeout(done));
}

async function run(choice: BenchChoice): Promise<void> {
  form.setRunning(true);
  running = measureInWorker(choice, form.say);
  try {
    await show(await running.report);
    form.say('', 0);
  } catch (thrown) {
    form.say('', 0);
    form.fail(messageOf(thrown));
  } finally {
    stop();
  }
}

function stop(): void {
  running?.end();
  running = undefined;
  form.setRunning(false);
}

const form = benchmarkForm({
  onRun: (choice) => void run(choice),
  onCancel: () => {
    stop();
    form.say('Cancelled.', 0);
  },
});

const page = element(
  'div',
  { class: 'report' },
  element(
    'header',
    { class: 'page-header' },
    element('h1', {}, 'Benchmark of backends'),
    element(
      'p',
      { class: 'page-facts' },
      [`PatternLens ${VERSION}`, 'In this browser', 'Nothing leaves this page'].map((fact) =>
        element('span', {}, fact),
      ),
    ),
    element(
      'p',
      { class: 'lead' },
      'Do the backends of this browser explain your network alike, and how fast are they?',
    ),
  ),
  element('main', {}, form.element),
);
target.replaceChildren(page);
