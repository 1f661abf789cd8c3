import { methodGroup } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { shownInput } from './input-picture.js';
import { randomScore, truthScores } from './truth-scores.js';

const RANK =
  'Of as many strongest pixels as the mask has, the share that lies inside of it; the same of a random map, and of the input itself.';
const MASS =
  'The share of the magnitude of relevance that lies inside the mask; the same of a random map, and of the input itself.';

const two = (value: number): string => value.toFixed(2);

/** How well the map finds the truth of a generated sample, with what a random map and the input itself would score. */
export function scoreLines(
  { state }: App,
  { id, text }: ChosenMethod,
): TemplateResult | typeof nothing {
  const result = state.results.value.get(text);
  const input = shownInput(state);
  const current = state.sample.value;
  if (!input || !current || result?.status !== 'done') return nothing;
  const mask = current.sample.truth?.mask;
  const relevance = result.explanation?.relevanceByInput[input.name];
  const x = current.sample.inputs[input.name];
  if (!mask || !relevance || !x) return nothing;
  const own = truthScores(relevance, input.axes, methodGroup(id) ?? 'attribution', mask);
  const ofInput = truthScores(x, input.axes, 'function', mask);
  if (!own || !ofInput) return html`<dl class="scores" aria-hidden="true"></dl>`;
  const random = two(randomScore(mask));
  const line = (key: 'rank' | 'mass', name: string, about: string) =>
    html`<div title=${about}>
      <dt>${name}</dt>
      <dd class="figures">
        <b>${two(own[key])}</b>
        <span class="quiet">random ${random}, |x| ${two(ofInput[key])}</span>
      </dd>
    </div>`;
  return html`<dl class="scores">
    ${line('rank', 'Rank accuracy', RANK)}${line('mass', 'Mass accuracy', MASS)}
  </dl>`;
}
