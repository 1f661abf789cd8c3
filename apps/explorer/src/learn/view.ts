import '../styles/learn.css';
import { html } from 'lit-html';
import type { View } from '../shell/view.js';
import { LEARN_WORDS } from '../words/learn.js';
import { showTour } from './tour.js';
import { toy } from './toy.js';

/** The idea of the paper, to be touched, and a tour over the page. */
export const learnView: View = {
  template: (app) =>
    html`<div class="learn">
      <h2>${LEARN_WORDS.title}</h2>
      <p>${LEARN_WORDS.what}</p>
      ${toy(app)}
      <h2>Tour</h2>
      <p>${LEARN_WORDS.tour}</p>
      <p>
        <button
          type="button"
          class="primary"
          @click=${() => {
            showTour(app, 1);
          }}
        >
          Start the tour
        </button>
      </p>
    </div>`,
};
