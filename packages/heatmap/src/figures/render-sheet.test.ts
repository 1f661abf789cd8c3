import { METHODS, tensor, type Recipe, type Tensor } from '@patternlens/core';
import { uniforms } from '@patternlens/core/tensor';
import { methodName } from '../methods/method-names.js';
import { nodeRenderer } from '../node.js';
import type { Page } from '../pages/page.js';
import { recipeOfPng } from '../pictures/png.js';
import { renderSheet } from './render-sheet.js';
import type { Sheet, SheetRow } from './sheet.js';

const draw = uniforms(1);
const image = (channels = 3): Tensor =>
  tensor(
    Array.from({ length: channels * 16 }, () => draw() - 0.4),
    [channels, 4, 4],
  );
const zeros = tensor(new Float64Array(48), [3, 4, 4]);

const recipes = METHODS.map(({ id, group, start }): Recipe => ({
  method: id,
  group,
  start,
  parameters: id === 'lrp-epsilon' ? { epsilon: 0.01 } : {},
  backend: 'reference',
  changes: [],
  ...(id.startsWith('pattern') ? { patternSamples: 8 } : {}),
}));
const methods = recipes.map((recipe) => ({ recipe }));

const rowOf = (changes: Partial<SheetRow> = {}): SheetRow => ({
  input: { values: image() },
  target: { target: 1, name: 'ring', value: 2.5 },
  maps: methods.map(() => ({ relevance: image() })),
  ...changes,
});
const sheet: Sheet = { layout: 'channels-first', methods, rows: [rowOf(), rowOf()] };

const textsOf = ({ marks }: Page): string[] =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text.replaceAll('\u00a0', ' ')] : []));
const rastersOf = ({ marks }: Page) =>
  marks.flatMap((mark) => (mark.kind === 'raster' ? [mark] : []));

const render = async (
  changes: Partial<Sheet> = {},
  options: Parameters<typeof renderSheet>[2] = {},
) => renderSheet(await nodeRenderer(), { ...sheet, ...changes }, options);

