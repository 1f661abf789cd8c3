import '../styles/layers.css';
import { html, type TemplateResult } from 'lit-html';
import type { View } from '../shell/view.js';
import type { App } from '../state/app.js';
import { LAYERS_WORDS } from '../words/layers.js';
import { innerStrip } from './inner-strip.js';
import { layersState } from './layers-state.js';
import { currentLayer, layerKey, loadLayer } from './load-layer.js';
import { cancelQuality, measureQualityHere } from './measure-quality.js';
import { neuronFigures } from './neuron-figures.js';
import { qualityTable } from './quality-table.js';
import { supportTable } from './support-table.js';

/** The layer whose facts are under way, so that a template that is rendered again does not ask again. */
let asked: string | undefined;

function layerList(app: App): TemplateResult {
  const layers = app.state.model.value?.facts.linearLayers ?? [];
  const current = currentLayer(app);
  return html`<ul class="layer-list" aria-label="Layer">
    ${layers.map(
      (layer) =>
        html`<li>
          <button
            type="button"
            aria-pressed=${String(layer === current)}
            @click=${() => {
              layersState.layer.value = layer;
            }}
          >
            ${layer}
          </button>
        </li>`,
    )}
  </ul>`;
}

function neurons(app: App): TemplateResult {
  const key = layerKey(app);
  if (key === undefined) return html`<p>${LAYERS_WORDS.noLinear}</p>`;
  if (asked !== key) {
    asked = key;
    void loadLayer(app, key);
  }
  const facts = layersState.facts.value;
  if (layersState.reason.value !== undefined) return html`<p>${layersState.reason.value}</p>`;
  if (!facts) return html`<p class="quiet">Reading the layer …</p>`;
  return html`<div class=${facts.of === key ? '' : 'before'}>
    ${app.state.patterns.value ? undefined : html`<p>${LAYERS_WORDS.noPatterns}</p>`}
    ${neuronFigures(app, facts.value)}
  </div>`;
}

function quality(app: App): TemplateResult {
  const { model, patterns } = app.state;
  const measuring = layersState.measuring.value;
  const measured = layersState.quality.value;
  const isOfThis = measured?.of === `${model.value?.facts.key} ${patterns.value?.key}`;
  return html`<h2>Quality of the patterns</h2>
    <p class="buttons">
      <button
        type="button"
        ?disabled=${!patterns.value || measuring !== undefined}
        @click=${() => void measureQualityHere(app)}
      >
        Measure quality
      </button>
      ${
        measuring
          ? html`<span>${measuring.what} ${measuring.done} of ${measuring.total}</span>
              <button type="button" @click=${cancelQuality}>Cancel</button>`
          : undefined
      }
      ${patterns.value ? undefined : html`<span class="quiet">${LAYERS_WORDS.noPatterns}</span>`}
    </p>
    ${measured && isOfThis ? qualityTable(measured.value) : undefined}`;
}

/** What every layer is, which methods it stops, what its neurons look for, and how good their patterns are. */
export const layersView: View = {
  template: (app) => {
    const facts = app.state.model.value?.facts;
    if (!facts) return html`<p class="quiet">The model is loading.</p>`;
    return html`<div class="layers">
      <div class="layers-top">
        <nav>
          <h2>Layers with weights</h2>
          ${layerList(app)}
        </nav>
        <div class="layers-neurons">${neurons(app)}</div>
      </div>
      ${innerStrip(app)} ${quality(app)}
      <h2>All layers</h2>
      ${supportTable(facts)}
      ${
        facts.changes.length === 0
          ? undefined
          : html`<h2>What was changed since the file was read</h2>
              <ul>
                ${facts.changes.map((change) => html`<li>${change}</li>`)}
              </ul>`
      }
    </div>`;
  },
};
