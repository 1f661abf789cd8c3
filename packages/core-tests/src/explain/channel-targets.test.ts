import {
  checkMethod,
  createExplainer,
  type Explanation,
  inspectNetwork,
  METHODS,
  type MethodChoice,
  type Network,
  resolveNetwork,
  type Shape,
  type Target,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer, valueChannels } from '@patternlens/core/network';
import { exampleOf } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };
const r = random(77);

const conv = (name: string, input: string, weights: Tensor): Layer =>
  layerOf(
    'convolution',
    name,
    input,
    { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 },
    { weights },
  );

const hidden = [
  conv('conv', 'image', r.normal([3, 2, 3, 3])),
  rectifierOf('relu', 'conv'),
  conv('scores', 'relu', r.normal([4, 3, 3, 3])),
];
const inputs = [{ name: 'image', shape: [N, 2, 3, 4] as Shape }];
const channelsFirst = createNetwork({ inputs, outputs: ['scores'], layers: hidden });
const channelsLast = createNetwork({
  inputs,
  outputs: ['last'],
  layers: [...hidden, layerOf('transpose', 'last', 'scores', { permutation: [0, 2, 3, 1] })],
});
const x = r.normal([2, 2, 3, 4]);
const POSITIONS = 12;

async function explain(network: Network, method: MethodChoice, target?: Target, start?: 'value') {
  await using explainer = await createExplainer(network, { backend, method, start });
  return await explainer.explain(x, { target });
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('a channel of the output', () => {
  test.each([
    ['channels first', channelsFirst, (channel: number, at: number) => channel * POSITIONS + at],
    ['channels last', channelsLast, (channel: number, at: number) => at * 4 + channel],
  ])('is the sum over its positions: %s', async (_name, network, index) => {
    const whole = await explain(network, 'gradient', { channel: 2 });
    const each: Explanation[] = [];
    for (let at = 0; at < POSITIONS; at++)
      each.push(await explain(network, 'gradient', index(2, at)));
    whole.relevance.data.forEach((value, place) => {
      expect(value).toBeCloseTo(sum(each.map(({ relevance }) => relevance.data[place]!)), 10);
    });
    whole.explained.forEach((value, sample) => {
      expect(value).toBeCloseTo(sum(each.map(({ explained }) => explained[sample]!)), 10);
    });
    expect(whole.starts).toEqual([1, 1]);
    expect(whole.targets).toEqual([{ channel: 2 }, { channel: 2 }]);
  });

  test('starts from the value of every position, so that LRP keeps their sum', async () => {
    const { sums, explained, starts } = await explain(channelsLast, 'lrp-0', { channel: 1 });
    sums.forEach((total, sample) => {
      expect(total / explained[sample]!).toBeCloseTo(1, 8);
    });
    expect(starts).toEqual(explained);
  });

  test('is one of those that are there', async () => {
    await expect(explain(channelsLast, 'gradient', { channel: 4 })).rejects.toThrow(
      'channel 4 is out of range. There are 4: 0 to 3.',
    );
    expect(() => {
      checkMethod(channelsFirst, { method: 'gradient', target: { channel: 4 } });
    }).toThrow('There are 4');
  });

  test.each(METHODS.filter(({ needsPatterns, driver }) => !needsPatterns && driver))(
    'is explained by drivers: $id',
    async (definition) => {
      const { explained } = await explain(channelsLast, 'gradient', { channel: 3 });
      const driven = await explain(channelsLast, exampleOf(definition), { channel: 3 });
      expect(driven.explained).toEqual(explained);
      expect(driven.targets[0]).toEqual({ channel: 3 });
    },
  );

  test('has no probability of its own', async () => {
    const method = { id: 'occlusion', score: 'probability' } as const;
    await expect(explain(channelsLast, method, { channel: 1 })).rejects.toThrow('Use score=logit.');
  });
});

test('a probability is over the classes of its position, wherever they stand', async () => {
  const method = { id: 'occlusion', score: 'probability', patch: 1, stride: 1 } as const;
  const [first, last] = [
    await explain(channelsFirst, method, 2 * POSITIONS + 7),
    await explain(channelsLast, method, 7 * 4 + 2),
  ];
  expect(Math.max(...first.relevance.data.map(Math.abs))).toBeGreaterThan(1e-6);
  last.relevance.data.forEach((value, at) => {
    expect(value).toBeCloseTo(first.relevance.data[at]!, 12);
  });
});

test('neurons of a layer whose channels are last: channel first, then the position', async () => {
  const steps = createNetwork({
    inputs: [{ name: 'x', shape: [N, 5, 3] }],
    outputs: ['td'],
    layers: [
      denseOf('td', 'x', [
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ],
  });
  expect(valueChannels(steps, 'td')).toBe(2);
  await using explainer = await createExplainer(steps, { backend, method: 'gradient' });
  const input = r.normal([1, 5, 3]);
  const target = { layer: 'td', channel: 1, position: [3] } as const;
  const { relevance, targets } = await explainer.explain(input, { target });
  expect([...relevance.data]).toEqual([...new Array<number>(9).fill(0), 4, 5, 6, 0, 0, 0]);
  expect(targets).toEqual([target]);
  const strongest = await explainer.explain(input, { target: { layer: 'td', channel: 0 } });
  const values = [0, 1, 2, 3, 4].map((step) =>
    sum([1, 2, 3].map((weight, at) => weight * input.data[3 * step + at]!)),
  );
  expect(strongest.explained[0]).toBeCloseTo(Math.max(...values), 10);
  expect(strongest.targets).toEqual([
    { layer: 'td', channel: 0, position: [values.indexOf(Math.max(...values))] },
  ]);
});

describe('an output by name', () => {
  test('a value inside, by its own name or its layer, is what is explained', async () => {
    const inside = resolveNetwork(channelsLast, { output: 'relu' });
    expect(inside.layers.map(({ name }) => name)).toEqual(['conv', 'relu']);
    const report = inspectNetwork(inside);
    expect(report.outputs).toEqual([
      { name: 'last', shape: [N, 3, 4, 4], explained: false },
      { name: 'relu', shape: [N, 3, 3, 4], explained: true },
    ]);
    const { recipe } = await explain(inside, 'gradient');
    expect(recipe.explainedOutput).toBe('relu');
  });

  test('one that is not there is refused with the nearest', () => {
    expect(() => resolveNetwork(channelsLast, { output: 'rellu' })).toThrow('Did you mean "relu"?');
  });
});
