import {
  chooseMethod,
  createExplainer,
  inspectNetwork,
  tensor,
  traceMethod,
  type MethodChoice,
  type Network,
  type Shape,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { kinds, lrpZBox } from '@patternlens/core/rules';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const r = random(71);
const kernel = r.normal([4, 3, 3, 3]);
const rows = Array.from({ length: 2 }, () => Array.from(r.normal([4 * 4 * 5]).data));

const convolution = (input: string, pads: number): Layer =>
  layerOf(
    'convolution',
    'conv',
    input,
    {
      strides: [1, 1],
      dilations: [1, 1],
      padsBegin: [pads, pads],
      padsEnd: [pads, pads],
      groups: 1,
    },
    { weights: kernel, bias: r.normal([4, 1, 1]) },
  );

const finish: readonly Layer[] = [
  rectifierOf('relu', 'conv'),
  layerOf('reshape', 'flat', 'relu', { shape: [N, 80] }),
  denseOf('y', 'flat', rows),
];

const network = (shape: Shape, layers: readonly Layer[]): Network =>
  createNetwork({ inputs: [{ name: 'image', shape }], outputs: ['y'], layers });

const CHANNELS_FIRST: Shape = [N, 3, 4, 5];
const conv = convolution('image', 1);
const padded = network(CHANNELS_FIRST, [conv, ...finish]);
const x = r.normal([2, 3, 4, 5]);
const low = [-4, -5, -6],
  high = [4, 5, 3.5];
const box: MethodChoice = { id: 'lrp-z-box', low, high };

const backend = referenceBackend();
const relevanceOf = async (net: Network, input = x, method: MethodChoice = box) => {
  await using explainer = await createExplainer(net, { backend, method });
  return (await explainer.explain(input, { target: 1 })).relevanceByInput['image']!;
};

describe('the box rule', () => {
  test('takes bounds by channel, as one number for each where they are the same', async () => {
    const three = await relevanceOf(
      padded,
      x,
      chooseMethod('lrp-z-box', { low: [-4, -4, -4], high: '4/4/4' }),
    );
    const one = await relevanceOf(padded, x, { id: 'lrp-z-box', low: -4, high: 4 });
    expect(relativeDifference(three.data, one.data)).toBeLessThan(1e-14);
    expect(relativeDifference((await relevanceOf(padded)).data, one.data)).toBeGreaterThan(0.01);
  });

  test('takes a layer that pads as padding: bounds are not beyond the image', async () => {
    const apart = network(CHANNELS_FIRST, [
      layerOf('pad', 'pad', 'image', { begin: [0, 0, 1, 1], end: [0, 0, 1, 1], value: 0 }),
      { ...conv, ...convolution('pad', 0), parameters: conv.parameters },
      ...finish,
    ]);
    // As it stands, and with the padding merged into the convolution by canonizing.
    const rule = [[kinds('convolution'), lrpZBox({ low, high })]] as const;
    expect(() => traceMethod(apart, { method: 'lrp-0', composite: rule })).not.toThrow();
    expect(
      relativeDifference((await relevanceOf(apart)).data, (await relevanceOf(padded)).data),
    ).toBeLessThan(1e-12);
  });

  test('takes a padding that is not zero for no input', async () => {
    const apart = network(CHANNELS_FIRST, [
      layerOf('pad', 'pad', 'image', { begin: [0, 0, 1, 1], end: [0, 0, 1, 1], value: 2 }),
      { ...conv, ...convolution('pad', 0), parameters: conv.parameters },
      ...finish,
    ]);
    // All relevance goes to the image.
    const explainer = await createExplainer(apart, {
      backend,
      method: { id: 'lrp-z-box', low, high, epsilon: 1e-12 },
    });
    const { sums, starts } = await explainer.explain(x, {
      target: { layer: 'conv', channel: 0, position: [0, 0] },
    });
    sums.forEach((sum, at) => {
      expect(sum / starts[at]!).toBeCloseTo(1, 10);
    });
  });

  test('finds the channels of images whose channels are last', async () => {
    const last = network(
      [N, 4, 5, 3],
      [
        layerOf('transpose', 'first', 'image', { permutation: [0, 3, 1, 2] }),
        { ...conv, inputs: ['first'] },
        ...finish,
      ],
    );
    const turned = tensor(
      Float64Array.from({ length: 120 }, (_, at) => {
        const [sample, position, channel] = [Math.floor(at / 60), Math.floor(at / 3) % 20, at % 3];
        return x.data[sample * 60 + channel * 20 + position]!;
      }),
      [2, 4, 5, 3],
    );
    const got = await relevanceOf(last, turned);
    const want = await relevanceOf(padded);
    const back = Float64Array.from({ length: 120 }, (_, at) => {
      const [sample, channel, position] = [Math.floor(at / 60), Math.floor(at / 20) % 3, at % 20];
      return got.data[sample * 60 + position * 3 + channel]!;
    });
    expect(relativeDifference(back, want.data)).toBeLessThan(1e-12);
  });

  test('lays bounds out as the image is, before a dense layer', async () => {
    const weights = Array.from({ length: 2 }, () => Array.from(r.normal([60]).data));
    const flat = network(CHANNELS_FIRST, [
      layerOf('reshape', 'flat', 'image', { shape: [N, 60] }),
      denseOf('y', 'flat', weights),
    ]);
    const got = await relevanceOf(flat);
    const shares = (sample: number): number[] => {
      const w = weights[1]!;
      const part = w.map((weight, at) => {
        const bound = weight > 0 ? low : high;
        return (x.data[sample * 60 + at]! - bound[Math.floor(at / 20)]!) * weight;
      });
      const total = part.reduce((sum, value) => sum + value, 0);
      const start = w.reduce((sum, weight, at) => sum + weight * x.data[sample * 60 + at]!, 0);
      return part.map((value) => (value / total) * start);
    };
    expect(relativeDifference(got.data, [...shares(0), ...shares(1)])).toBeLessThan(1e-12);
  });

  test('refuses bounds for another number of channels, and layers that do not read the input', () => {
    const four: MethodChoice = { id: 'lrp-z-box', low: [1, 2, 3, 4], high: 5 };
    expect(() => traceMethod(padded, { method: four })).toThrow(
      /"conv": low and high hold 4 numbers, and the input "image" is \[N, 3, 4, 5\]/,
    );
    const composite = [[kinds('dense'), lrpZBox({ low: 0, high: 1 })]] as const;
    expect(() => traceMethod(padded, { method: 'lrp-0', composite })).toThrow(
      /"y": the box rule is for linear layers that read an input/,
    );
  });

  test('is told of in the report, which needs no bounds', () => {
    const { methods } = inspectNetwork(padded);
    for (const id of ['lrp-z-box', 'epsilon-gamma-box'])
      expect(methods[id]).toEqual({
        supported: true,
        problems: [],
        notes: [
          {
            layer: 'image',
            reason: 'low and high have to be given: what the input lies between',
          },
        ],
      });
    expect(methods['deep-taylor']!.notes).toEqual([]);
  });
});
