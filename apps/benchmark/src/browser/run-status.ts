import { element } from '@patternlens/page';

/** What is said of a run, beside the buttons that begin and end it. */
export interface RunStatus {
  readonly element: HTMLElement;
  /** Shows that a run is under way, or over. */
  readonly setRunning: (isRunning: boolean) => void;
  /** How far a run is: shown always, told to listeners at every tenth of the way. */
  readonly say: (text: string, share: number) => void;
  readonly fail: (text: string) => void;
}

/** The buttons to run and to cancel, the progress of a run, and why one failed. */
export function runStatus(onCancel: () => void): RunStatus {
  const run = element('button', { type: 'submit', name: 'run', class: 'action main' }, 'Run');
  const cancel = element(
    'button',
    { type: 'button', name: 'cancel', class: 'action', disabled: true, click: onCancel },
    'Cancel',
  );
  const progress = element('progress', {
    max: 1,
    value: 0,
    'aria-label': 'Progress of the benchmark',
    hidden: true,
  });
  const step = element('p', { class: 'step' });
  const told = element('p', { class: 'told', role: 'status', 'aria-live': 'polite' });
  const failure = element('p', { class: 'message', role: 'alert', 'data-state': 'failed' });
  let lastTold = 0;
  return {
    element: element(
      'div',
      { class: 'run-status' },
      element('div', { class: 'run-buttons' }, run, cancel),
      progress,
      step,
      told,
      failure,
    ),
    fail: (text) => {
      failure.textContent = text;
    },
    setRunning: (isRunning) => {
      run.disabled = isRunning;
      cancel.disabled = !isRunning;
      progress.hidden = !isRunning;
      lastTold = -1;
      if (isRunning) cancel.focus();
      else if (run.isConnected) run.focus();
    },
    say: (text, share) => {
      progress.value = share;
      step.textContent = text;
      const tenth = Math.floor(10 * share);
      if (tenth === lastTold) return;
      lastTold = tenth;
      told.textContent = tenth > 0 ? `${10 * tenth} %` : '';
    },
  };
}
