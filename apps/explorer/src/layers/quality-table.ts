import type { LayerQuality, QualityReport } from '@patternlens/evaluate';
import { countText } from '@patternlens/page';
import { html, svg, type TemplateResult } from 'lit-html';
import { LAYERS_WORDS } from '../words/layers.js';

/** Estimators in the order of the paper's figure, as it writes them. */
const ESTIMATORS: readonly (readonly [id: string, name: string])[] = [
  ['random', 'random'],
  ['identity', 'S_x'],
  ['filter', 'S_w'],
  ['linear', 'S_a'],
  ['two-component', 'S_a+-'],
];

/** The estimators that have a value for some layer, known ones first. */
function measuredEstimators({ layers }: QualityReport): (readonly [string, string])[] {
  const ids = new Set(
    layers.flatMap(({ estimators }) =>
      Object.entries(estimators).flatMap(([id, { heldOut }]) =>
        heldOut.mean === null ? [] : [id],
      ),
    ),
  );
  const known = ESTIMATORS.filter(([id]) => ids.has(id));
  const others = [...ids].filter((id) => !ESTIMATORS.some(([each]) => each === id));
  return [...known, ...others.map((id) => [id, id] as const)];
}

const meanOf = (layer: LayerQuality, id: string): number | null =>
  layer.estimators[id]?.heldOut.mean ?? null;

const WIDTH = 640;
const ROW = 30;
const LEFT = 140;
const TOP = 24;
const across = (rho: number): number => LEFT + Math.max(0, Math.min(1, rho)) * (WIDTH - LEFT - 24);

/** rho of every layer as dots on a line from 0 to 1, a shape for each estimator. */
function qualityChart(report: QualityReport): TemplateResult {
  const estimators = measuredEstimators(report);
  const height = TOP + report.layers.length * ROW + 28;
  const mark = (x: number, y: number, at: number, label: string) => {
    const size = 5;
    const shapes = [
      svg`<circle cx=${x} cy=${y} r=${size}><title>${label}</title></circle>`,
      svg`<rect x=${x - size} y=${y - size} width=${2 * size} height=${2 * size}><title>${label}</title></rect>`,
      svg`<path d="M${x} ${y - 6} L${x + 6} ${y + 5} L${x - 6} ${y + 5} Z"><title>${label}</title></path>`,
      svg`<path d="M${x} ${y - 7} L${x + 7} ${y} L${x} ${y + 7} L${x - 7} ${y} Z"><title>${label}</title></path>`,
      svg`<path d="M${x - 6} ${y - 6} L${x + 6} ${y + 6} M${x + 6} ${y - 6} L${x - 6} ${y + 6}"><title>${label}</title></path>`,
    ];
    return svg`<g class="mark mark-${at}">${shapes[at % shapes.length]}</g>`;
  };
  return html`<div class="table-box" tabindex="0" role="group" aria-label="Chart of the quality">
    <svg
      class="quality-chart"
      viewBox="0 0 ${WIDTH} ${height}"
      width=${WIDTH}
      height=${height}
      role="img"
      aria-label="rho by layer and estimator; the numbers stand in the table Quality"
    >
      ${estimators.map(([, name], at) => {
        const x = LEFT + at * 96;
        return svg`${mark(x, 10, at, name)}<text x=${x + 12} y="14">${name}</text>`;
      })}
      ${[0, 0.5, 1].map(
        (rho) =>
          svg`<line class="tick" x1=${across(rho)} x2=${across(rho)} y1=${TOP} y2=${height - 22}></line>
          <text class="tick-text" text-anchor="middle" x=${across(rho)} y=${height - 6}>${rho}</text>`,
      )}
      ${report.layers.map((layer, row) => {
        const y = TOP + row * ROW + ROW / 2;
        return svg`<text x=${LEFT - 12} y=${y + 4} text-anchor="end">${layer.layer}</text>
          <line class="row" x1=${LEFT} x2=${WIDTH - 24} y1=${y} y2=${y}></line>
          ${estimators.map(([id, name], at) => {
            const rho = meanOf(layer, id);
            return rho === null
              ? undefined
              : mark(across(rho), y, at, `${layer.layer}, ${name}: ${rho.toFixed(3)}`);
          })}`;
      })}
    </svg>
  </div>`;
}

/** rho of every layer, as chart and as table, with what weakens it. */
export function qualityTable(report: QualityReport): TemplateResult {
  const estimators = measuredEstimators(report);
  const [first] = report.layers;
  return html`<p class="quiet">${LAYERS_WORDS.quality(first?.heldOutSamples ?? 0)}</p>
    ${qualityChart(report)}
    <div class="table-box" tabindex="0" role="group" aria-label="The quality in numbers">
      <table class="data-table" aria-label="Quality">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            ${estimators.map(([, name]) => html`<th scope="col" class="figures">${name}</th>`)}
            <th scope="col" class="figures">n</th>
            <th scope="col" class="figures">D</th>
            <th scope="col">Neurons</th>
          </tr>
        </thead>
        <tbody>
          ${report.layers.map(
            (layer) =>
              html`<tr>
                <th scope="row">${layer.layer}</th>
                ${estimators.map(([id]) => {
                  const rho = meanOf(layer, id);
                  return html`<td class="figures">${rho === null ? 'none' : rho.toFixed(3)}</td>`;
                })}
                <td class="figures">${countText(layer.samples)}</td>
                <td class="figures">${countText(layer.dimensions)}</td>
                <td>
                  ${countText(layer.neurons)}${
                    layer.dead === 0 ? '' : `, ${countText(layer.dead)} never fired`
                  }${layer.rare === 0 ? '' : `, ${countText(layer.rare)} ${LAYERS_WORDS.rare}`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${report.notes.map((note) => html`<p class="quiet">${note}</p>`)}`;
}
