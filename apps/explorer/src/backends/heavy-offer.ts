import { shortCount } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { downloadText } from './download-sizes.js';
import { useBackend } from './use-backend.js';

/** From here on, in multiplications of a forward pass, ONNX Runtime is worth its download. */
const HEAVY = 50e6;
const QUICKER = 'onnx:wasm';

/** Offers the quicker backend for a large model: a sentence and a button, nothing by itself. */
export function heavyOffer(app: App): TemplateResult | undefined {
  const { model, backend } = app.state;
  const macs = model.value?.facts.macs ?? 0;
  if (macs < HEAVY || backend.value === QUICKER) return undefined;
  return html`<p class="heavy-offer">
    This network takes ${shortCount(macs)} multiplications a pass. ONNX Runtime is quicker with it
    (${downloadText(QUICKER)} to load).
    <button
      type="button"
      @click=${() => {
        useBackend(app, QUICKER);
      }}
    >
      Use ${QUICKER}
    </button>
  </p>`;
}
