import { html, type TemplateResult } from 'lit-html';
import '../styles/open.css';
import type { App } from '../state/app.js';
import { giveFiles } from './give-files.js';
import { pickedFiles } from './dropped-files.js';
import { openStateOf } from './open-state.js';
import { pickFiles } from './pick-files.js';

const IMAGES =
  'image/*,.npy,.gz,.bin,.zip,.txt,.json,.safetensors,.onnx,.ubyte,.idx1-ubyte,.idx3-ubyte';

/** A field for files that is in the page from the start; buttons press it. */
function filesField(app: App, id: string, label: string, accept?: string): TemplateResult {
  const take = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = pickedFiles(input.files ?? []);
    // The same file can be chosen again.
    input.value = '';
    void giveFiles(app, Promise.resolve(files));
  };
  return html`<label class="files-field"
    >${label}<input
      id=${id}
      type="file"
      multiple
      tabindex="-1"
      accept=${accept ?? ''}
      @change=${take}
  /></label>`;
}

/** What opens a model or images. */
export function openButtons(app: App): TemplateResult {
  return html`<button
      type="button"
      aria-haspopup="dialog"
      @click=${() => {
        openStateOf(app).dialog.value = 'model';
      }}
    >
      Open model
    </button>
    <button
      type="button"
      @click=${() => {
        pickFiles('image-files');
      }}
    >
      Open images
    </button>
    ${filesField(app, 'model-files', 'Model files')}
    ${filesField(app, 'image-files', 'Image files', IMAGES)}`;
}
