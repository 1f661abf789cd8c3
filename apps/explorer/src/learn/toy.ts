import type { PlaneVector } from '@patternlens/data';
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { LEARN_WORDS } from '../words/learn.js';
import { learnState } from './learn-state.js';
import { ANGLES, toyPlane } from './toy-plane.js';

/** Half of what the plane shows, and units of the drawing for one of the plane. */
const REACH = 2;
const UNIT = 100;
const HALF = REACH * UNIT;

/** A vector's end on the drawing, whose y axis runs down. */
const end = ([x, y]: PlaneVector): PlaneVector => [UNIT * x, -UNIT * y];

const short = (value: number): string => value.toFixed(2).replace('-', '−');
const vectorText = ([x, y]: PlaneVector): string => `(${short(x)}, ${short(y)})`;

/** A vector no longer than the drawing. */
function within([x, y]: PlaneVector): PlaneVector {
  const length = Math.hypot(x, y);
  const most = REACH * 0.9;
  return length <= most ? [x, y] : [(x * most) / length, (y * most) / length];
}

function arrow(direction: PlaneVector, name: string, label: string): SVGTemplateResult {
  const [x, y] = end(within(direction));
  const length = Math.hypot(x, y);
  const [ux, uy] = [x / length, y / length];
  const foot = [x - 15 * ux, y - 15 * uy] as const;
  const tip = `M${x} ${y} L${foot[0] - 7 * uy} ${foot[1] + 7 * ux} L${foot[0] + 7 * uy} ${foot[1] - 7 * ux} Z`;
  return svg`<g class="arrow ${name}">
    <line x1="0" y1="0" x2=${foot[0]} y2=${foot[1]}></line>
    <path d=${tip}></path>
    <text x=${x + 14 * ux} y=${y + 14 * uy + 5} text-anchor="middle">${label}</text>
  </g>`;
}

/** Turns the distractor to an angle that the toy has. */
const turnTo = (degrees: number): void => {
  learnState.angle.value = Math.min(ANGLES.most, Math.max(ANGLES.least, Math.round(degrees)));
};

function turnByPointer(event: PointerEvent): void {
  const drawing = event.currentTarget as SVGSVGElement;
  if (event.type === 'pointerdown') drawing.setPointerCapture(event.pointerId);
  else if (!drawing.hasPointerCapture(event.pointerId)) return;
  const { left, top, width, height } = drawing.getBoundingClientRect();
  const x = event.clientX - left - width / 2;
  const y = top + height / 2 - event.clientY;
  // Both ends of the distractor's line are its direction.
  turnTo(((Math.atan2(y, x) * 180) / Math.PI + 360) % 180);
}

/** The plane of samples, with a distractor that can be turned, and what a neuron makes of it. */
export function toy({ state }: App): TemplateResult {
  const angle = learnState.angle.value;
  const withNoise = learnState.withNoise.value;
  const { points, distractor, w, a, rho } = toyPlane(angle, withNoise);
  state.told.toy.value = { angle, w, a };
  return html`<div class="toy">
    <svg
      class="plane"
      viewBox="-${HALF} -${HALF} ${2 * HALF} ${2 * HALF}"
      role="img"
      aria-label="Samples in the plane, with the signal along the horizontal, the distractor at ${angle} degrees, the weights ${vectorText(
        w,
      )} and the pattern ${vectorText(a)}"
      @pointerdown=${turnByPointer}
      @pointermove=${turnByPointer}
    >
      <line class="axis" x1="-${HALF}" x2=${HALF} y1="0" y2="0"></line>
      <line class="axis" y1="-${HALF}" y2=${HALF} x1="0" x2="0"></line>
      ${points.map(
        ({ x, y, target }) =>
          svg`<circle class=${target < 0 ? 'low' : 'high'} fill-opacity=${0.25 + 0.75 * Math.abs(target)} cx=${UNIT * x} cy=${-UNIT * y} r="2.8"></circle>`,
      )}
      ${arrow(distractor, 'distractor', 'distractor')} ${arrow(a, 'pattern', 'a')}
      ${arrow(w, 'weights', 'w')}
    </svg>
    <div class="toy-side">
      <p>${LEARN_WORDS.turn}</p>
      <label
        >Angle of the distractor
        <input
          type="range"
          min=${ANGLES.least}
          max=${ANGLES.most}
          step="1"
          .value=${String(angle)}
          aria-valuetext="${angle} degrees"
          @input=${(event: Event) => {
            turnTo(Number((event.target as HTMLInputElement).value));
          }}
        />
        <output>${angle}°</output></label
      >
      <label class="check"
        ><input
          type="checkbox"
          .checked=${withNoise}
          @change=${(event: Event) => {
            learnState.withNoise.value = (event.target as HTMLInputElement).checked;
          }}
        />${LEARN_WORDS.noise}</label
      >
      <table class="data-table" aria-label="Weights and pattern">
        <thead>
          <tr>
            <th scope="col">Direction</th>
            <th scope="col" class="figures">Vector</th>
            <th scope="col" class="figures">rho of its estimator</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">weights w</th>
            <td class="figures">${vectorText(w)}</td>
            <td class="figures">S_w ${rho.filter.toFixed(3)}</td>
          </tr>
          <tr>
            <th scope="row">pattern a</th>
            <td class="figures">${vectorText(a)}</td>
            <td class="figures">S_a ${rho.pattern.toFixed(3)}</td>
          </tr>
        </tbody>
      </table>
      <p>${LEARN_WORDS.weights} ${LEARN_WORDS.pattern}</p>
      <p class="quiet">${LEARN_WORDS.rho}</p>
    </div>
  </div>`;
}
