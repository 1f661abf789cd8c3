import { COLOUR_MAPS, heatToRgb, scaleOf, type Scale } from '@patternlens/heatmap';
import { element, errorText, linkedCursor, type Reading, valueText } from '@patternlens/page';
import type { WorstSample } from '../report/benchmark-report.js';
import { differenceOf, pixelsOf, valuesOf } from './map-values.js';

interface Tile {
  readonly title: string;
  readonly canvas: HTMLCanvasElement;
  readonly below: HTMLElement;
}

/** The worst sample: its input, both heat maps on one scale, and what they differ by. */
export function mapsView(worst: WorstSample, backend: string): HTMLElement {
  const { height, width } = worst.reference;
  const [reference, actual] = [valuesOf(worst.reference), valuesOf(worst.own)];
  const difference = differenceOf(reference, actual);
  const scale = scaleOf(reference);
  const whole: Scale = {
    limit: difference.largest,
    quantile: 100,
    state: difference.factor === undefined ? 'zero' : 'finite',
  };
  const paint = (values: Float32Array | Float64Array, by: Scale, label: string) => {
    const plane = { values: Float64Array.from(values), height, width, strip: height === 1 };
    return canvasOf(heatToRgb(plane, by, COLOUR_MAPS.bwr), label);
  };

  const tiles: Tile[] = [
    {
      title: 'Reference, float64',
      canvas: paint(reference, scale, `Heat map of the reference: ${worst.sample}`),
      below: bar(scale),
    },
    {
      title: backend,
      canvas: paint(actual, scale, `Heat map of ${backend}: ${worst.sample}`),
      below: bar(scale),
    },
    {
      title:
        difference.factor === undefined
          ? 'Difference'
          : `Difference × ${valueText(difference.factor)}`,
      canvas: paint(
        difference.values,
        whole,
        `Difference of the two maps, ${differenceText(difference)}`,
      ),
      below: differenceBar(difference),
    },
  ];
  if (worst.input !== undefined) {
    tiles.unshift({
      title: 'Input',
      canvas: inputCanvas(worst.input, worst.sample),
      below: element('p', { class: 'map-note' }, worst.sample),
    });
  }
  const read = (at: number): Reading => ({
    reference: valueText(reference[at]!),
    actual: valueText(actual[at]!),
    difference: valueText(difference.values[at]!),
  });
  return linkedCursor({ tiles: tiles.map(figure), height, width, backend, read });
}

function figure({ title, canvas, below }: Tile): HTMLElement {
  const stage = element('div', { class: 'map-stage' }, canvas);
  return element('figure', { class: 'map' }, element('figcaption', {}, title), stage, below);
}

function canvasOf(
  picture: { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> },
  label: string,
): HTMLCanvasElement {
  const { width, height, data } = picture;
  const canvas = element('canvas', { width, height, role: 'img', 'aria-label': label });
  canvas.style.aspectRatio = `${width} / ${Math.max(height, Math.ceil(width / 12))}`;
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}

function inputCanvas(input: NonNullable<WorstSample['input']>, name: string): HTMLCanvasElement {
  const { height, width } = input;
  const pixels = pixelsOf(input);
  const data = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let at = 0; at < height * width; at++) data.set(pixels.subarray(at * 3, at * 3 + 3), at * 4);
  return canvasOf({ height, width, data }, `Input: ${name}`);
}

/** A colour bar labelled -m, 0, +m. */
function bar({ limit, state, quantile }: Scale): HTMLElement {
  if (state === 'zero') return element('p', { class: 'map-note' }, 'All zero.');
  if (state === 'not-finite') return element('p', { class: 'map-note' }, 'Not finite.');
  return colourBar(
    [`−${valueText(limit)}`, '0', `+${valueText(limit)}`],
    quantile === 100
      ? 'm is the largest magnitude'
      : `m is the ${quantile} % quantile of the reference`,
  );
}

function differenceBar(difference: ReturnType<typeof differenceOf>): HTMLElement {
  if (difference.factor === undefined) {
    return element('p', { class: 'map-note' }, differenceText(difference));
  }
  return colourBar(['−1', '0', '+1'], differenceText(difference));
}

const differenceText = ({ largest, factor }: ReturnType<typeof differenceOf>): string =>
  factor !== undefined
    ? `largest ${errorText(largest)}`
    : Number.isFinite(largest)
      ? 'no difference at all'
      : 'not finite';

function colourBar(labels: readonly string[], note: string): HTMLElement {
  return element(
    'div',
    { class: 'colour-bar' },
    element('div', { class: 'colour-bar-colours', 'aria-hidden': 'true' }),
    element(
      'div',
      { class: 'colour-bar-labels' },
      labels.map((label) => element('span', {}, label)),
    ),
    element('p', { class: 'map-note' }, note),
  );
}
