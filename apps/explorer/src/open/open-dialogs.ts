import { html, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import type { App } from '../state/app.js';
import { axesDialog } from './axes-dialog.js';
import { cameraDialog } from './camera-dialog.js';
import { inputsDialog } from './inputs-dialog.js';
import { openModelDialog } from './open-model-dialog.js';
import { openStateOf, type OpenDialog } from './open-state.js';
import { preprocessingDialog } from './preprocessing-dialog.js';

const DIALOGS: Readonly<Record<OpenDialog, (app: App) => TemplateResult>> = {
  model: openModelDialog,
  axes: axesDialog,
  inputs: inputsDialog,
  preprocessing: preprocessingDialog,
  camera: cameraDialog,
};

/** The dialog of opening that is open. */
export function openDialogs(app: App): TemplateResult {
  const id = openStateOf(app).dialog.value;
  return html`${id === undefined ? undefined : keyed(id, DIALOGS[id](app))}`;
}
