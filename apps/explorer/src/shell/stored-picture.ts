import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { loadingText } from './loading-text.js';

/** What stands in the page until the first sample is explained: the picture that this page shows first, and what is loaded. */
export function storedPicture({ state, address }: App): TemplateResult | typeof nothing {
  if (state.firstExplained.value !== undefined || state.model.value) return nothing;
  const isOther = /[#&]model=(?!default(&|$))/.test(location.hash);
  // A page that is one file has no pictures beside it.
  const isDefault = !isOther && location.protocol !== 'file:';
  return html`<figure class="stored" aria-label="Loading">
    <figcaption>
      <b>loading</b>
      <span class="figures"
        >${loadingText(state) || `the backend ${state.backend.value} and the network`}</span
      >
    </figcaption>
    ${
      isDefault
        ? html`<img
            src=${address('first-maps.png')}
            alt="The bundled network explained: the input, and maps of six methods. Live maps follow."
          />`
        : nothing
    }
  </figure>`;
}
