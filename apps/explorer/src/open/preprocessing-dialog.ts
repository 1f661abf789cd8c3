import {
  PREPROCESSING_PRESET_IDS,
  PREPROCESSING_PRESETS,
  presetPreprocessing,
} from '@patternlens/data';
import { signal } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit-html';
import { saveFile } from '../share/save-file.js';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { OPEN_WORDS } from '../words/open.js';
import { showOwn } from './add-samples.js';
import { chosenPreprocessing, nameOfValues } from './choose-preprocessing.js';
import { modelImageSize } from './model-takes.js';
import { closeDialog, dialogFrame } from './dialog-frame.js';
import { modelSees } from './model-sees.js';
import { openStateOf } from './open-state.js';
import { fieldsOf, readFields, type PreprocessingFields } from './preprocessing-fields.js';
import { dropUnfitPatterns } from './use-pattern-file.js';
import { waitsForPreprocessing } from './refresh-sets.js';

/** What is typed, from one opening of the form to the next. */
const typed = signal<PreprocessingFields | undefined>(undefined);

type Key = keyof PreprocessingFields;

interface Form {
  readonly fields: PreprocessingFields;
  readonly change: (changed: Partial<PreprocessingFields>) => void;
}

const valueOf = (event: Event): string =>
  (event.target as HTMLInputElement | HTMLSelectElement).value;

const spin = ({ fields, change }: Form, key: Key, label: string, hint: string): TemplateResult =>
  html`<label
    >${label}
    <input
      type="number"
      min="1"
      max="16384"
      placeholder=${hint}
      .value=${fields[key]}
      @input=${(event: Event) => {
        change({ [key]: valueOf(event) });
      }}
  /></label>`;

const text = (
  { fields, change }: Form,
  key: Key,
  label: string,
  width: '' | 'wide' = 'wide',
): TemplateResult =>
  html`<label class=${width}
    >${label}
    <input
      type="text"
      autocomplete="off"
      spellcheck="false"
      .value=${fields[key]}
      @input=${(event: Event) => {
        change({ [key]: valueOf(event) });
      }}
  /></label>`;

const choice = (
  { fields, change }: Form,
  key: Key,
  label: string,
  options: readonly (readonly [value: string, name: string])[],
): TemplateResult =>
  html`<label class=${options.length > 3 ? 'wide' : ''}
    >${label}
    <select
      @change=${(event: Event) => {
        change({ [key]: valueOf(event) });
      }}
    >
      ${options.map(
        ([value, name]) =>
          html`<option value=${value} ?selected=${fields[key] === value}>${name}</option>`,
      )}
    </select></label
  >`;

/** Presets by name; a form that says something else is `as typed`. */
function presetChoice(form: Form, size: readonly [number, number]): TemplateResult {
  const same = (id: (typeof PREPROCESSING_PRESET_IDS)[number]): boolean =>
    JSON.stringify(fieldsOf(presetPreprocessing(id, size))) === JSON.stringify(form.fields);
  const current = PREPROCESSING_PRESET_IDS.find(same);
  return html`<label
    >Preset
    <select
      autofocus
      @change=${(event: Event) => {
        const id = PREPROCESSING_PRESET_IDS.find((each) => each === valueOf(event));
        if (id) form.change(fieldsOf(presetPreprocessing(id, size)));
      }}
    >
      <option value="" ?selected=${current === undefined} disabled>as typed</option>
      ${PREPROCESSING_PRESET_IDS.map(
        (id) =>
          html`<option value=${id} ?selected=${current === id}>
            ${PREPROCESSING_PRESETS[id].about}
          </option>`,
      )}
    </select></label
  >`;
}

/** Saves the values as the command reads them. */
const save = (name: string, values: object): void => {
  saveFile(name, `${JSON.stringify(values, undefined, 2)}\n`, 'application/json');
};

function closed(app: App): void {
  typed.value = undefined;
  if (waitsForPreprocessing(app)) app.state.note.value = OPEN_WORDS.waiting;
}

/** Asks how images become the model's input; what the model sees and says changes as one types. */
export function preprocessingDialog(app: App): TemplateResult {
  const open = openStateOf(app);
  const facts = app.state.model.value?.facts;
  const size = facts && modelImageSize(facts);
  const title = 'Preprocessing';
  if (!facts || !size)
    return dialogFrame(app, 'preprocessing', title, html`<p>This model takes no images.</p>`);
  const fields = typed.value ?? fieldsOf(open.preprocessing.value?.values ?? {});
  const form: Form = {
    fields,
    change: (changed) => {
      typed.value = { ...fields, ...changed };
    },
  };
  const read = readFields(fields);
  const apply = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!read.values) return;
    open.preprocessing.value = chosenPreprocessing(nameOfValues(read.values, facts), read.values);
    closeDialog(event);
    dropUnfitPatterns(app);
    void track(app.state, 'Reading images', () => showOwn(app));
  };
  const fileName = `${facts.name}.preprocess.json`;
  return dialogFrame(
    app,
    'preprocessing',
    title,
    html`<form class="preprocessing" @submit=${apply}>
      <div class="asked">
        <p>
          ${facts.name} reads images of ${size[1]} x ${size[0]} pixels.
          ${open.preprocessing.value ? `Preprocessing in use: ${open.preprocessing.value.name}.` : 'No file says how photos are made into its numbers.'}
          Each value is (pixel × scale − mean) / std.
        </p>
        <p class="fields">${presetChoice(form, size)}</p>
        <p class="fields numbers">
          ${spin(form, 'resize', 'Resize', 'none')} ${spin(form, 'resizeWidth', 'Exact width', '')}
          ${spin(form, 'crop', 'Crop', 'none')} ${spin(form, 'cropWidth', 'Cut to width', '')}
          ${choice(form, 'resample', 'Filter', [
            ['', 'bilinear'],
            ['bicubic', 'bicubic'],
            ['nearest', 'nearest'],
          ])}
          ${choice(form, 'channels', 'Channels', [
            ['', 'as the model takes them'],
            ['rgb', 'red, green, blue'],
            ['bgr', 'blue, green, red'],
            ['gray', 'grey'],
          ])}
          ${text(form, 'scale', 'Scale', '')} ${text(form, 'mean', 'Mean')}
          ${text(form, 'std', 'Std')}
        </p>
        ${read.wrong === undefined ? undefined : html`<p role="alert" class="wrong">${read.wrong}</p>`}
      </div>
      <div class="sees">${modelSees(app, read.values)}</div>
      <p class="buttons">
        <button type="submit" class="first" ?disabled=${!read.values}>Apply</button>
        <button
          type="button"
          ?disabled=${!read.values}
          @click=${() => {
            if (read.values) save(fileName, read.values);
          }}
        >
          Save as file
        </button>
      </p>
    </form>`,
    () => {
      closed(app);
    },
  );
}
