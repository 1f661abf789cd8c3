import { METHODS } from '@patternlens/core';
import { requiredParameters } from '@patternlens/core/tracing';
import { methodName } from '@patternlens/heatmap';
import { BROWSER_BACKENDS, type BrowserBackendId } from '@patternlens/page';
import type { PageChoice } from './open-page-job.js';

/** What was asked for. */
export interface FormChoice extends PageChoice {
  readonly backends: readonly BrowserBackendId[];
  /** Milliseconds. */
  readonly budget: number;
}

export interface BenchmarkForm {
  readonly element: HTMLFormElement;
  /** Shows that a run is under way, or over. */
  readonly setRunning: (isRunning: boolean) => void;
  /** How far a run is: shown always, told to listeners at every tenth of the way. */
  readonly say: (text: string, share: number) => void;
  readonly fail: (text: string) => void;
}

export interface FormHandlers {
  readonly onRun: (choice: FormChoice) => void;
  readonly onCancel: () => void;
}

/** The backends that are chosen at first; slow ones are left to the user. */
const QUICK: readonly string[] = ['onnx:wasm', 'tfjs:wasm', 'tfjs:webgl', 'gpujs:webgl2'];

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const boxes = (name: string, values: readonly (readonly [string, string, boolean])[]): string =>
  values
    .map(
      ([value, text, isChosen]) =>
        `<label><input type="checkbox" name="${name}" value="${escape(value)}"${isChosen ? ' checked' : ''} /> ${escape(text)}</label>`,
    )
    .join('');

const number = (name: string, text: string, value: number, least: number): string =>
  `<label>${text} <input type="number" name="${name}" value="${value}" min="${least}" step="1" required /></label>`;

const MARKUP = `
  <h1>PatternLens benchmark</h1>
  <p>Compares the backends of this browser with float64 and with each other. Nothing leaves this page.</p>
  <fieldset>
    <legend>Network and samples</legend>
    <label>Files <input type="file" name="files" multiple aria-describedby="files-hint" /></label>
    <p id="files-hint">An ONNX model; images or arrays (.npy, IDX, CIFAR); a preprocessing file. They may be dropped anywhere on the page. Without any: the bundled network, and samples made for it.</p>
    <output name="chosen"></output>
  </fieldset>
  <fieldset><legend>Backends</legend>${boxes(
    'backend',
    BROWSER_BACKENDS.map((id) => [id, id, QUICK.includes(id)]),
  )}</fieldset>
  <fieldset><legend>Methods</legend>${boxes(
    'method',
    METHODS.filter(({ parameters }) => requiredParameters(parameters).length === 0).map(
      ({ id }) => [id, methodName(id), true],
    ),
  )}</fieldset>
  <fieldset>
    <legend>How much</legend>
    ${number('compared', 'Samples compared with float64', 2, 1)}
    ${number('fitted', 'Samples that patterns are fitted on', 32, 0)}
    ${number('batch', 'Largest batch', 16, 1)}
    ${number('budget', 'Seconds', 120, 5)}
  </fieldset>
  <p class="actions">
    <button type="submit" name="run">Run</button>
    <button type="button" name="cancel" disabled>Cancel</button>
  </p>
  <progress max="1" value="0" aria-label="Progress of the benchmark" hidden></progress>
  <p class="step"></p>
  <p class="told" role="status" aria-live="polite"></p>
  <p class="failure" role="alert"></p>
`;

const chosen = (data: FormData, name: string): string[] => data.getAll(name).map(String);

/** The form by which a person chooses what is measured. */
export function benchmarkForm({ onRun, onCancel }: FormHandlers): BenchmarkForm {
  const element = document.createElement('form');
  element.className = 'benchmark-form';
  element.innerHTML = MARKUP;
  const find = (selector: string): Element => element.querySelector(selector)!;
  const run = find('[name=run]') as HTMLButtonElement,
    cancel = find('[name=cancel]') as HTMLButtonElement,
    progress = find('progress') as HTMLProgressElement,
    picked = find('[name=files]') as HTMLInputElement;
  let dropped: readonly File[] = [];
  let told = 0;
  const showFiles = (): void => {
    const names = [...(picked.files ?? []), ...dropped].map(({ name }) => name);
    (find('output') as HTMLOutputElement).value = names.join(', ');
  };
  picked.addEventListener('change', showFiles);
  addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    dropped = [...(event.dataTransfer?.files ?? [])];
    showFiles();
  });
  cancel.addEventListener('click', onCancel);
  const fail = (text: string): void => {
    find('.failure').textContent = text;
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(element);
    const backends = chosen(data, 'backend') as BrowserBackendId[],
      methods = chosen(data, 'method');
    if (backends.length === 0 || methods.length === 0) {
      fail('Choose a backend and a method at least.');
      return;
    }
    fail('');
    const count = (name: string): number => Number(data.get(name));
    onRun({
      files: [...(picked.files ?? []), ...dropped],
      backends,
      methods,
      batches: [...new Set([1, count('batch')])],
      compared: count('compared'),
      fitted: count('fitted'),
      budget: 1000 * count('budget'),
    });
  });
  return {
    element,
    fail,
    setRunning: (isRunning) => {
      run.disabled = isRunning;
      cancel.disabled = !isRunning;
      progress.hidden = !isRunning;
      told = -1;
      if (isRunning) cancel.focus();
      else if (element.isConnected) run.focus();
    },
    say: (text, share) => {
      progress.value = share;
      find('.step').textContent = text;
      const tenth = Math.floor(10 * share);
      if (tenth === told) return;
      told = tenth;
      find('.told').textContent = `${10 * tenth} %`;
    },
  };
}
