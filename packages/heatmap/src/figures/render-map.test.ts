import { tensor, type Recipe } from '@patternlens/core';
import { nodeRenderer } from '../node.js';
import type { Page } from '../pages/page.js';
import { recipeOfPng } from '../pictures/png.js';
import type { ExplainedMap } from './explained-map.js';
import { renderMap } from './render-map.js';

const recipe: Recipe = {
  method: 'pattern-attribution',
  parameters: {},
  group: 'attribution',
  start: 'value',
  backend: 'onnx:node',
  changes: [],
  patternSamples: 300,
};

const map: ExplainedMap = {
  relevance: tensor([1, -4, 0, 2], [1, 2, 2]),
  layout: 'channels-first',
  recipe,
  target: { target: 281, name: 'tabby cat', value: 14.3123 },
};

const textsOf = ({ marks }: Page): string[] =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text.replaceAll('\u00a0', ' ')] : []));
const rastersOf = ({ marks }: Page) =>
  marks.flatMap((mark) => (mark.kind === 'raster' ? [mark.picture] : []));

const render = async (
  changes: Partial<ExplainedMap> = {},
  options: Parameters<typeof renderMap>[2] = {},
) => renderMap(await nodeRenderer(), { ...map, ...changes }, options);

describe('renderMap', () => {
  it('tells method, target, scale and recipe', async () => {
    const texts = textsOf((await render({}, { quantile: 100 })).page);
    expect(texts.slice(0, 3)).toEqual([
      'PatternAttribution',
      'class 281 tabby cat · logit 14.31',
      'attribution',
    ]);
    expect(texts).toEqual(expect.arrayContaining(['−4.00', '0', '+4.00', 'logit']));
    expect(texts.slice(7).join(' ')).toBe(
      'PatternAttribution · class 281 tabby cat (logit 14.31) · start: value · sum over channels · |q| 100 · bwr · patterns fitted on 300 samples · onnx:node',
    );
  });

  it('tells what has to be known to read it, and calls a sum that is far from its start nothing', async () => {
    const warnings = [
      { code: 'sum-off-start', value: 1e6, text: 'It sums to a million.' },
      { code: 'conservation-loss', layer: 'fc', text: 'Layer "fc" gains.' },
    ] as const;
    const { page, png } = await render({ warnings }, { quantile: 100 });
    const texts = textsOf(page);
    expect(texts).toEqual(expect.arrayContaining(['It sums to a million.', 'Layer "fc" gains.']));
    expect(texts).not.toContain('logit');
    expect(recipeOfPng(png)).toMatchObject({ warnings });
  });

  it('names axes as they are, the input that it belongs to, and what else is to be known', async () => {
    const told = async (changes: Partial<ExplainedMap>): Promise<string> =>
      textsOf((await render(changes)).page).join(' ');
    const features = { relevance: tensor([1, -4, 2], [3]), axes: ['features'] };
    expect(await told({ ...features, inputName: 'mask' })).toMatch(
      /^PatternAttribution at input mask .* 0 features 2 /,
    );
    const signal = { relevance: tensor([1, 2, 3, 4, 5, 6], [2, 3]), axes: ['channels', 'time'] };
    expect(await told(signal)).toMatch(/attribution, rows are channels 0 to 1 0 time 2 /);
    const last = { ...signal, layout: 'channels-last', axes: ['time', 'channels'] } as const;
    expect(await told(last)).toMatch(/rows are channels 0 to 2 0 time 1 /);
    const axes = ['channels', 'slices', 'rows', 'columns'];
    expect(await told({ relevance: tensor([1, 2], [1, 2, 1, 1]), axes })).toContain(
      'slices 0 to 1, row by row',
    );
    const note = 'pixels 0..255 as they are; see --preprocess';
    expect(await told({ notes: [note] })).toContain(` · onnx:node · ${note}`);
    const plain = { relevance: tensor([1, 2, 3, 4], [2, 2]), layout: 'no-channels' } as const;
    expect(await told(plain)).not.toContain('channels');
  });

  it('names rules that stood before those of the method', async () => {
    const { page } = await render({ recipe: { ...recipe, rules: ['w-squared', 'lrp-gamma'] } });
    expect(textsOf(page).join(' ')).toContain(
      '· start: value · other rules: w-squared, lrp-gamma ·',
    );
  });

  it('names the quantile and the limit that it is scaled by', async () => {
    // Magnitudes 0, 1, 2, 4: rank 3 * 0.995 is 2 + 2 * 0.985.
    const texts = textsOf((await render()).page);
    expect(texts).toContain('+3.97');
    expect(texts.join(' ')).toContain('|q| 99.5');
  });

  it('draws every value as a square of its colour', async () => {
    const { page } = await render({}, { quantile: 100 });
    const [picture] = rastersOf(page);
    expect([picture!.width, picture!.height]).toEqual([320, 320]);
    const colourAt = (x: number, y: number): number[] => [
      ...picture!.data.slice((y * 320 + x) * 4, (y * 320 + x) * 4 + 3),
    ];
    expect(colourAt(0, 0)).toEqual([255, 193, 193]);
    expect(colourAt(319, 159)).toEqual([0, 0, 255]);
    expect(colourAt(0, 160)).toEqual([255, 255, 255]);
    expect(colourAt(319, 319)).toEqual([255, 129, 129]);
  });

  it('shows the input beside the map', async () => {
    const input = { values: tensor([0, 1, 2, 3], [1, 2, 2]) };
    const { page } = await render({ input });
    expect(textsOf(page)).toContain('input');
    const rasters = page.marks.filter((mark) => mark.kind === 'raster');
    expect(rasters.map(({ y }) => y).slice(0, 2)).toEqual([rasters[0]!.y, rasters[0]!.y]);
    expect(rasters[1]!.x).toBeGreaterThan(rasters[0]!.x + 320);
  });

  it('lays the map over the input', async () => {
    const input = { values: tensor([0, 1, 2, 3], [1, 2, 2]) };
    const texts = textsOf((await render({ input }, { view: 'overlay' })).page);
    expect(texts).toContain('attribution over the input');
    expect(texts.join(' ')).toContain('overlay 0.8');
  });

  it('shows signals in grey or colour, mid-grey being zero', async () => {
    const signal: Recipe = { ...recipe, method: 'pattern-net', group: 'signal' };
    const { page } = await render({ recipe: signal });
    expect(rastersOf(page)[0]!.data[0]).toBe(159);
    expect(textsOf(page).join(' ')).toContain('mid-grey is 0');
  });

  it('says that everything is zero', async () => {
    const { page } = await render({ relevance: tensor([0, 0, -0, 0], [1, 2, 2]) });
    expect(rastersOf(page)).toEqual([]);
    expect(textsOf(page)).toEqual(
      expect.arrayContaining(['all zero', 'Every value is exactly 0.']),
    );
  });

  it('says that channels cancel', async () => {
    const { page } = await render({ relevance: tensor([3, -3], [2, 1, 1]) });
    expect(textsOf(page).join(' ')).toContain('The channels of every pixel add up to exactly 0.');
  });

  it('says how much is not finite', async () => {
    const one = await render({ relevance: tensor([0, NaN, 1, 2], [1, 2, 2]) });
    expect(textsOf(one.page)).toEqual(
      expect.arrayContaining(['not finite', '1 of 4 values is not finite.']),
    );
    const sum = await render({ relevance: tensor([1.7e308, 1.7e308], [2, 1, 1]) });
    expect(textsOf(sum.page).join(' ')).toContain(
      'The values are finite, what their channels add up to is not.',
    );
  });

  it('tells the power of two', async () => {
    const texts = textsOf((await render({ exponent: -130 })).page);
    expect(texts).toContain('× 2⁻¹³⁰ logit');
    expect(texts.join(' ')).toContain('· × 2⁻¹³⁰ ·');
  });

  it('tells parameters, and the neuron that was explained', async () => {
    const texts = textsOf(
      (
        await render({
          recipe: { ...recipe, method: 'lrp-epsilon', parameters: { epsilon: 0.01 } },
          target: { target: { layer: 'conv1', channel: 3, position: [1, 2] }, value: 0.5 },
        })
      ).page,
    ).join(' ');
    expect(texts).toContain('LRP-epsilon (epsilon 0.01) · conv1/3 at (1, 2) (value 0.50)');
  });

  it('shows features in a row, with their indices, and a signal as a line', async () => {
    const features = tensor([1, -1, 2], [3]);
    const { page } = await render({ relevance: features, input: { values: features } });
    expect(textsOf(page)).toEqual(expect.arrayContaining(['0', 'index', '2']));
    const signal = tensor(
      Array.from({ length: 40 }, (_, at) => Math.sin(at)),
      [1, 40],
    );
    const line = await render({ relevance: signal, input: { values: signal } });
    expect(line.page.marks.filter(({ kind }) => kind === 'line')).toHaveLength(2);
  });

  it('admits that a long signal is shrunk', async () => {
    const { page } = await render({ relevance: tensor(new Float64Array(5000).fill(1), [5000]) });
    expect(textsOf(page).join(' ')).toContain('5000 points in 1024 columns, the largest of each');
  });

  it('carries its recipe in the PNG', async () => {
    const { png } = await render({ exponent: 3 }, { quantile: 100 });
    expect(recipeOfPng(png)).toMatchObject({
      format: 'patternlens-map',
      recipe,
      target: map.target,
      exponent: 3,
      look: { reduction: 'sum', colours: 'bwr', kind: 'heat' },
      scale: { limit: 4, quantile: 100, state: 'finite' },
    });
  });

  it('gives the same bytes twice, and larger ones when zoomed', async () => {
    const [a, b, zoomed] = [await render(), await render(), await render({}, { zoom: 2 })];
    expect(a.png).toEqual(b.png);
    expect(zoomed.picture.width).toBe(a.picture.width * 2);
    expect(textsOf(zoomed.page)).toEqual(textsOf(a.page));
  });

  it('refuses a batch', async () => {
    const batch = tensor(new Float32Array(12), [1, 3, 2, 2]);
    await expect(render({ relevance: batch })).rejects.toMatchObject({ code: 'invalid-shape' });
  });
});
