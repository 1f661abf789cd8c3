import { html, type TemplateResult } from 'lit-html';
import type { LoadProgress } from './open-state.js';

const MEGA = 1e6;

/** How many bytes, as people read it. */
const bytesText = (bytes: number): string =>
  bytes < MEGA ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / MEGA).toFixed(1)} MB`;

/** How far an address is loaded: its file, its size, and how to stop it. */
export function progressLine(
  progress: LoadProgress | undefined,
  stop: () => void,
): TemplateResult | undefined {
  if (!progress) return undefined;
  const { name, done, total } = progress;
  const size = total === undefined ? bytesText(done) : `${bytesText(done)} of ${bytesText(total)}`;
  return html`<p class="loading figures">
    <progress
      aria-label=${`Loading ${name}`}
      max=${total ?? 1}
      .value=${total === undefined ? 0 : done}
    ></progress>
    ${name} ${size} <button type="button" @click=${stop}>Cancel</button>
  </p>`;
}
