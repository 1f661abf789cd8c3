import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { setUp } from '../shell/watch.js';
import type { App } from '../state/app.js';
import type { AppState } from '../state/app-state.js';
import type { SamplePlace } from '../state/samples.js';
import { samplesInSight, type Gallery } from './sample-rows.js';
import { paintThumbnail } from './thumbnails.js';

const gallery = signal<Gallery>({
  ...{ columns: 3, rowHeight: 60, headHeight: 28, top: 0, height: 600 },
});

/** Keeps what is known of the gallery's size and place. */
function followGallery(list: HTMLElement): () => void {
  const look = (): void => {
    const before = gallery.peek();
    const option = list.querySelector<HTMLElement>('[role=option]');
    const grid = option?.parentElement;
    const columns = grid
      ? getComputedStyle(grid).gridTemplateColumns.split(' ').length
      : before.columns;
    const rowHeight = option ? option.offsetHeight + 6 : before.rowHeight;
    const next = { ...before, columns, rowHeight, top: list.scrollTop, height: list.clientHeight };
    if (Object.entries(next).some(([key, value]) => before[key as keyof Gallery] !== value))
      gallery.value = next;
  };
  const resized = new ResizeObserver(look);
  resized.observe(list);
  list.addEventListener('scroll', look, { passive: true });
  return () => {
    resized.disconnect();
    list.removeEventListener('scroll', look);
  };
}

const optionId = (set: number, index: number): string => `sample-${set}-${index}`;

function select(state: AppState, place: SamplePlace): void {
  state.place.value = place;
  const set = state.sets.peek().indexOf(place.set);
  queueMicrotask(() => {
    const option = document.getElementById(optionId(set, place.index));
    option?.focus({ preventScroll: true });
    option?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}

/** Moves the choice by so many samples, over the borders of sets. */
function stepSample(state: AppState, by: number): void {
  const sets = state.sets.peek();
  const place = state.place.peek();
  if (!place) return;
  const before = sets.slice(0, sets.indexOf(place.set)).reduce((sum, { count }) => sum + count, 0);
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  let at = Math.max(0, Math.min(total - 1, before + place.index + by));
  for (const set of sets) {
    if (at < set.count) {
      if (set !== place.set || at !== place.index) select(state, { set, index: at });
      return;
    }
    at -= set.count;
  }
}

function onKey(state: AppState, event: KeyboardEvent): void {
  const { columns } = gallery.peek();
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns },
    ...{ Home: -Infinity, End: Infinity },
  };
  const by = steps[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  stepSample(state, by);
}

const pad = (rows: number, rowHeight: number): TemplateResult | typeof nothing =>
  rows === 0
    ? nothing
    : html`<div
        class="pad"
        role="presentation"
        ${setUp(
          (element: HTMLElement) => {
            element.style.setProperty('height', `${rows * rowHeight}px`);
            return () => undefined;
          },
          rows,
          rowHeight,
        )}
      ></div>`;

/** The samples that can be explained, by source: one is chosen, arrow keys choose another. */
export function sampleList({ state }: App): TemplateResult {
  const place = state.place.value;
  const sets = state.sets.value;
  const model = state.model.value;
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  const option = ({ set, index }: SamplePlace, at: number): TemplateResult => {
    const isChosen = set === place?.set && index === place.index;
    return html`<li
      role="option"
      id=${optionId(at, index)}
      class="sample"
      aria-label=${set.nameOf(index)}
      aria-selected=${String(isChosen)}
      aria-setsize=${total > 100 ? total : nothing}
      tabindex=${isChosen ? 0 : -1}
      title=${set.nameOf(index)}
      @click=${() => {
        select(state, { set, index });
      }}
    >
      <canvas
        width="16"
        height="16"
        ${setUp(paintThumbnail(state, { set, index }), set, index, model)}
      ></canvas>
    </li>`;
  };
  const { rowHeight } = gallery.value;
  return html`<div
    role="listbox"
    aria-label="Samples"
    aria-orientation="horizontal"
    class="samples"
    @keydown=${(event: KeyboardEvent) => {
      onKey(state, event);
    }}
    ${setUp(followGallery, sets)}
  >
    ${samplesInSight(sets, gallery.value).map(
      ({ set, indices, rowsBefore, rowsBehind }, at) => html`
        <div role="group" aria-label=${set.source} class="sample-set">
          <p class="set-name quiet" aria-hidden="true">
            <span>${set.source}</span> <span class="figures">${set.count}</span>
          </p>
          ${pad(rowsBefore, rowHeight)}
          <ul role="presentation" class="sample-grid">
            ${repeat(
              indices,
              (index) => `${set.key} ${index}`,
              (index) => option({ set, index }, at),
            )}
          </ul>
          ${pad(rowsBehind, rowHeight)}
        </div>
      `,
    )}
  </div>`;
}
