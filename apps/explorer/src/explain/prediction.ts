import { signal } from '@preact/signals-core';
import { svg, html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { App } from '../state/app.js';
import { isExplained, offeredClasses, type Offered } from './classes.js';
import { outputChoice } from './output-choice.js';
import { targetField } from './target-field.js';

/** Classes that are offered at once. */
const OFFERED = 5;
const FILTERED = 40;

const isOpen = signal(false);
const filter = signal('');

/** A bar from zero, to the right for what is positive. */
function bar(value: number, low: number, high: number): TemplateResult {
  const range = high - low || 1;
  const place = (at: number): number => ((at - low) / range) * 100;
  const from = Math.min(place(0), place(value));
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect x=${from} width=${Math.max(0.5, Math.abs(place(value) - place(0)))} y="1" height="6"></rect>
    <line x1=${place(0)} x2=${place(0)} y1="0" y2="8"></line>`}
  </svg>`;
}

const scoreText = (value: number): string =>
  Number.isNaN(value)
    ? 'not a number'
    : !Number.isFinite(value)
      ? value > 0
        ? '∞'
        : '−∞'
      : (Math.abs(value) >= 1e4 ? value.toPrecision(3) : value.toFixed(2)).replace('-', '−');

function chosen(all: readonly Offered[], marked: (each: Offered) => boolean): readonly Offered[] {
  if (!isOpen.value) return all.filter((each, rank) => rank < OFFERED || marked(each));
  const wanted = filter.value.trim().toLowerCase();
  return all
    .filter(({ name, target }) => name.toLowerCase().includes(wanted) || target === wanted)
    .slice(0, FILTERED);
}

function moreClasses(count: number): TemplateResult | typeof nothing {
  if (count <= OFFERED) return nothing;
  return html`<div class="more-classes">
    <button
      type="button"
      class="small"
      aria-expanded=${String(isOpen.value)}
      @click=${() => {
        isOpen.value = !isOpen.peek();
        filter.value = '';
      }}
    >
      ${isOpen.value ? 'Strongest only' : `All ${count} classes`}
    </button>
    ${
      isOpen.value
        ? html`<label class="field"
            >Filter
            <input
              type="search"
              autocomplete="off"
              spellcheck="false"
              .value=${filter.value}
              @input=${(event: Event) => {
                filter.value = (event.target as HTMLInputElement).value;
              }}
          /></label>`
        : nothing
    }
  </div>`;
}

/** What the model says: its strongest classes, each a button that explains it. */
export function predictionBar(app: App): TemplateResult {
  const { state } = app;
  const all = offeredClasses(state);
  const truth = state.sample.value?.sample.truth?.label;
  // Models that mask classes give them no finite score, which has no place on the bars.
  const finite = all.map(({ value }) => value).filter((value) => Number.isFinite(value));
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const explained = all.find((each, rank) => isExplained(state, each, rank));
  const isMarked = (each: Offered): boolean => each === explained || each.index === truth;
  return html`<div class="prediction-side">
    <h2>Prediction</h2>
    <div role="group" aria-label="Prediction" class="prediction">
      ${repeat(
        chosen(all, isMarked),
        ({ target }) => target,
        (each) => html`
          <div class="class-row" ?data-explained=${each === explained}>
            <button
              type="button"
              class="class-button"
              aria-label=${`Explain ${each.name}`}
              aria-describedby=${`value-${each.target}`}
              aria-pressed=${String(each === explained)}
              @click=${() => {
                state.target.value = each.target;
              }}
            >
              ${each.name}
            </button>
            ${each.index === truth ? html`<span class="true-class">true</span>` : html`<span></span>`}
            ${Number.isFinite(each.value) ? bar(each.value, low, high) : html`<span></span>`}
            <span class="figures" id=${`value-${each.target}`}>${scoreText(each.value)}</span>
          </div>
        `,
      )}
    </div>
    ${moreClasses(all.length)} ${targetField(app)} ${outputChoice(app)}
  </div>`;
}
