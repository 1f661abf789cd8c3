import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** The samples that can be explained. */
export function sampleList({ state }: App): TemplateResult {
  const place = state.place.value;
  const places = state.sets.value.flatMap((set) =>
    Array.from({ length: set.count }, (_, index) => ({ set, index })),
  );
  return html`<ul role="listbox" aria-label="Samples" class="samples">
    ${places.map(
      (each) =>
        html`<li
          role="option"
          aria-selected=${String(each.set === place?.set && each.index === place.index)}
          @click=${() => {
            state.place.value = each;
          }}
        >
          ${each.set.nameOf(each.index)}
        </li>`,
    )}
  </ul>`;
}
