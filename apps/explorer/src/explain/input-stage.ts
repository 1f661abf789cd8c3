import { effect } from '@preact/signals-core';
import { scaleOf, signalToRgb, type Picture } from '@patternlens/heatmap';
import type { Tensor } from '@patternlens/core';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { drawPicture } from './draw-picture.js';
import { inputPicture, shownInput } from './input-picture.js';
import { isSquares } from './paint-map.js';
import { pictured } from './pictured.js';
import { shapeCanvas } from './shape-canvas.js';
import { stage } from './stage.js';
import { className } from './target.js';

type Paint = (canvas: HTMLCanvasElement) => () => void;

/** Keeps a canvas at a picture of the current sample. */
const painted =
  ({ state }: App, picture: () => Picture | undefined): Paint =>
  (canvas) =>
    effect(() => {
      const made = picture();
      const input = shownInput(state);
      const batch = input && state.sample.value?.sample.inputs[input.name];
      if (!made || !batch) return;
      const { isStrip } = pictured(batch, input.axes);
      drawPicture(canvas, made);
      const isSmall = isSquares(made, isStrip, state.page.pixels.value);
      shapeCanvas(canvas, made, { isStrip, isSmall });
    });

const ofSample = (app: App): Paint =>
  painted(app, () => {
    const input = shownInput(app.state);
    const current = app.state.sample.value;
    return input && current && inputPicture(input, current.sample, current.set);
  });

/** A signal that is known, in its colours: mid-grey is zero. */
const ofSignal = (app: App, which: 'signal' | 'distractor'): Paint =>
  painted(app, () => {
    const input = shownInput(app.state);
    const truth = app.state.sample.value?.sample.truth;
    if (!input || !truth) return undefined;
    const { values, layout } = pictured(truth[which], input.axes);
    const both = (['signal', 'distractor'] as const).map((each) => truth[each].data);
    return signalToRgb(values, layout, { scale: scaleOf(both, 100) });
  });

/** White where a pixel depends on the class. */
const ofMask = (app: App): Paint =>
  painted(app, () => {
    const mask: Tensor | undefined = app.state.sample.value?.sample.truth?.mask;
    if (!mask) return undefined;
    const [height, width] = mask.shape.slice(-2) as [number, number];
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let at = 0; at < width * height; at++)
      if (mask.data[at] === 0) data.fill(40, at * 4, at * 4 + 3);
    return { width, height, data };
  });

const picture = (app: App, name: string, label: string, paint: Paint): TemplateResult =>
  html`<figure class="known">
    ${stage(app, { label, paint, given: [app, name] })}
    <figcaption>${name}</figcaption>
  </figure>`;

/** The sample as the model sees it, large; beside it what is known of it. */
export function inputStage(app: App): TemplateResult {
  const { state } = app;
  const current = state.sample.value;
  const model = state.model.value;
  if (!current || !model) return html``;
  const { set, index, sample } = current;
  const inputs = model.facts.inputs;
  const shown = shownInput(state);
  return html`<div class="input-side">
    <figure class="input-figure" aria-label="Input">
      ${stage(app, {
        label: `Input: ${set.nameOf(index)}. Arrow keys move the cursor.`,
        paint: ofSample(app),
        given: [app],
      })}
      <figcaption>
        <b>${set.nameOf(index)}</b>
        ${sample.truth ? html` of class <b>${className(model, sample.truth.label)}</b>` : nothing}
      </figcaption>
    </figure>
    ${
      inputs.length > 1
        ? html`<label class="field"
            >Input
            <select
              @change=${(event: Event) => {
                state.page.input.value = (event.target as HTMLSelectElement).value;
              }}
            >
              ${inputs.map(
                ({ name }) =>
                  html`<option value=${name} ?selected=${name === shown?.name}>${name}</option>`,
              )}
            </select></label
          >`
        : nothing
    }
    ${
      sample.truth
        ? html`<div class="truth" role="group" aria-label="Truth">
            ${picture(app, 'Signal', 'True signal: what depends on the class.', ofSignal(app, 'signal'))}
            ${picture(app, 'Distractor', 'Distractor: what does not depend on the class.', ofSignal(app, 'distractor'))}
            ${picture(app, 'Mask', 'Mask: where pixels depend on the class.', ofMask(app))}
          </div>`
        : nothing
    }
  </div>`;
}
