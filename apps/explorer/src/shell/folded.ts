import { html, nothing, type TemplateResult } from 'lit-html';

/** The runtime's own words, folded behind the sentence. */
export const folded = (cause: string | undefined): TemplateResult | typeof nothing =>
  cause === undefined || cause === ''
    ? nothing
    : html`<details class="folded">
        <summary>In the runtime's own words</summary>
        <pre>${cause}</pre>
      </details>`;
