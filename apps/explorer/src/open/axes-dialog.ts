import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import { dialogFrame } from './dialog-frame.js';
import { boundShape, type AskedAxis } from './free-axes.js';
import { fileName } from './given-file.js';
import { openStateOf, type WaitingModel } from './open-state.js';
import { openWaiting } from './use-basket.js';

/** A field for a free axis; what is known stands beside it. */
function axisField(axis: AskedAxis, at: number, offset: number): TemplateResult | undefined {
  if (axis === 'batch') return undefined;
  return html`<label
    >Axis ${at + offset}
    <input
      type="number"
      name="axis"
      min="1"
      step="1"
      required
      ?disabled=${axis !== 'free'}
      value=${axis === 'free' ? '' : axis}
  /></label>`;
}

function openWith(app: App, waiting: WaitingModel, event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const { axes, input } = waiting.asked!;
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[name=axis]')].map((field) =>
    Number(field.value),
  );
  const sizes = axes.map((axis) => (axis === 'batch' ? 0 : fields.shift()!));
  const shapes = { ...waiting.shapes, [input]: boundShape(axes, sizes) };
  openStateOf(app).dialog.value = undefined;
  void track(app.state, 'Opening the model', () =>
    openWaiting(app, { basket: waiting.basket, shapes }),
  );
}

/** Asks for the sizes of axes that a model leaves free. */
export function axesDialog(app: App): TemplateResult {
  const open = openStateOf(app);
  const waiting = open.waiting.value;
  const { asked, basket } = waiting ?? {};
  const title = 'Sizes of the input';
  if (!asked) return dialogFrame(app, 'axes', title, html``);
  const offset = asked.axes.includes('batch') ? 0 : 1;
  return dialogFrame(
    app,
    'axes',
    title,
    html`<form
      @submit=${(event: SubmitEvent) => {
        openWith(app, waiting!, event);
      }}
    >
      <p>
        <b>${fileName(basket!.model!.file.path)}</b> leaves sizes of its input
        <code>${asked.input}</code> free. Which are they? Photos are made of this size.
      </p>
      <p class="fields">${asked.axes.map((axis, at) => axisField(axis, at, offset))}</p>
      <p class="buttons"><button type="submit" class="first">Open</button></p>
    </form>`,
  );
}
