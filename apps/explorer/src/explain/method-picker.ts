import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import type { AppState } from '../state/app-state.js';
import { methodLabel } from './method-label.js';

/** Figures in the order in which they stand on the page. */
const figures = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('figure.map')];

function show(state: AppState, text: string): void {
  state.page.shownMethod.value = text;
  figures()
    .find(({ dataset }) => dataset['method'] === text)
    ?.scrollIntoView({ block: 'nearest', inline: 'start' });
}

/** Which map is shown where there is room for one beside its neighbours, which a swipe brings: a choice above it. */
export function methodPicker({ state }: App): TemplateResult | typeof nothing {
  const methods = state.methods.value;
  if (methods.length === 0) return nothing;
  const shown = state.page.shownMethod.value;
  const at = Math.max(
    0,
    methods.findIndex(({ text }) => text === shown),
  );
  return html`<div class="method-picker phone-only">
    <label
      ><span class="visually-hidden">Method shown</span>
      <select
        @change=${(event: Event) => {
          show(state, (event.target as HTMLSelectElement).value);
        }}
      >
        ${methods.map(
          (method, index) =>
            html`<option value=${method.text} .selected=${index === at}>
              ${methodLabel(method, methods)}
            </option>`,
        )}
      </select></label
    >
  </div>`;
}

/** Follows which map was swiped to. */
export function watchShown({ page }: AppState): (groups: HTMLElement) => () => void {
  return (groups) => {
    const seen = new IntersectionObserver(
      (entries) => {
        const [most] = entries
          .filter(({ isIntersecting }) => isIntersecting)
          .sort((a, b) => b.intersectionRatio - a.intersectionRatio);
        const text = (most?.target as HTMLElement | undefined)?.dataset['method'];
        if (text !== undefined && groups.scrollWidth > groups.clientWidth + 1)
          page.shownMethod.value = text;
      },
      { root: groups, threshold: 0.6 },
    );
    // Figures come after the group that they stand in.
    queueMicrotask(() => {
      for (const each of groups.querySelectorAll('figure.map')) seen.observe(each);
    });
    return () => {
      seen.disconnect();
    };
  };
}
