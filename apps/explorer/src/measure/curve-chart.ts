import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import type { MeasuredDegradation } from '../compute/calls/measure-messages.js';
import { setUp } from '../shell/watch.js';
import { MEASURE_WORDS } from '../words/measure.js';
import {
  bandPath,
  curveScale,
  linePath,
  scoreRange,
  stepAt,
  tickSteps,
  type CurveScale,
} from './curve-scale.js';
import { measureState } from './measure-state.js';
import { lineClass } from './line-class.js';
import type { ShownStep } from './shown-step.js';

const HEIGHT = 320;

/** Keeps the chart as wide as its place. */
const followWidth = (element: Element): (() => void) => {
  const observer = new ResizeObserver(([entry]) => {
    if (entry && entry.contentRect.width > 0)
      measureState.width.value = Math.round(entry.contentRect.width);
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
  };
};

function axes(scale: CurveScale, label: string): SVGTemplateResult {
  const { left, right, bottom, least, most, x, y, height } = scale;
  const scores = [0, 0.25, 0.5, 0.75, 1].map((share) => least + share * (most - least));
  return svg`${scores.map(
    (score) =>
      svg`<line class="tick" x1=${left} x2=${right} y1=${y(score)} y2=${y(score)}></line>
        <text x=${left - 7} y=${y(score) + 4} text-anchor="end">${Number(score.toPrecision(3))}</text>`,
  )}
  ${tickSteps(scale).map(
    (step) => svg`<text x=${x(step)} y=${bottom + 17} text-anchor="middle">${step}</text>`,
  )}
  <text x=${(left + right) / 2} y=${height - 6} text-anchor="middle">${label}</text>`;
}

/** The step under the pointer; dragging removes patches up to there. */
function byPointer(scale: CurveScale): (event: PointerEvent) => void {
  return (event) => {
    const chart = event.currentTarget as SVGSVGElement;
    const { left, width } = chart.getBoundingClientRect();
    const step = stepAt(scale, ((event.clientX - left) / width) * scale.width);
    if (event.type === 'pointerdown') chart.setPointerCapture(event.pointerId);
    if (chart.hasPointerCapture(event.pointerId)) measureState.step.value = step;
    measureState.hovered.value = step;
  };
}

/** The mean curve of every method and of random orders, with the curve of the sample that is looked at. */
export function curveChart(
  measured: MeasuredDegradation,
  shown: ShownStep,
  name: string,
): TemplateResult {
  const { methods, random, steps, score: kind } = measured;
  const current = methods.get(shown.method)!;
  const all = [...methods.values(), random].flatMap(({ low, high }) => [low, high]);
  const range = scoreRange(kind, [...all, shown.curve]);
  const scale = curveScale(measureState.width.value, HEIGHT, steps, range);
  const { x, y, top, bottom } = scale;
  const at = measureState.hovered.value;
  const move = byPointer(scale);
  return html`<div class="curve-box" ${setUp(followWidth)}>
    <svg
      class="curves"
      viewBox="0 0 ${scale.width} ${HEIGHT}"
      width=${scale.width}
      height=${HEIGHT}
      role="img"
      aria-label=${MEASURE_WORDS.chart(name, shown.step)}
      @pointerdown=${move}
      @pointermove=${move}
      @pointerleave=${() => {
        measureState.hovered.value = undefined;
      }}
    >
      ${axes(scale, MEASURE_WORDS.removed)}
      <path class="band random" d=${bandPath(scale, random.low, random.high)}></path>
      <path class="band chosen" d=${bandPath(scale, current.low, current.high)}></path>
      <path class="line random" d=${linePath(scale, random.curve)}></path>
      ${[...methods].map(([text, { curve }], index) =>
        text === shown.method
          ? undefined
          : svg`<path class="line ${lineClass(index)}" d=${linePath(scale, curve)}></path>`,
      )}
      <path
        class="line chosen ${lineClass([...methods.keys()].indexOf(shown.method))}"
        d=${linePath(scale, current.curve)}
      ></path>
      <path class="line sample" d=${linePath(scale, shown.curve)}></path>
      ${
        at === undefined || at === shown.step
          ? undefined
          : svg`<line class="hovered" x1=${x(at)} x2=${x(at)} y1=${top} y2=${bottom}></line>`
      }
      <line class="at" x1=${x(shown.step)} x2=${x(shown.step)} y1=${top} y2=${bottom}></line>
      <circle class="handle" cx=${x(shown.step)} cy=${y(shown.score)} r="6"></circle>
    </svg>
  </div>`;
}
