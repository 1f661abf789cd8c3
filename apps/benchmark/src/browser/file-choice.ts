import { messageOf } from '@patternlens/core';
import { counted, element } from '@patternlens/page';
import { droppedFiles } from './dropped-files.js';

export interface FileChoice {
  readonly element: HTMLElement;
  readonly files: () => readonly File[];
}

/** Names that are shown; more are counted. */
const MOST_NAMES = 8;

function namesOf(files: readonly File[]): string {
  if (files.length === 0) return 'No files: the bundled network, and samples made for it.';
  const names = files.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = files.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${counted(more, 'more file')}` : ''}`;
}

/** Files that are chosen, or dropped anywhere on the page. */
export function fileChoice(fail: (text: string) => void): FileChoice {
  let files: readonly File[] = [];
  const shown = element('output', { class: 'chosen-files' });
  const take = (given: readonly File[]): void => {
    files = given;
    shown.value = namesOf(given);
    forget.hidden = given.length === 0;
  };
  const input = element('input', {
    type: 'file',
    name: 'files',
    multiple: true,
    class: 'unseen',
    'aria-describedby': 'files-hint',
    change: () => {
      take([...(input.files ?? [])]);
      // The same files can be chosen again once they have changed.
      input.value = '';
    },
  });
  const forget = element(
    'button',
    {
      type: 'button',
      class: 'action',
      click: () => {
        take([]);
      },
    },
    'Use the bundled network',
  );
  addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer)
      droppedFiles(event.dataTransfer).then(take, (thrown: unknown) => {
        fail(`what was dropped could not be read: ${messageOf(thrown)}`);
      });
  });
  take([]);
  return {
    files: () => files,
    element: element(
      'fieldset',
      { class: 'form-part' },
      element('legend', {}, 'Model and samples'),
      element(
        'div',
        { class: 'file-row' },
        element('label', { class: 'action' }, input, element('span', {}, 'Choose files')),
        forget,
        shown,
      ),
      element(
        'p',
        { id: 'files-hint', class: 'quiet' },
        'An ONNX model, with the files of its weights where it has any; or model.json of TensorFlow.js with its shards. With it images, or arrays (.npy, IDX, CIFAR), and a preprocessing file (NAME.preprocess.json). They may be dropped anywhere on the page, in a folder too.',
      ),
    ),
  };
}
