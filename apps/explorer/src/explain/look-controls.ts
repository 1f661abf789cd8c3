import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { COLOUR_MAP_IDS } from '../state/colour-map-ids.js';
import type { Look } from '../state/look.js';
import type { Pixels } from '../state/page-state.js';

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

type ViewChoice = Look['look'] | 'swipe';

const VIEWS: readonly { readonly id: ViewChoice; readonly name: string; readonly about: string }[] =
  [
    { id: 'auto', name: 'Auto', about: 'Attributions as heat maps, the other groups in colours.' },
    { id: 'heat', name: 'Map', about: 'Every method as a heat map.' },
    {
      id: 'signal',
      name: 'Signal',
      about: 'Every method in the colours of the input; mid-grey is 0.',
    },
    { id: 'overlay', name: 'Overlay', about: 'The heat map over the input.' },
    { id: 'swipe', name: 'Swipe', about: 'Input and map share a picture; drag the border.' },
  ];

interface SliderParts {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly change: (value: number) => void;
}

const slider = ({ name, min, max, step, value, change }: SliderParts): TemplateResult =>
  html`<label class="slider"
    ><span>${name}</span>
    <input
      type="range"
      aria-label=${name}
      min=${min}
      max=${max}
      step=${step}
      .value=${String(value)}
      @input=${(event: Event) => {
        change(Number(valueOf(event)));
      }}
    /><span class="figures" aria-hidden="true">${value}</span></label
  >`;

const choice = <T extends string>(
  name: string,
  options: readonly (readonly [T, string])[],
  value: T,
  change: (value: T) => void,
): TemplateResult =>
  html`<label class="field"
    >${name}
    <select
      @change=${(event: Event) => {
        change(valueOf(event) as T);
      }}
    >
      ${options.map(
        ([id, words]) => html`<option value=${id} .selected=${id === value}>${words}</option>`,
      )}
    </select></label
  >`;

function viewChoice(look: Look, change: (changed: Partial<Look>) => void): TemplateResult {
  const now: ViewChoice = look.swipe ? 'swipe' : look.look;
  return html`<div role="radiogroup" aria-label="View" class="segments">
      ${VIEWS.map(
        ({ id, name, about }) =>
          html`<label title=${about}
            ><input
              type="radio"
              name="view"
              value=${id}
              .checked=${id === now}
              @change=${() => {
                change(id === 'swipe' ? { swipe: true } : { look: id, swipe: false });
              }}
            /><span>${name}</span></label
          >`,
      )}
    </div>
    <p class="quiet about">${VIEWS.find(({ id }) => id === now)!.about}</p>`;
}

const PIXELS: readonly (readonly [Pixels, string])[] = [
  ['auto', 'by size'],
  ['squares', 'squares'],
  ['smooth', 'smooth'],
];

/** How maps look: pixels only, nothing is computed anew. */
export function lookControls({ state }: App): TemplateResult {
  const look = state.look.value;
  const { page } = state;
  const change = (changed: Partial<Look>): void => {
    state.look.value = { ...state.look.peek(), ...changed };
  };
  return html`<div class="look" role="group" aria-label="Look">
    <h2>Look</h2>
    ${viewChoice(look, change)}
    ${
      look.swipe
        ? slider({
            ...{ name: 'Swipe', min: 0, max: 1, step: 0.01, value: page.swipe.value },
            change: (value) => {
              page.swipe.value = value;
            },
          })
        : nothing
    }
    ${choice(
      'Colours',
      COLOUR_MAP_IDS.map((id) => [id, id] as const),
      look.colours,
      (colours) => {
        change({ colours });
      },
    )}
    ${slider({
      ...{ name: 'Quantile', min: 90, max: 100, step: 0.1, value: look.quantile },
      change: (quantile) => {
        change({ quantile });
      },
    })}
    ${slider({
      ...{ name: 'Gamma', min: 0.2, max: 2, step: 0.05, value: look.gamma },
      change: (gamma) => {
        change({ gamma });
      },
    })}
    ${slider({
      ...{ name: 'Overlay strength', min: 0, max: 1, step: 0.05, value: look.strength },
      change: (strength) => {
        change({ strength });
      },
    })}
    ${choice(
      'Scale',
      [
        ['map', 'this map'],
        ['method', 'method over samples'],
      ] as const,
      look.scope,
      (scope) => {
        change({ scope });
      },
    )}
    ${choice('Pixels', PIXELS, page.pixels.value, (pixels) => {
      page.pixels.value = pixels;
    })}
    <label class="tick"
      ><input
        type="checkbox"
        .checked=${page.hatching.value}
        @change=${(event: Event) => {
          page.hatching.value = (event.target as HTMLInputElement).checked;
        }}
      />Hatch negatives</label
    >
  </div>`;
}
