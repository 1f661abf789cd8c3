import { warningLines, type Scale } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { chosenMethod, type ChosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';
import { folded } from '../shell/folded.js';

function again({ explaining }: App, text: string, words: string): TemplateResult {
  return html`<button
    type="button"
    class="small"
    @click=${() => {
      explaining.again(text);
    }}
  >
    ${words}
  </button>`;
}

/** A method that would take long: a person decides. */
function heldBack(app: App, method: ChosenMethod, reason: string | undefined): TemplateResult {
  const { state } = app;
  const takeGradient = (): void => {
    const others = state.methods.peek().filter(({ text }) => text !== method.text);
    state.methods.value = others.some(({ id }) => id === 'gradient')
      ? others
      : [chosenMethod('gradient'), ...others];
  };
  return html`<div class="in-place">
    <p>${reason}</p>
    <p class="buttons">
      ${again(app, method.text, 'Run anyway')}
      <button type="button" class="small" @click=${takeGradient}>Take Gradient</button>
    </p>
  </div>`;
}

/** What stands in the place of a map, or beside it, while there is none, or only the one before. */
export function mapState(
  app: App,
  method: ChosenMethod,
  result: MethodResult | undefined,
): TemplateResult | typeof nothing {
  const { status, reason, cause, progress, isHeld } = result ?? { status: 'pending' as const };
  if (isHeld) return heldBack(app, method, reason);
  if (status === 'refused') return html`<div class="in-place"><p>${reason}</p></div>`;
  if (status === 'failed')
    return html`<div class="in-place">
      <p>${reason}</p>
      ${folded(cause)}
      <p class="buttons">${again(app, method.text, 'Run again')}</p>
    </div>`;
  if (status === 'cancelled')
    return html`<div class="beside">
      <p>
        ${progress ? `cancelled after ${progress.done} of ${progress.total} steps` : 'cancelled'}
      </p>
      ${again(app, method.text, 'Run again')}
    </div>`;
  if (status === 'pending')
    return html`<div class="beside" data-working>
      <p class="figures">
        ${progress && progress.total > 1 ? `${progress.done} of ${progress.total}` : 'computing'}
      </p>
    </div>`;
  return nothing;
}

/** What has to be known to read a map. */
export function mapWarnings(
  { explanation }: MethodResult,
  name: string,
  scale: Scale | undefined,
): readonly string[] {
  if (scale?.state === 'zero') return ['All zero: nothing went back to the input.'];
  if (scale?.state === 'not-finite') return ['Not finite: some values of this map are no numbers.'];
  const told = explanation ? warningLines([{ name, warnings: explanation.warnings }]) : [];
  return told.map((line) => line.replace(`${name}: `, ''));
}
