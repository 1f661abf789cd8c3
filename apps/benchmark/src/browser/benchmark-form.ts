import { METHODS } from '@patternlens/core';
import { requiredParameters } from '@patternlens/core/tracing';
import { METHOD_GROUPS, methodGroup, methodName } from '@patternlens/heatmap';
import { BROWSER_BACKENDS, element, type BrowserBackendId } from '@patternlens/page';
import type { BenchChoice } from './bench-messages.js';
import { choiceList } from './choice-list.js';
import { fileChoice } from './file-choice.js';
import { runStatus, type RunStatus } from './run-status.js';

export interface BenchmarkForm extends RunStatus {
  readonly element: HTMLElement;
}

export interface FormHandlers {
  readonly onRun: (choice: BenchChoice) => void;
  readonly onCancel: () => void;
}

/** The backends that are chosen at first; slow ones are left to the user. */
const QUICK: readonly string[] = ['onnx:wasm', 'tfjs:wasm', 'tfjs:webgl', 'gpujs:webgl2'];

const number = (name: string, text: string, value: number, least: number): HTMLElement =>
  element(
    'label',
    { class: 'field' },
    element('span', {}, text),
    element('input', { type: 'number', name, value, min: least, step: 1, required: true }),
  );

const backendList = (): HTMLElement =>
  choiceList(
    'backend',
    'Backends',
    [{ values: BROWSER_BACKENDS.map((id) => ({ value: id, label: id })) }],
    (id) => QUICK.includes(id),
  );

/** Methods that need no parameter, in their groups. */
const methodList = (): HTMLElement =>
  choiceList(
    'method',
    'Methods',
    METHOD_GROUPS.map(({ id: group, name }) => ({
      heading: name,
      values: METHODS.filter(
        ({ id, parameters }) =>
          methodGroup(id) === group && requiredParameters(parameters).length === 0,
      ).map(({ id }) => ({ value: id, label: methodName(id) })),
    })),
    () => true,
  );

const howMuch = (): HTMLElement =>
  element(
    'fieldset',
    { class: 'form-part' },
    element('legend', {}, 'How much'),
    element(
      'div',
      { class: 'control-row' },
      number('compared', 'Samples compared with float64', 2, 1),
      number('fitted', 'Samples that patterns are fitted on', 32, 0),
      number('batch', 'Largest batch', 16, 1),
      number('budget', 'Seconds of timing', 120, 5),
    ),
    element(
      'p',
      { class: 'quiet' },
      'The float64 reference is slow: a photo on a network of millions of parameters takes it minutes. For those, choose few samples and methods.',
    ),
  );

const chosen = (data: FormData, name: string): string[] => data.getAll(name).map(String);

/** The form by which a person chooses what is measured. */
export function benchmarkForm({ onRun, onCancel }: FormHandlers): BenchmarkForm {
  const status = runStatus(onCancel);
  const given = fileChoice(status.fail);
  const submit = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(form);
    const backends = chosen(data, 'backend') as BrowserBackendId[],
      methods = chosen(data, 'method');
    if (backends.length === 0 || methods.length === 0) {
      status.fail('Choose a backend and a method at least.');
      return;
    }
    status.fail('');
    const count = (name: string): number => Number(data.get(name));
    onRun({
      files: given.files(),
      backends,
      methods,
      batches: [...new Set([1, count('batch')])],
      compared: count('compared'),
      fitted: count('fitted'),
      budget: 1000 * count('budget'),
    });
  };
  const form = element(
    'form',
    { class: 'benchmark-form', submit },
    given.element,
    backendList(),
    methodList(),
    howMuch(),
    status.element,
  );
  return { ...status, element: form };
}
