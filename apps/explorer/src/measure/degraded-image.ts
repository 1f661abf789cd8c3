import { effect } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit-html';
import { drawPicture } from '../explain/draw-picture.js';
import { inputPicture } from '../explain/input-picture.js';
import { isSquares } from '../explain/paint-map.js';
import { pictured } from '../explain/pictured.js';
import { shapeCanvas } from '../explain/shape-canvas.js';
import { className } from '../explain/target.js';
import { setUp } from '../shell/watch.js';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { decimals } from './decimals.js';
import { measureState } from './measure-state.js';
import { shownStep, type ShownStep } from './shown-step.js';

/** Keeps a canvas at the sample with its patches removed. */
const paint =
  (app: App) =>
  (canvas: HTMLCanvasElement): (() => void) =>
    effect(() => {
      const shown = shownStep(app);
      const input = app.state.model.value?.facts.inputs[0];
      if (!shown || !input) return;
      const picture = inputPicture(input, { inputs: shown.inputs }, shown.place.set);
      if (!picture) return;
      drawPicture(canvas, picture);
      const { isStrip } = pictured(shown.inputs[input.name]!, input.axes);
      const isSmall = isSquares(picture, isStrip, app.state.page.pixels.value);
      shapeCanvas(canvas, picture, { isStrip, isSmall });
    });

/** The sample at the step of the slider, its score there, and what the model says then. */
export function degradedImage(app: App, shown: ShownStep): TemplateResult {
  const { step, steps, target, score, name, curve } = shown;
  const model = app.state.model.value!;
  const said = measureState.said.value;
  const isSaid = said?.of === shown.key;
  return html`<div class="degraded">
    <figure aria-label="Image with patches removed">
      <canvas
        role="img"
        aria-label=${MEASURE_WORDS.image(name, step)}
        ${setUp(paint(app), app)}
      ></canvas>
      <figcaption>${name}</figcaption>
    </figure>
    <label class="step"
      ><span>Patches removed</span>
      <input
        type="range"
        min="0"
        max=${steps}
        step="1"
        .value=${String(step)}
        aria-valuetext="${step} of ${steps} patches, score ${decimals(score, 3)}"
        @input=${(event: Event) => {
          measureState.step.value = Number((event.target as HTMLInputElement).value);
        }}
      />
      <output class="figures">${step} of ${steps}</output></label
    >
    <dl class="figures">
      <dt>Score of ${className(model, target)}</dt>
      <dd>${decimals(score, 3)} <span class="quiet">whole: ${decimals(curve[0]!, 3)}</span></dd>
      <dt>The model says</dt>
      <dd class=${isSaid ? '' : 'quiet'}>
        ${
          said
            ? html`${className(model, said.index)}${
                isSaid && said.index !== target ? html` <b>${MEASURE_WORDS.changed}</b>` : undefined
              }`
            : '…'
        }
      </dd>
    </dl>
  </div>`;
}