describe('renderSheet', () => {
  it('groups columns under headings, in order', async () => {
    const shuffled = [...methods].reverse();
    const { page } = await render({ methods: shuffled });
    const at = (text: string): number => {
      const mark = page.marks.find((other) => other.kind === 'text' && other.text === text);
      return mark?.kind === 'text' ? mark.x : NaN;
    };
    const order = ['Input', 'Gradient', 'PatternNet', 'DeConvNet', 'PatternAttribution', 'LRP-0'];
    const places = order.map(at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // A heading stands over the middle of its group's columns.
    const middle = (group: string): number => {
      const columns = METHODS.filter((method) => method.group === group);
      const places = columns.map(({ id }) => at(methodName(id)));
      return (Math.min(...places) + Math.max(...places)) / 2;
    };
    expect(at('Function')).toBe(middle('function'));
    expect(at('Signal')).toBe(middle('signal'));
    expect(textsOf(page)[0]).toContain('Compare within a group');
  });

  it('needs no such advice for a single group', async () => {
    const only = methods.slice(-2);
    const rows = [rowOf({ maps: only.map(() => ({ relevance: image() })) })];
    expect(textsOf((await render({ methods: only, rows })).page).join(' ')).not.toContain(
      'Compare',
    );
  });

  it('lines up rows and columns', async () => {
    const rasters = rastersOf((await render()).page).slice(0, 2 * (methods.length + 1));
    expect(new Set(rasters.map(({ y }) => y)).size).toBe(2);
    expect(new Set(rasters.map(({ x }) => x)).size).toBe(methods.length + 1);
    expect(new Set(rasters.map(({ picture }) => picture.width))).toEqual(new Set([120]));
  });

  it('labels rows with class, score and truth', async () => {
    const rows = [rowOf({ trueName: 'disk' }), rowOf({ target: { target: 4 } })];
    const texts = textsOf((await render({ rows })).page);
    expect(texts).toEqual(
      expect.arrayContaining(['ring', 'class 1 · logit 2.50', 'true: disk', 'class 4']),
    );
  });

  it('tells shared facts once and others by method', async () => {
    const facts = textsOf((await render()).page)
      .slice(-3)
      .join(' ');
    const fromOne = METHODS.filter(({ start }) => start === 'one').map(({ id }) => methodName(id));
    expect(facts).toContain(`start: 1 (${fromOne.join(', ')})`);
    expect(facts).toContain('epsilon 0.01 (LRP-epsilon)');
    expect(facts).toContain('patterns fitted on 8 samples (PatternNet, PatternAttribution)');
    expect(facts.match(/reference/g)).toHaveLength(1);
  });

  it('explains its colours', async () => {
    const texts = textsOf((await render()).page);
    expect(texts.filter((text) => text === '−m')).toHaveLength(2);
    expect(texts).toEqual(
      expect.arrayContaining([
        'heat maps · sum over channels · m is the 99.5 % quantile of magnitudes in each map · bwr',
        'signals in the colours of the input: mid-grey is 0 · m is the largest magnitude in each map',
      ]),
    );
  });

  it('shows what is known about the samples', async () => {
    const truth = [
      { name: 'true signal', kind: 'signal' },
      { name: 'mask', kind: 'image' },
    ] as const;
    const mask = tensor(
      Array.from({ length: 16 }, (_, at) => at % 2),
      [1, 4, 4],
    );
    const { page } = await render({ truth, rows: [rowOf({ truth: [zeros, mask] })] });
    expect(textsOf(page)).toEqual(
      expect.arrayContaining(['Truth', 'true signal', 'mask', 'all zero']),
    );
    const shown = rastersOf(page)[methods.length + 1]!.picture;
    expect([shown.data[0], shown.data[30 * 4]]).toEqual([0, 255]);
  });

  it('writes notes and powers of two beneath maps', async () => {
    const maps = methods.map((_, at) => ({
      relevance: image(),
      note: `AUC 0.${at}`,
      exponent: at === 3 ? 86 : 0,
    }));
    const texts = textsOf((await render({ rows: [rowOf({ maps })] })).page);
    expect(texts).toContain('AUC 0.2');
    expect(texts.join(' ')).toContain('AUC 0.3 · values × 2⁸⁶');
  });

  it('marks maps that something is told of, and tells it at the foot', async () => {
    const told = [{ code: 'incomplete', value: 0.2, text: 'It misses 20 %.' }] as const;
    const maps = methods.map((_, at) => ({
      relevance: image(),
      note: `AUC 0.${at}`,
      warnings: at === 2 ? told : [],
    }));
    const texts = textsOf((await render({ rows: [rowOf({ maps }), rowOf()] })).page);
    expect(texts).toContain('AUC 0.2 · *');
    expect(texts).toContain('AUC 0.1');
    const name = methodName(methods[2]!.recipe.method);
    expect(texts).toContain(`* ${name}, 1 of 2 samples: It misses 20 %.`);
  });

  it('tells parameters apart where a method stands there twice', async () => {
    const twice = [0.1, 0.01].map((epsilon) => ({
      recipe: { ...recipes[6]!, method: 'lrp-epsilon', parameters: { epsilon } },
    }));
    const rows = [rowOf({ maps: twice.map(() => ({ relevance: image() })) })];
    const texts = textsOf((await render({ methods: twice, rows })).page).join(' ');
    expect(texts).toContain('(epsilon 0.1)');
    expect(texts).toContain('(epsilon 0.01)');
  });

  it('says so where a map has nothing to show', async () => {
    const maps = methods.map((_, at) => ({ relevance: at === 1 ? zeros : image() }));
    const { page } = await render({ rows: [rowOf({ maps }), rowOf()] });
    expect(textsOf(page).filter((text) => text === 'all zero')).toHaveLength(1);
  });

  describe('with a scale for each method', () => {
    const only = [{ recipe: recipes.find(({ method }) => method === 'pattern-attribution')! }];
    const flat = (value: number): Tensor => tensor(new Float64Array(48).fill(value), [3, 4, 4]);
    const red = { relevance: flat(4 / 3) };
    const rowsOf = (...maps: readonly (typeof red & { readonly exponent?: number })[]) =>
      maps.map((map) => rowOf({ maps: [map] }));
    const mapColours = (page: Page): number[][] =>
      rastersOf(page)
        .slice(0, -1)
        .filter((_, at) => at % 2 === 1)
        .map(({ picture }) => [...picture.data.slice(0, 3)]);

    it('compares rows', async () => {
      const rows = rowsOf(red, { relevance: flat(-2 / 3) });
      const { page } = await render({ methods: only, rows }, { scope: 'method', quantile: 100 });
      expect(mapColours(page)).toEqual([
        [255, 0, 0],
        [128, 128, 255],
      ]);
      expect(textsOf(page)).toContain('m = 4.00');
    });

    it('puts different powers of two on one scale', async () => {
      const rows = rowsOf({ ...red, exponent: 7 }, { ...red, exponent: 8 });
      const { page } = await render({ methods: only, rows }, { scope: 'method', quantile: 100 });
      expect(mapColours(page)).toEqual([
        [255, 129, 129],
        [255, 0, 0],
      ]);
      expect(textsOf(page)).toContain('m = 4.00 × 2⁸');
    });

    it('shows what is smaller by far as nothing, without calling it zero', async () => {
      const rows = rowsOf({ ...red, exponent: -1500 }, { ...red, exponent: 0 });
      const { page } = await render({ methods: only, rows }, { scope: 'method', quantile: 100 });
      expect(mapColours(page)).toEqual([
        [255, 255, 255],
        [255, 0, 0],
      ]);
      expect(textsOf(page)).not.toContain('all zero');
    });

    it('is not spoilt by a map without one', async () => {
      const rows = rowsOf(red, { relevance: flat(0) }, { relevance: flat(NaN) });
      const { page } = await render({ methods: only, rows }, { scope: 'method', quantile: 100 });
      expect(textsOf(page)).toEqual(expect.arrayContaining(['all zero', 'not finite', 'm = 4.00']));
      expect(rastersOf(page)[1]!.picture.data.slice(0, 3)).toEqual(Uint8ClampedArray.of(255, 0, 0));
    });
  });

  it('carries its recipe in the PNG, and gives the same bytes twice', async () => {
    const { png } = await render({ title: 'Äpfel und 猫' });
    expect((await render({ title: 'Äpfel und 猫' })).png).toEqual(png);
    expect(recipeOfPng(png)).toMatchObject({
      format: 'patternlens-sheet',
      title: 'Äpfel und 猫',
      scope: 'map',
      methods: JSON.parse(JSON.stringify(methods)) as unknown,
      rows: [{ target: { target: 1, name: 'ring' } }, {}],
    });
  });

  it.each([
    ['no rows', { rows: [] }, {}],
    ['no methods', { methods: [] }, {}],
    ['a map too few', { rows: [rowOf({ maps: rowOf().maps.slice(1) })] }, {}],
    ['a truth without a column', { rows: [rowOf({ truth: [zeros] })] }, {}],
    ['cells of no size', {}, { cellSize: 0 }],
  ] as const)('refuses %s', async (_, changes, options) => {
    await expect(render(changes, options)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
