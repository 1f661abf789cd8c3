import { dot, line, plot, ruleX, text } from '@observablehq/plot';
import { briefError, chartBox, dataTable, element, errorText } from '@patternlens/page';
import type { AgreementResult } from '../report/benchmark-report.js';

type Layers = AgreementResult['errorByLayer'];

/** How the error of forward values grows from layer to layer. */
export function layerChart(layers: Layers, growsAt: string | undefined): HTMLElement {
  const title = 'Error by layer';
  if (layers.length === 0)
    return chartBox(title, 'Not measured.', () => document.createElement('div'));
  const largest = layers.reduce((largestSoFar, layer) =>
    layer.relativeL2 > largestSoFar.relativeL2 ? layer : largestSoFar,
  );
  const summary =
    `Forward values under equal gates, in the order of the layers; largest ${errorText(largest.relativeL2)} at ${largest.layer}. ` +
    (growsAt === undefined
      ? 'No layer makes the error grow tenfold.'
      : `The error grows at ${growsAt}.`);
  return chartBox(
    title,
    summary,
    (width) => draw(layers, growsAt, width),
    element(
      'details',
      {},
      element('summary', {}, 'All layers as a table'),
      dataTable(
        'Error by layer',
        [{ heading: 'Layer' }, { heading: 'Relative L2', figures: true }],
        layers.map(({ layer, relativeL2 }) => [
          layer === growsAt ? `${layer} (grows here)` : layer,
          errorText(relativeL2),
        ]),
      ),
    ),
  );
}

function draw(layers: Layers, growsAt: string | undefined, width: number): Element {
  const shown = layers
    .map((layer, at) => ({ ...layer, at: at + 1 }))
    .filter(({ relativeL2 }) => relativeL2 > 0 && Number.isFinite(relativeL2));
  const errors = shown.map(({ relativeL2 }) => relativeL2);
  const low = 10 ** Math.floor(Math.log10(Math.min(1e-7, ...errors)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(1e-6, ...errors)) + 0.05);
  const grows = shown.find(({ layer }) => layer === growsAt);
  const named =
    layers.length <= Math.floor((width - 70) / 44) &&
    layers.every(({ layer }) => layer.length <= 18);
  const right = grows !== undefined && grows.at > layers.length * 0.6;
  return plot({
    width,
    height: 240,
    marginLeft: 52,
    marginTop: 26,
    marginRight: 16,
    marginBottom: named ? 76 : 36,
    className: 'plot',
    x: {
      domain: [1 - 0.4, layers.length + 0.4],
      label: named ? null : 'layer',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: named
        ? layers.map((_, at) => at + 1)
        : Math.min(layers.length, Math.floor(width / 48)),
      tickFormat: (at: number) =>
        Number.isInteger(at) ? (named ? layers[at - 1]!.layer : String(at)) : '',
      ...(named && { tickRotate: -38 }),
    },
    y: {
      type: 'log',
      domain: [low, high],
      grid: true,
      label: 'relative L2',
      labelArrow: 'none',
      ticks: powersOfTen(low, high),
      tickFormat: (error: number) => briefError(error),
    },
    marks: [
      ...(grows === undefined
        ? []
        : [
            ruleX([grows.at], { stroke: 'var(--warn)', strokeDasharray: '3 3' }),
            text([grows], {
              x: 'at',
              frameAnchor: 'top',
              dy: -14,
              textAnchor: right ? 'end' : 'start',
              text: () => `grows at ${grows.layer}`,
              fill: 'var(--warn)',
              fontWeight: 600,
            }),
          ]),
      line(shown, { x: 'at', y: 'relativeL2', stroke: 'var(--bar)', strokeWidth: 2 }),
      dot(shown, {
        x: 'at',
        y: 'relativeL2',
        r: 3.5,
        fill: (layer: (typeof shown)[number]) =>
          layer.layer === growsAt ? 'var(--warn)' : 'var(--bar)',
      }),
    ],
  });
}

/** The powers of ten in a range; every second one in a wide range. */
function powersOfTen(low: number, high: number): readonly number[] {
  const [from, to] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const step = to - from > 5 ? 2 : 1;
  return Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, at) => 10 ** (from + at * step),
  );
}
