import { RARE } from '@patternlens/core/patterns';
import { countText, valueText } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { LayerFacts, NeuronFacts } from '../compute/calls/layer-messages.js';
import type { App } from '../state/app.js';
import { LAYERS_WORDS } from '../words/layers.js';
import { neuronCanvas } from './neuron-canvas.js';

/** Explains a neuron of a layer, in the view Explain. */
function explainNeuron({ state }: App, layer: string, channel: number): void {
  state.target.value = `${layer}/${channel}`;
  state.view.value = 'explain';
}

const factsBelow = ({ product, firings }: NeuronFacts, samples: number | undefined) =>
  product === undefined || firings === undefined || samples === undefined
    ? html`<span class="quiet">no pattern</span>`
    : html`w'a ${valueText(product)}, fired ${countText(firings)} of ${countText(samples)}
      ${firings < RARE ? html`<b>${LAYERS_WORDS.rare}</b>` : undefined}`;

/** Weights beside patterns of the strongest neurons of a layer. A click on one explains it. */
export function neuronFigures(app: App, facts: LayerFacts): TemplateResult {
  const { layer, neurons, inputs, samples } = facts;
  const row = (what: 'Weights' | 'Patterns'): TemplateResult =>
    html`<figure class="neurons" aria-label="${what} of ${layer}">
      <figcaption>
        <b>${what} of ${layer}</b>
        <span class="quiet"
          >${what === 'Weights' ? LAYERS_WORDS.weights : LAYERS_WORDS.patterns}</span
        >
      </figcaption>
      <ul>
        ${neurons.map((neuron) => {
          const name = `${layer}/${neuron.channel}`;
          return html`<li>
            <button
              type="button"
              title=${LAYERS_WORDS.explain(name)}
              @click=${() => {
                explainNeuron(app, layer, neuron.channel);
              }}
            >
              ${neuronCanvas(
                what === 'Weights' ? neuron.weights : neuron.pattern,
                inputs,
                `${what} of ${name}`,
              )}
              <span>${neuron.channel}</span>
            </button>
            <p class="below">
              ${
                what === 'Weights'
                  ? html`value ${valueText(neuron.value)}`
                  : factsBelow(neuron, samples)
              }
            </p>
          </li>`;
        })}
      </ul>
    </figure>`;
  return html`<p class="quiet">${LAYERS_WORDS.neurons(neurons.length, facts.of)}</p>
    ${row('Weights')} ${row('Patterns')}`;
}
