import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { openStateOf } from './open-state.js';

/** Opens the camera, where there may be one and the model takes images. */
export function cameraButton(app: App): TemplateResult | typeof nothing {
  const { mediaDevices } = navigator as Partial<Navigator>;
  const facts = app.state.model.value?.facts;
  if (!mediaDevices || !facts || !facts.inputs.some(({ axes }) => axes.spatial.length === 2))
    return nothing;
  return html`<button
    type="button"
    class="small"
    aria-haspopup="dialog"
    @click=${() => {
      openStateOf(app).dialog.value = 'camera';
    }}
  >
    Camera
  </button>`;
}
