import { BROWSER_BACKENDS, type BrowserBackendId } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import { downloadText } from './download-sizes.js';
import type { BackendsParts } from './parts.js';

/** Every backend, to be ticked, with what it has to load first. */
export function backendChoice({ ticked, loaded }: BackendsParts): TemplateResult {
  const tick = (ids: Iterable<BrowserBackendId>): void => {
    ticked.value = new Set(ids);
  };
  const toggle = (id: BrowserBackendId, isTicked: boolean): void => {
    tick([...ticked.peek()].filter((each) => each !== id).concat(isTicked ? [id] : []));
  };
  return html`<fieldset class="backend-choice">
    <legend>Backends to compare</legend>
    <p class="all-none">
      <button
        type="button"
        @click=${() => {
          tick(BROWSER_BACKENDS);
        }}
      >
        all
      </button>
      <button
        type="button"
        @click=${() => {
          tick([]);
        }}
      >
        none
      </button>
    </p>
    ${BROWSER_BACKENDS.map(
      (id) =>
        html`<div class="backend-tick">
          <label
            ><input
              type="checkbox"
              aria-describedby="size-${id}"
              .checked=${ticked.value.has(id)}
              @change=${(event: Event) => {
                toggle(id, (event.target as HTMLInputElement).checked);
              }}
            />${id}</label
          >
          <span class="quiet" id="size-${id}"
            >${loaded.value.has(id) ? 'loaded' : `${downloadText(id)}, not loaded yet`}</span
          >
        </div>`,
    )}
  </fieldset>`;
}
