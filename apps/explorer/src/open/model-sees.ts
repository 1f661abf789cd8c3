import {
  inputLayout,
  preprocessingHash,
  restorePixels,
  type Preprocessing,
} from '@patternlens/data';
import type { Tensor } from '@patternlens/core';
import { signal } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { sentFailure } from '../compute/call-failure.js';
import { drawPicture } from '../explain/draw-picture.js';
import { className } from '../explain/target.js';
import type { App } from '../state/app.js';
import { ownSet } from './own-sets.js';
import { isPixels } from './own-source.js';
import { openStateOf } from './open-state.js';

interface Preview {
  readonly of: string;
  readonly input?: Tensor | undefined;
  readonly output?: Tensor | undefined;
  readonly wrong?: string | undefined;
}

/** What was last seen, and what is asked for. */
const shown = signal<Preview | undefined>(undefined);
let asked = '';

/** A pause in typing, in milliseconds. */
const PAUSE = 120;

async function look(app: App, values: Preprocessing, of: string): Promise<void> {
  const { engine, state } = app;
  const model = state.model.peek();
  const source = openStateOf(app).own.peek().find(isPixels);
  const [input, another] = model?.facts.inputs ?? [];
  if (!model || !source || !input || another) return;
  await new Promise((done) => setTimeout(done, PAUSE));
  if (asked !== of) return;
  const preprocessing = { name: '', values, hash: of };
  try {
    const { inputs } = await ownSet(app, source, input, { preprocessing, labels: undefined }).read(
      0,
    );
    if (asked !== of) return;
    shown.value = { of, input: inputs[input.name], output: shown.peek()?.output };
    const client = await engine.ready(state.backend.peek(), model.files, state.patterns.peek());
    const output = await client.call('predict', inputs);
    if (asked === of) shown.value = { of, input: inputs[input.name], output };
  } catch (thrown) {
    if (asked === of) shown.value = { of, wrong: sentFailure(thrown).sentence };
  }
}

/** The input as the model sees it, as a picture. */
function picture(app: App, values: Preprocessing, input: Tensor): TemplateResult | undefined {
  const facts = app.state.model.value!.facts.inputs[0]!;
  const { layout, width, height } = inputLayout(facts.name, facts.shape, { axes: facts.axes });
  const pixels = restorePixels(input.data, { width, height }, values, layout);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    for (let colour = 0; colour < 3; colour++)
      data[at * 4 + colour] =
        pixels.data[at * pixels.channels + (pixels.channels === 3 ? colour : 0)]!;
    data[at * 4 + 3] = 255;
  }
  return html`<canvas
    role="img"
    aria-label="What the model sees"
    ${ref((element) => {
      if (element) drawPicture(element as HTMLCanvasElement, { width, height, data });
    })}
  ></canvas>`;
}

const rangeText = ({ data }: Tensor): string => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return `${low.toPrecision(3)} to ${high.toPrecision(3)}`;
};

/** The three strongest classes. */
function topThree(app: App, output: Tensor): TemplateResult {
  const model = app.state.model.value!;
  const top = Array.from(output.data, (value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 3);
  return html`<ol class="top figures" aria-label="Top 3">
    ${top.map(
      ({ value, index }) =>
        html`<li>${className(model, index)} <b>${value.toPrecision(3)}</b></li>`,
    )}
  </ol>`;
}

/** What the model sees of the first image, and its three strongest classes, for values that are typed. */
export function modelSees(app: App, values: Preprocessing | undefined): TemplateResult | undefined {
  const source = openStateOf(app).own.value.find(isPixels);
  if (!source) return html`<p class="quiet">Drop an image to see what the model sees.</p>`;
  if (!values) return undefined;
  const of = `${source.key} ${app.state.model.value!.facts.key} ${preprocessingHash(values)}`;
  if (asked !== of) {
    asked = of;
    void look(app, values, of);
  }
  const preview = shown.value;
  if (preview?.wrong !== undefined && preview.of === of)
    return html`<p class="wrong">${preview.wrong}</p>`;
  if (!preview?.input || preview.of !== of) return html`<p class="quiet">reading ...</p>`;
  return html`${picture(app, values, preview.input)}
    <p class="figures quiet">Values from ${rangeText(preview.input)}</p>
    ${preview.output ? topThree(app, preview.output) : html`<p class="quiet">predicting ...</p>`}`;
}
