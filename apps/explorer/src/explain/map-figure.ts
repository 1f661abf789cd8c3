import { methodGroup } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import { watch } from '../shell/watch.js';
import type { App } from '../state/app.js';
import type { ChosenMethod } from '../state/chosen-method.js';
import { colourBar } from './colour-bar.js';
import { mapState, mapWarnings } from './map-state.js';
import { mapWords } from './map-words.js';
import { methodLabel } from './method-label.js';
import { paintMap } from './paint-map.js';
import { recipeLine } from './recipe-line.js';
import { scoreLines } from './score-lines.js';
import { shownMap } from './shown-map.js';
import { stage } from './stage.js';

/** Names of elements: texts of methods hold what an id can't. */
const wordsId = ({ text }: ChosenMethod): string => `words-${text.replaceAll(/[^\w-]/g, '_')}`;

function mapItself(app: App, method: ChosenMethod, label: string): TemplateResult {
  const { state } = app;
  return html`${stage(app, {
    label: `Map of ${label}. Arrow keys move the cursor, f fills the page.`,
    describedBy: wordsId(method),
    paint: paintMap(app, method),
    given: [app, method.text],
    method: method.text,
  })}
  ${watch(() => colourBar(app, method))} ${watch(() => scoreLines(app, method))}
  ${watch(() => {
    const result = state.results.value.get(method.text);
    const warnings = result ? mapWarnings(result, label, shownMap(app, method)?.scale) : [];
    return warnings.map(
      (line) =>
        html`<details class="warning">
          <summary title=${line}>${line}</summary>
          ${line}
        </details>`,
    );
  })}`;
}

/** The map of a method, with all that is needed to read it. */
export function mapFigure(app: App, method: ChosenMethod): TemplateResult {
  const { state } = app;
  const { text, id } = method;
  const result = state.results.value.get(text);
  const label = methodLabel(method, state.methods.value);
  const status = result?.status ?? 'pending';
  const group = methodGroup(id);
  return html`<figure
    class="map"
    id=${`map-${wordsId(method)}`}
    aria-label=${label}
    data-status=${status}
    data-method=${text}
    aria-busy=${String(status === 'pending')}
  >
    <figcaption class="map-name">
      <b>${label}</b>
      ${group ? html`<span class="quiet phone-only">${group}</span>` : nothing}
    </figcaption>
    <div class="map-body">
      ${
        result?.explanation
          ? mapItself(app, method, label)
          : html`<div class="stage empty"><canvas width="16" height="16"></canvas></div>`
      }
      ${mapState(app, method, result)}
    </div>
    ${
      result?.explanation
        ? html`<p class="recipe quiet">${watch(() => recipeLine(app, method))}</p>
            ${watch(() => mapWords(app, method, wordsId(method)))}`
        : nothing
    }
  </figure>`;
}
