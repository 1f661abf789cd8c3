import { METHODS, tensor, type Recipe, type Tensor } from '@patternlens/core';
import { filled, sizeOf } from '@patternlens/core/tensor';
import { nodeRenderer } from '../node.js';
import type { Mark, Page } from '../pages/page.js';
import type { PictureRenderer } from '../text/renderer.js';
import type { ExplainedMap } from './explained-map.js';
import { mapFigure } from './map-figure.js';
import type { Sheet } from './sheet.js';
import { sheetFigure } from './sheet-figure.js';

interface Area {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a text or a picture covers; lines and borders may touch anything. */
function areaOf(mark: Mark, renderer: PictureRenderer): readonly Area[] {
  if (mark.kind === 'raster') {
    const { x, y, picture } = mark;
    return [
      { what: 'raster', left: x, right: x + picture.width, top: y, bottom: y + picture.height },
    ];
  }
  if (mark.kind !== 'text') return [];
  const { x, y, text, size, bold = false, anchor = 'start' } = mark;
  const width = renderer.textWidth(text, size, bold);
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
  return [{ what: text, left, right: left + width, top: y - size * 0.76, bottom: y + size * 0.24 }];
}

function faultsOf(page: Page, renderer: PictureRenderer): readonly string[] {
  const areas = page.marks.flatMap((mark) => areaOf(mark, renderer));
  const outside = areas.filter(
    ({ left, right, top, bottom }) =>
      left < 10 || top < 10 || right > page.width - 10 || bottom > page.height - 10,
  );
  const overlaps = areas.flatMap((a, at) =>
    areas
      .slice(at + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.what} | ${b.what}`),
  );
  return [...outside.map(({ what }) => `outside: ${what}`), ...overlaps];
}

const names = [
  'cat',
  'American Staffordshire terrier, Staffordshire terrier, American pit bull terrier, pit bull terrier',
  'Pneumonoultramicroscopicsilicovolcanoconiosis_and_more_of_that_without_any_space',
  '黒猫 and العربية',
];

const values = Array.from({ length: 3 * 100 * 100 }, (_, at) => Math.sin(at));
const ramp = (shape: readonly number[]): Tensor =>
  tensor(values.slice(0, sizeOf(shape) as number), shape);
const zeros = (shape: readonly number[]): Tensor => filled(shape, 0);

const recipes = METHODS.map(({ id, group, start }): Recipe => ({
  method: id,
  group,
  start,
  parameters: { estimator: 'two-component', regimes: 'positive' },
  backend: 'onnx:webgpu',
  changes: [],
  patternSamples: 1_000_000,
}));
const shapes = [[3, 16, 16], [3, 100, 100], [1, 5, 60], [12], [1, 187], [9, 40], [5000], [3, 2, 1]];

describe('a map as a figure', () => {
  it.each(shapes.map((shape) => [shape]))('of %j has its text in place', async (shape) => {
    const renderer = await nodeRenderer();
    for (const [at, name] of names.entries()) {
      const relevance = at === 0 ? zeros(shape) : ramp(shape);
      const map: ExplainedMap = {
        relevance,
        layout: 'channels-first',
        recipe: recipes[at]!,
        target: { target: 123456, name, value: -1e-9 },
        exponent: -1000,
        ...(at === 1 ? {} : { input: { values: ramp(shape) } }),
      };
      const { page } = mapFigure(renderer, map, {});
      expect(faultsOf(page, renderer)).toEqual([]);
    }
  });
});

describe('a sheet', () => {
  it.each(shapes.flatMap((shape) => [2, 10].map((count) => [shape, count] as const)))(
    'of %j by %d methods has its text in place',
    async (shape, count) => {
      const renderer = await nodeRenderer();
      const sheet: Sheet = {
        title: names.join(', '),
        layout: 'channels-first',
        methods: recipes.slice(-count).map((recipe, at) => ({
          recipe,
          ...(at === 0 ? { name: names[2] } : {}),
        })),
        truth: [{ name: 'true signal and its distractor', kind: 'signal' }],
        rows: names.map((name, row) => ({
          input: { values: ramp(shape) },
          target: { target: row, name, value: 1e9 },
          trueName: names[3 - row],
          maps: recipes.slice(-count).map((_, at) => ({
            relevance: at === row ? zeros(shape) : ramp(shape),
            exponent: at === 2 ? -1000 : 0,
            note: 'localisation 0.61 and rank 0.4',
          })),
          truth: [ramp(shape)],
        })),
      };
      const { page } = sheetFigure(renderer, sheet, {});
      expect(faultsOf(page, renderer)).toEqual([]);
    },
  );
});
