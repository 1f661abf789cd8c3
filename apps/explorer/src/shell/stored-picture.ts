import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { loadingText } from './loading-text.js';

/** What stands in the page until the first sample is explained: the picture that this page shows first, and what is loaded. */
export function storedPicture({ state, address }: App): TemplateResult | typeof nothing {
  if (state.firstExplained.value !== undefined || state.model.value) return nothing;
  const isDefault = !/[#&]model=(?!default(&|$))/.test(location.hash);
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
            src=${address('default.png')}
            alt="The bundled network explained: the input, and maps of several methods. Live maps follow."
            @error=${(event: Event) => {
              (event.target as HTMLImageElement).hidden = true;
            }}
          />`
        : nothing
    }
  </figure>`;
}
