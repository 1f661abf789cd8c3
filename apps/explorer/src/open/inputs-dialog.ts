import { html, type TemplateResult } from 'lit-html';
import { formatShape } from '@patternlens/core/tensor';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { OPEN_WORDS } from '../words/open.js';
import { differentCounts, showOwn } from './add-samples.js';
import { closeDialog, dialogFrame } from './dialog-frame.js';
import { openStateOf } from './open-state.js';
import { aboutAFile, tellTrouble } from './tell.js';

/** Asks which file is for which input of a model of several. */
export function inputsDialog(app: App): TemplateResult {
  const open = openStateOf(app);
  const inputs = app.state.model.value?.facts.inputs ?? [];
  const own = open.own.value;
  const assigned = open.assigned.value;
  const known = (key: string | undefined): boolean => own.some((source) => source.key === key);
  const isWhole = inputs.every(({ name }) => known(assigned.get(name)));
  const use = (event: Event): void => {
    const different = differentCounts(app);
    if (different !== undefined) {
      tellTrouble(app, [aboutAFile(OPEN_WORDS.sampleCounts(different))]);
      return;
    }
    closeDialog(event);
    open.dialog.value = undefined;
    void track(app.state, 'Reading files', () => showOwn(app));
  };
  return dialogFrame(
    app,
    'inputs',
    'Files of the inputs',
    html`<p>This model has several inputs. Each takes a file; drop more to choose among them.</p>
      <p class="fields">
        ${inputs.map(
          ({ name, shape }) =>
            html`<label
              >${name} ${formatShape(shape)}
              <select
                @change=${(event: Event) => {
                  const { value } = event.target as HTMLSelectElement;
                  open.assigned.value = new Map(assigned).set(name, value);
                }}
              >
                <option value="" ?selected=${!known(assigned.get(name))}>none yet</option>
                ${own.map(
                  ({ key, path }) =>
                    html`<option value=${key} ?selected=${assigned.get(name) === key}>
                      ${path}
                    </option>`,
                )}
              </select></label
            >`,
        )}
      </p>
      <p class="buttons">
        <button type="button" class="first" ?disabled=${!isWhole} @click=${use}>Use</button>
      </p>`,
  );
}
