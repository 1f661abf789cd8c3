import { methodGroup } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { shownInput } from './input-picture.js';
import { randomScore, truthScores } from './truth-scores.js';

const two = (value: number): string => value.toFixed(2);

/** How well the map finds the truth of a generated sample, with what a random map and the input itself would score. */
export function scoreLines(
  { state }: App,
  { id, text }: ChosenMethod,
): TemplateResult | typeof nothing {
  const result = state.results.value.get(text);
  const input = shownInput(state);
  const current = state.sample.value;
  const mask = current?.sample.truth?.mask;
  const relevance = input && result?.explanation?.relevanceByInput[input.name];
  const x = input && current?.sample.inputs[input.name];
  if (!mask || !relevance || !x || result?.status !== 'done') return nothing;
  const own = truthScores(relevance, input.axes, methodGroup(id) ?? 'attribution', mask);
  const ofInput = truthScores(x, input.axes, 'function', mask);
  if (!own || !ofInput) return html`<dl class="scores" aria-hidden="true"></dl>`;
  const random = two(randomScore(mask));
  const line = (key: 'rank' | 'mass', name: string) =>
    html`<div>
      <dt title=${`${name}: the share of the truth that the map finds`}>${name}</dt>
      <dd>
        <b class="figures">${two(own[key])}</b>
        <span class="quiet figures">random ${random} · |x| ${two(ofInput[key])}</span>
      </dd>
    </div>`;
  return html`<dl class="scores">
    ${line('rank', 'Rank accuracy')}${line('mass', 'Mass accuracy')}
  </dl>`;
}
