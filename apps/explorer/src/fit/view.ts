import '../styles/fit.css';
import { RARE } from '@patternlens/core/patterns';
import { countText } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import { neuronCanvas } from '../layers/neuron-canvas.js';
import { saveFile } from '../share/save-file.js';
import type { View } from '../shell/view.js';
import type { App } from '../state/app.js';
import { FIT_WORDS } from '../words/fit.js';
import { fitCommand } from './fit-command.js';
import { fitRun } from './fit-run.js';
import { fitSource } from './fit-source.js';
import { mergePatternFile, savedPatterns } from './fitted-file.js';
import { lookForInterrupted, pauseFit, startFit, stopFit } from './start-fit.js';

/** A fit that takes longer is better done by the command. */
const LONG_SECONDS = 60;

/** Neurons whose patterns are drawn while they form. */
const DRAWN = 32;

const ESTIMATORS = [
  ['linear', 'linear (S_a)'],
  ['two-component', 'two-component (S_a+-)'],
] as const;

function choices(app: App, isRunning: boolean): TemplateResult {
  const place = app.state.place.value;
  if (!place) return html`<p>${FIT_WORDS.noSamples}</p>`;
  const source = fitSource(app.state.sets.value, place.set, fitRun.samples.value);
  const chosen = fitRun.estimators.value;
  return html`<div class="fit-choices">
    <label
      >Samples to fit on
      <input
        type="number"
        min="1"
        max=${source.most}
        step="1"
        .value=${String(Math.min(fitRun.samples.value, source.most))}
        ?disabled=${isRunning}
        @change=${(event: Event) => {
          const wanted = Math.round(Number((event.target as HTMLInputElement).value));
          if (wanted >= 1) fitRun.samples.value = wanted;
        }}
    /></label>
    <span class="quiet">of ${source.source}</span>
    <fieldset>
      <legend>Estimators</legend>
      ${ESTIMATORS.map(
        ([id, name]) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${chosen.includes(id)}
              ?disabled=${isRunning || (chosen.length === 1 && chosen.includes(id))}
              @change=${(event: Event) => {
                const others = chosen.filter((each) => each !== id);
                fitRun.estimators.value = (event.target as HTMLInputElement).checked
                  ? [...others, id]
                  : others;
              }}
            />${name}</label
          >`,
      )}
    </fieldset>
  </div>`;
}

function buttons(app: App): TemplateResult {
  const { status } = app.state.told.fit.value;
  const isUnderWay = status === 'running' || status === 'paused';
  // It stays while a fit is under way, so that the focus does.
  return html`<button
      type="button"
      class="primary"
      ?disabled=${!app.state.place.value}
      aria-disabled=${String(isUnderWay)}
      @click=${() => {
        if (!isUnderWay) void startFit(app);
      }}
    >
      Fit patterns
    </button>
    ${
      status === 'running'
        ? html`<button type="button" @click=${() => void pauseFit(app, true)}>Pause</button>`
        : undefined
    }
    ${
      status === 'paused'
        ? html`<button type="button" @click=${() => void pauseFit(app, false)}>Resume</button>`
        : undefined
    }
    ${
      isUnderWay
        ? html`<button type="button" @click=${() => void stopFit()}>Stop and use</button>`
        : undefined
    }`;
}

function progress(app: App): TemplateResult | undefined {
  const { status, done, total, imagesPerSecond } = app.state.told.fit.value;
  if (status === 'idle') return undefined;
  const left = status === 'running' ? fitRun.secondsLeft.value : undefined;
  return html`<div class="fit-progress">
    <progress aria-label="Fit" max=${total} value=${done}></progress>
    <p>${countText(done)} of ${countText(total)}, ${FIT_WORDS.rate(imagesPerSecond, left)}</p>
    ${
      status === 'running' && left !== undefined && left > LONG_SECONDS
        ? html`<p>
            ${FIT_WORDS.long(left)}
            <code
              >${fitCommand(
                app,
                fitSource(app.state.sets.value, app.state.place.value!.set, total),
              )}</code
            >
          </p>`
        : undefined
    }
  </div>`;
}

function interrupted(app: App): TemplateResult | undefined {
  const found = fitRun.interrupted.value;
  if (!found) return undefined;
  return html`<p class="fit-interrupted">
    ${FIT_WORDS.interrupted(found)}
    <button
      type="button"
      @click=${() => {
        fitRun.samples.value = found.total;
        void startFit(app, true);
      }}
    >
      Go on with it
    </button>
    <button type="button" @click=${() => void lookForInterrupted(app, true)}>Discard it</button>
  </p>`;
}

function forming(app: App): TemplateResult | undefined {
  const shown = fitRun.shown.value;
  if (!shown) return undefined;
  const [neurons, inputs] = shown.direction.shape as [number, number];
  const layer = app.state.model.value!.facts.linearLayers[0]!;
  const rare = shown.counts.filter((count) => count < RARE).length;
  return html`<figure class="neurons" aria-label="Patterns of ${layer} as they form">
      <figcaption>
        <b>Patterns of ${layer}</b>
        <span class="quiet">after ${countText(shown.samples)} samples</span>
      </figcaption>
      <ul>
        ${Array.from({ length: Math.min(neurons, DRAWN) }, (_, neuron) => {
          const row = shown.direction.data.subarray(neuron * inputs, (neuron + 1) * inputs);
          return html`<li>
            ${neuronCanvas(row, shown.inputs, `Pattern of ${layer}/${neuron}`)}
            <span>${neuron}</span>
          </li>`;
        })}
      </ul>
      ${rare === 0 ? undefined : html`<p>${FIT_WORDS.rare(rare, neurons)}</p>`}
    </figure>
    ${
      shown.cosines.length === 0
        ? undefined
        : html`<table class="data-table" aria-label="Cosine to the patterns before">
            <thead>
              <tr>
                <th scope="col">Layer</th>
                <th scope="col" class="figures">Cosine to the patterns before</th>
              </tr>
            </thead>
            <tbody>
              ${shown.cosines.map(
                ({ layer: name, cosine }) =>
                  html`<tr>
                    <th scope="row">${name}</th>
                    <td class="figures">${cosine.toFixed(4)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}

function inUse(app: App): TemplateResult {
  const patterns = app.state.patterns.value;
  if (!patterns) return html`<p class="quiet">No patterns are in use.</p>`;
  const save = async (): Promise<void> => {
    const name = `${app.state.model.peek()!.facts.name}.patterns.safetensors`;
    saveFile(name, await savedPatterns(app), 'application/octet-stream');
  };
  return html`<h2>Patterns in use</h2>
    <p>${patterns.source}, of ${countText(patterns.facts.samples)} samples.</p>
    <p class="buttons">
      <button type="button" @click=${() => void save()}>Save patterns</button>
      ${
        patterns.source === 'fitted here'
          ? html`<label
                ><input
                  type="checkbox"
                  .checked=${fitRun.withMoments.value}
                  @change=${(event: Event) => {
                    fitRun.withMoments.value = (event.target as HTMLInputElement).checked;
                  }}
                />with moments, so that it can be merged</label
              >
              <label class="file"
                >Merge a pattern file
                <input
                  type="file"
                  accept=".safetensors"
                  @change=${(event: Event) => void mergePatternFile(app, event.target as HTMLInputElement)}
              /></label>`
          : undefined
      }
    </p>`;
}

let lookedFor: string | undefined;

const template = (app: App): TemplateResult => {
  const model = app.state.model.value;
  if (!model) return html`<p class="quiet">The model is loading.</p>`;
  if (lookedFor !== model.facts.key) {
    lookedFor = model.facts.key;
    void lookForInterrupted(app);
  }
  const { status } = app.state.told.fit.value;
  const isUnderWay = status === 'running' || status === 'paused';
  return html`<div class="fit">
    <p>${FIT_WORDS.what}</p>
    ${interrupted(app)} ${choices(app, isUnderWay)}
    <p class="buttons">${buttons(app)}</p>
    ${progress(app)}
    ${fitRun.told.value === undefined ? undefined : html`<p>${fitRun.told.value}</p>`}
    ${forming(app)} ${inUse(app)}
  </div>`;
};

/** Learning patterns from samples, in the page. */
export const fitView: View = { template };
