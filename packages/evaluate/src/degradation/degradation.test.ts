import { tensor } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
  linearClassifier,
} from '../testing/tiny-networks.js';
import { trapezoid } from '../statistics/trapezoid.js';
import { degradation, measureDegradation } from './degradation.js';
import { degradedInput } from './degraded-input.js';
import { patchGrid } from './patch-grid.js';

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

describe('a linear model, whose curve is known', () => {
  // 3x4 pixels in patches of 2: one row is left over at the bottom, and dropped.
  const weights = [
    [3, 1, 0, 0, 1, 0, 2, 2, 5, 5, 5, 5],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  const network = linearClassifier(3, 4, weights);
  const x = tensor(
    [
      [1, 0, 2, 0, 0, 1, 0, 1, 0, 0, 0, 0],
      [0, 0, 4, 0, 0, 0, 0, 2, 0, 0, 0, 0.1],
    ].flat(),
    [2, 1, 3, 4],
  );
  // Left patch: pixels 0, 1, 4, 5; right patch: 2, 3, 6, 7. Two logits, the second 0: the softmax is a sigmoid.
  // Sample 0: left x w = 3, right 2. Means: left 1/2, right 3/4. Logits: 5; left at its mean 5/2 + 2; both 5/2 + 3.
  // Sample 1: left 0, right 4. Means: left 0, right 3/2. Logits with 1/2 from below: 4.5; right at its mean 6.5; both the same.
  const curves = [[5, 5 / 2 + 2, 5 / 2 + 3].map(sigmoid), [4.5, 6.5, 6.5].map(sigmoid)];

  test('is that curve', async () => {
    const measured = await measureDegradation(contextOf(network, x), { patch: 2, leastEvery: 1 });
    expect(measured).toMatchObject({ grid: [1, 2], offset: [0, 0], steps: 2, score: 'softmax' });
    const summary = measured.methods.get('input-x-gradient')!;
    summary.perSample.forEach(({ curve }, at) => {
      curve.forEach((score, step) => {
        expect(score).toBeCloseTo(curves[at]![step]!, 12);
      });
    });
    summary.curve.forEach((mean, step) => {
      expect(mean).toBeCloseTo((curves[0]![step]! + curves[1]![step]!) / 2, 12);
    });
    const drops = curves.map(([a, b, c]) => (0 + (a! - b!) + (a! - c!)) / 3);
    expect(summary.aopc.mean).toBeCloseTo((drops[0]! + drops[1]!) / 2, 12);
    expect(summary.perSample[1]!.area).toBeCloseTo(trapezoid(curves[1]!), 12);
    // Least relevant first: right of sample 0 (5, then 3 + 3), left of sample 1 (no change).
    const least = [[5, 6, 5.5].map(sigmoid), [4.5, 4.5, 6.5].map(sigmoid)];
    least.forEach((curve, at) => {
      const gap = (step: number): number => curve[step]! - curves[at]![step]!;
      expect(summary.perSample[at]!.abpc).toBeCloseTo((gap(0) / 2 + gap(1) + gap(2) / 2) / 2, 12);
    });
  });

  test('is made of the inputs that are given out', async () => {
    const { orders, methods } = await measureDegradation(contextOf(network, x), { patch: 2 });
    const axes = { batch: 0, channels: 1, spatial: [2, 3], names: [] };
    for (const sample of [0, 1]) {
      const input = tensor(x.data.slice(sample * 12, sample * 12 + 12), [1, 1, 3, 4]);
      const order = orders.get('input-x-gradient')![sample]!;
      methods.get('input-x-gradient')!.perSample[sample]!.curve.forEach((score, step) => {
        const { data, shape } = degradedInput(input, axes, { order, step, patch: 2 });
        const logit = weights[0]!.reduce((sum, weight, at) => sum + weight * data[at]!, 0);
        expect(sigmoid(logit)).toBeCloseTo(score, 12);
        expect(shape).toEqual(input.shape);
      });
      const given = { order, step: 3, patch: 2 };
      expect(() => degradedInput(input, axes, given)).toThrow('there is no patch number undefined');
    }
  });

  test('a random order is one of the orders that there are, and many average to all of them', async () => {
    const once = await measureDegradation(contextOf(network, x), { patch: 2, leastEvery: 0 });
    const first = once.random.perSample[0]!.curve[1]!;
    expect([4.5, 6].map(sigmoid).some((score) => Math.abs(score - first) < 1e-12)).toBe(true);
    const often = await measureDegradation(contextOf(network, x), {
      patch: 2,
      leastEvery: 0,
      randomOrders: 400,
    });
    expect(often.random.perSample[0]!.curve[1]).toBeCloseTo((sigmoid(4.5) + sigmoid(6)) / 2, 3);
    expect(often.random.perSample[0]!.curve[2]).toBeCloseTo(sigmoid(5.5), 12);
  });

  test('with zeros instead of means', async () => {
    const { methods } = await measureDegradation(contextOf(network, x), {
      patch: 2,
      fill: 'zero',
      leastEvery: 0,
    });
    const { curve } = methods.get('input-x-gradient')!.perSample[0]!;
    [5, 2, 0].forEach((logit, step) => {
      expect(curve[step]).toBeCloseTo(sigmoid(logit), 12);
    });
  });
});

describe('any network', () => {
  const network = convolutionNetwork(3, 'softmax');
  const x = drawnTensor(4, [7, 2, 6, 6]);
  const methods: MetricContext['methods'] = [
    'gradient',
    'pattern-attribution',
    { id: 'pattern-attribution', estimator: 'linear' },
  ];
  const measure = async (batch: number) =>
    degradation.measure(
      contextOf(network, x, { batch, methods, patterns: await fittedPatterns(network, 5) }),
      { patch: 2, leastEvery: 3 },
    );

  test('the same in batches of any size, and again', async () => {
    const [one, three, again] = await Promise.all([measure(1), measure(3), measure(3)]);
    expect(one.json).toEqual(three.json);
    expect(again).toEqual(three);
  });

  test('has tables, charts and paired differences', async () => {
    const { json, tables, charts } = await measure(16);
    expect(json).toMatchObject({ grid: [3, 3], patch: 2, fill: 'mean', steps: 9 });
    expect(json).toHaveProperty('leastSteps', [0, 3, 6, 9]);
    const linear = 'pattern-attribution:estimator=linear';
    expect(tables.map(({ rows }) => rows.map(([name]) => name))).toEqual([
      ['gradient', 'pattern-attribution', linear, 'random'],
      ['gradient', 'gradient', 'pattern-attribution'],
    ]);
    expect(charts.map(({ id }) => id)).toEqual(['degradation', 'degradation-least-first']);
    expect(charts[0]!.series.at(-1)).toMatchObject({ name: 'random', baseline: true });
    for (const { rows, columns } of tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

describe('what goes wrong', () => {
  const network = convolutionNetwork(3);
  const x = drawnTensor(4, [3, 2, 6, 6]);

  test('a patch that is larger than the image', async () => {
    await expect(measureDegradation(contextOf(network, x))).rejects.toMatchObject({
      code: 'invalid-argument',
      message:
        '[evaluate] degradation: a patch of 9 is larger than the input (6 x 6). Take a smaller one: degradation:patch=1.',
    });
  });

  test('one sample', async () => {
    await expect(
      measureDegradation(contextOf(network, drawnTensor(4, [1, 2, 6, 6])), { patch: 2 }),
    ).rejects.toMatchObject({
      code: 'empty-data',
      message: '[evaluate] degradation: there is 1 sample, it needs 2 or more.',
    });
  });

  test('a method that fails is named, the others are measured', async () => {
    const { methods, warnings } = await measureDegradation(
      contextOf(network, x, { methods: ['pattern-attribution', 'gradient'] }),
      { patch: 2 },
    );
    expect([...methods.keys()]).toEqual(['gradient']);
    expect(warnings[0]).toMatch(/^pattern-attribution could not be measured: .*it needs patterns/);
  });

  test('no method that could be measured, or none at all', async () => {
    await expect(
      measureDegradation(contextOf(network, x, { methods: ['pattern-net'] }), { patch: 2 }),
    ).rejects.toMatchObject({ code: 'missing-pattern' });
    await expect(
      measureDegradation(contextOf(network, x, { methods: [] }), { patch: 2 }),
    ).rejects.toThrow('it measures methods, and none was given');
  });

  test('cancelled', async () => {
    const signal = { aborted: false };
    const onProgress = ({ done }: { done: number }): void => {
      if (done > 5) signal.aborted = true;
    };
    await expect(
      measureDegradation(contextOf(network, x, { signal, onProgress }), { patch: 2 }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a parameter that is misspelt', async () => {
    await expect(degradation.measure(contextOf(network, x), { pach: 3 })).rejects.toThrow(
      'Did you mean "patch"?',
    );
  });

  test('maps of zeros are told', async () => {
    const zeros = { ...x, data: new Float64Array(x.data.length) };
    const { warnings } = await measureDegradation(contextOf(network, zeros), { patch: 2 });
    expect(warnings).toEqual([
      'input-x-gradient: 3 of 3 maps are zero everywhere; their patches went from the top left to the bottom right.',
    ]);
  });
});

test('what is left over is dropped alike on both sides', () => {
  const { grid, offset, places } = patchGrid('degradation', [5, 7], 2);
  expect({ grid, offset }).toEqual({ grid: [2, 3], offset: [0, 0] });
  expect(Array.from(places[0]!)).toEqual([0, 1, 7, 8]);
  const wide = patchGrid('degradation', [227, 227], 9);
  expect({ grid: wide.grid, offset: wide.offset }).toEqual({ grid: [25, 25], offset: [1, 1] });
  expect(wide.places[0]![0]).toBe(228);
  expect(patchGrid('degradation', [7], 3).places.map((patch) => Array.from(patch))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
});
