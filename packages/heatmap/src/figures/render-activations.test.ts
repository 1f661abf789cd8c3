import { tensor, type Recipe } from '@patternlens/core';
import { nodeRenderer } from '../node.js';
import { pageToSvg } from '../pages/page-to-svg.js';
import { cropPicture } from '../pictures/crop-picture.js';
import { createPicture } from '../pictures/picture.js';
import { renderActivations } from './render-activations.js';
import { renderOcclusion } from './render-occlusion.js';

const recipe: Recipe = {
  method: 'deconvnet',
  parameters: {},
  group: 'signal',
  start: 'one',
  backend: 'reference',
  changes: [],
};
const values = (at: number): number => (at * 7) % 11;
const image = (zero = false) =>
  tensor(
    Float64Array.from({ length: 36 }, (_, at) => (zero ? 0 : values(at))),
    [1, 6, 6],
  );

test('a picture is cropped to a box of pixels', () => {
  const picture = createPicture(4, 3, (data, offset, at) => data.fill(at, offset, offset + 3));
  const { width, height, data } = cropPicture(picture, { left: 1, top: 1, width: 2, height: 2 });
  expect([width, height]).toEqual([2, 2]);
  expect([...data].filter((_, at) => at % 4 === 0)).toEqual([5, 6, 9, 10]);
});

test('feature maps show the receptive field of each activation at one scale', async () => {
  const field = (row: number, to: number) => [
    { from: 0, to: 1 },
    { from: row, to },
    { from: 2, to: 5 },
  ];
  const patch = (area: ReturnType<typeof field>, zero = false) => ({
    relevance: image(zero),
    input: { values: image() },
    field: area,
  });
  const renderer = await nodeRenderer();
  const { page, picture } = renderActivations(renderer, {
    title: 'Title',
    caption: 'Caption',
    layer: 'conv2',
    layout: 'channels-first',
    recipe,
    top: 4,
    groups: [
      { channel: 3, note: 'values', patches: [patch(field(1, 4)), patch(field(0, 2))] },
      { channel: 8, note: 'none', patches: [patch(field(1, 4), true)] },
    ],
  });
  expect(picture.width).toBe(page.width);
  // Two patches of the first map and one of the second, each as projection and input: rows of 3 and 2 pixels enlarged alike.
  const rasters = page.marks.flatMap((mark) => (mark.kind === 'raster' ? [mark.picture] : []));
  const sizes = rasters.slice(0, 6).map(({ width, height }) => `${width}x${height}`);
  expect(sizes).toEqual(['72x72', '72x48', '72x72', '72x48', '72x72', '72x72']);
  const svg = pageToSvg(page, renderer.family);
  for (const text of ['Feature map 3', 'Feature map 8', 'zero everywhere', 'DeConvNet'])
    expect(svg).toContain(text);
});

test('occlusion names the classes that are seen, by colour, most frequent first', async () => {
  const renderer = await nodeRenderer();
  const plane = (values: readonly number[]) => ({
    values: Float64Array.from(values),
    width: 2,
    height: 2,
  });
  const { page } = renderOcclusion(renderer, {
    title: 'Title',
    caption: 'Caption',
    layout: 'channels-first',
    input: { values: image() },
    layer: 'conv2',
    channel: 5,
    activation: plane([1, 2, 3, 4]),
    projection: { relevance: image(), recipe },
    probability: plane([0.5, 0.5, 0.5, 0.5]),
    className: 'cat',
    classes: plane([7, 2, 2, 2]),
    nameOf: (index) => `name ${index}`,
  });
  const texts = page.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
  const names = texts.filter((text) => text.startsWith('name '));
  expect(names).toEqual(['name 2 (75 %)', 'name 7 (25 %)']);
  expect(texts).toContain('0.500 everywhere');
  expect(texts).toEqual(expect.arrayContaining(['1.00', '4.00']));
});
