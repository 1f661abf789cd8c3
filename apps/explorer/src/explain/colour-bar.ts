import { effect } from '@preact/signals-core';
import { colourMapNamed, heatToRgb, type Plane } from '@patternlens/heatmap';
import { valueText } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import { setUp, watch } from '../shell/watch.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { shownMap } from './shown-map.js';

const STEPS = 33;
/** From -1 to 1. */
const RAMP: Plane = {
  values: Float64Array.from({ length: STEPS }, (_, at) => (2 * at) / (STEPS - 1) - 1),
  width: STEPS,
  height: 1,
};
const WHOLE = { limit: 1, quantile: 100, state: 'finite' } as const;

/** Mid-grey is zero: what one channel of a signal looks like. */
const GREYS = {
  id: 'greys',
  kind: 'diverging' as const,
  table: Uint8Array.from({ length: 768 }, (_, at) => Math.floor(at / 3)),
};

const times = (exponent: number): string => (exponent === 0 ? '' : ` × 2^${exponent}`);

/** What the colours of a map stand for: -m, 0, +m. */
export function colourBar(app: App, method: ChosenMethod): TemplateResult {
  const { state } = app;
  const paint = (ramp: HTMLElement): (() => void) =>
    effect(() => {
      const shown = shownMap(app, method);
      const { colours, gamma } = state.look.value;
      const isGrey = shown?.kind === 'signal';
      const map = isGrey ? GREYS : colourMapNamed(colours);
      const { data } = heatToRgb(RAMP, WHOLE, map, isGrey ? 1 : gamma);
      const stops = Array.from(
        { length: STEPS },
        (_, at) => `rgb(${data.slice(at * 4, at * 4 + 3).join(' ')})`,
      );
      ramp.style.setProperty('background', `linear-gradient(to right, ${stops.join(', ')})`);
    });
  const end = (sign: '−' | '+') => () => {
    const shown = shownMap(app, method);
    if (shown?.scale.state !== 'finite') return '';
    return `${sign}${valueText(shown.scale.limit)}${times(shown.exponent)}`;
  };
  return html`<div class="colour-bar figures">
    <span class="ramp" ${setUp(paint, app, method.text)}></span>
    <span>${watch(end('−'))}</span><span>0</span><span>${watch(end('+'))}</span>
  </div>`;
}
