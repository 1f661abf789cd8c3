import { effect } from '@preact/signals-core';
import { html, render } from 'lit-html';
import type { App } from '../state/app.js';
import { TOUR_WORDS } from '../words/learn.js';
import { TOUR_STEPS } from './tour-steps.js';

const STEPS = TOUR_STEPS.length;

/** The mark of what a step points at. */
const MARK = 'tour-points-here';

function unmark(): void {
  for (const marked of document.querySelectorAll(`.${MARK}`)) marked.classList.remove(MARK);
}

/** Points at the first part that is there; parts of a view that is loading are waited for. */
function pointAt(points: readonly string[], isStill: () => boolean): void {
  const found = points
    .map((selector) => document.querySelector(selector))
    .find((part) => part !== null && part.getClientRects().length > 0);
  unmark();
  if (found) {
    found.classList.add(MARK);
    found.scrollIntoView({ block: 'nearest' });
  } else if (isStill()) {
    requestAnimationFrame(() => {
      if (isStill()) pointAt(points, isStill);
    });
  }
}

/** The dialog of the tour; it leaves the page to be used beside it. */
let dialog: HTMLDialogElement | undefined;
let before: Element | null = null;

function endTour({ state }: App): void {
  state.told.tour.value = null;
  unmark();
  dialog?.close();
  if (before instanceof HTMLElement && before.isConnected) before.focus();
}

function dialogOf(app: App): HTMLDialogElement {
  if (dialog) return dialog;
  dialog = document.createElement('dialog');
  dialog.className = 'tour';
  dialog.setAttribute('aria-label', 'Tour');
  document.body.append(dialog);
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      endTour(app);
    }
  });
  const shown = dialog;
  effect(() => {
    const tour = app.state.told.tour.value;
    if (!tour) return;
    const { title, sentence, todo } = TOUR_WORDS[tour.step - 1]!;
    render(
      html`<p class="quiet">Step ${tour.step} of ${tour.of}</p>
        <h2>${title}</h2>
        <p>${sentence}</p>
        <p><b>${todo}</b></p>
        <p class="buttons">
          <button
            type="button"
            ?disabled=${tour.step === 1}
            @click=${() => {
              showTour(app, tour.step - 1);
            }}
          >
            Back
          </button>
          <button
            type="button"
            ?disabled=${tour.step === tour.of}
            @click=${() => {
              showTour(app, tour.step + 1);
            }}
          >
            Next
          </button>
          <button
            type="button"
            @click=${() => {
              endTour(app);
            }}
          >
            End the tour
          </button>
        </p>`,
      shown,
    );
  });
  return dialog;
}

/** Shows a step of the tour over the live page; Escape ends it. */
export function showTour(app: App, step: number): void {
  const { state } = app;
  const place = dialogOf(app);
  const at = Math.min(STEPS, Math.max(1, step));
  if (!place.open) {
    before = document.activeElement;
    place.show();
  }
  state.told.tour.value = { step: at, of: STEPS };
  const { prepare, points } = TOUR_STEPS[at - 1]!;
  prepare(app);
  pointAt(points, () => state.told.tour.peek()?.step === at);
  const [back, next] = place.querySelectorAll('button');
  (next?.disabled ? back : next)?.focus();
}
