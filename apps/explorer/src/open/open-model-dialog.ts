import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { OPEN_WORDS } from '../words/open.js';
import { giveFiles } from './give-files.js';
import { closeDialog, dialogFrame } from './dialog-frame.js';
import { pickedFiles } from './dropped-files.js';
import { loadAddress, stopLoading } from './load-address.js';
import { modelImageSize } from './model-takes.js';
import { openStateOf } from './open-state.js';
import { pickFiles } from './pick-files.js';
import { progressLine } from './progress-line.js';
import { rewriteAddress } from './rewrite-address.js';

/** The field for an address: what will be asked is said before it is. */
function addressForm(app: App): TemplateResult {
  const open = openStateOf(app);
  const text = open.address.value;
  const address = rewriteAddress(text);
  const offline = location.protocol === 'file:' || !open.online.value;
  const load = (event: Event): void => {
    event.preventDefault();
    void loadAddress(app, text);
  };
  const note = offline
    ? OPEN_WORDS.needsNetwork
    : text.trim() === ''
      ? 'Addresses of GitHub and Hugging Face are taken as their pages show them.'
      : address
        ? OPEN_WORDS.contact(address.host)
        : OPEN_WORDS.noAddress;
  return html`<form class="address" @submit=${load}>
    <label
      >Model URL
      <input
        type="text"
        inputmode="url"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="address-note"
        ?disabled=${offline}
        .value=${text}
        @input=${(event: Event) => {
          open.address.value = (event.target as HTMLInputElement).value;
          open.loadTrouble.value = undefined;
        }}
    /></label>
    <button type="submit" ?disabled=${offline || !address}>Load</button>
    <p id="address-note" class="quiet">${note}</p>
    ${progressLine(open.loading.value, stopLoading)}
    ${
      open.loadTrouble.value === undefined
        ? undefined
        : html`<p role="alert" class="wrong">${open.loadTrouble.value}</p>`
    }
  </form>`;
}

/** What is open now, and what belongs to it. */
function openNow(app: App): TemplateResult | undefined {
  const open = openStateOf(app);
  const model = app.state.model.value;
  if (!model) return undefined;
  const { facts } = model;
  return html`<section class="open-now">
    <h3>Open now: ${facts.name}</h3>
    <p class="buttons">
      <button
        type="button"
        @click=${(event: Event) => {
          closeDialog(event);
          open.report.value = true;
        }}
      >
        Support report
      </button>
      ${
        modelImageSize(facts)
          ? html`<button
              type="button"
              @click=${(event: Event) => {
                closeDialog(event);
                open.dialog.value = 'preprocessing';
              }}
            >
              Preprocessing
            </button>`
          : undefined
      }
      ${
        facts.inputs.length > 1
          ? html`<button
              type="button"
              @click=${(event: Event) => {
                closeDialog(event);
                open.dialog.value = 'inputs';
              }}
            >
              Files of the inputs
            </button>`
          : undefined
      }
    </p>
  </section>`;
}

/** Opens a model: by its files, a folder, or an address. */
export function openModelDialog(app: App): TemplateResult {
  return dialogFrame(
    app,
    'model',
    'Open model',
    html`<p>
        An ONNX file, or <code>model.json</code> of TensorFlow.js with its shards. Labels,
        preprocessing, patterns and photos may come along. You can drop all of it anywhere on the
        page, also as a folder or a .zip file.
      </p>
      <p class="buttons">
        <button
          type="button"
          class="first"
          autofocus
          @click=${(event: Event) => {
            closeDialog(event);
            pickFiles('model-files');
          }}
        >
          Choose files
        </button>
        <label class="button"
          >Choose a folder<input
            type="file"
            webkitdirectory
            class="folder-field"
            @change=${(event: Event) => {
              const input = event.target as HTMLInputElement;
              const files = pickedFiles(input.files ?? []);
              closeDialog(event);
              void giveFiles(app, Promise.resolve(files));
            }}
        /></label>
      </p>
      ${addressForm(app)} ${openNow(app)}`,
  );
}
