import {
  createExplainer,
  fitPatterns,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Shape,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { mapTensor } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { layerOf, rectifierOf } from '../testing/layer-of.js';
import {
  back,
  matrixFor,
  patternMethods as methods,
  rows,
  total,
  weightsOf,
} from '../testing/pattern-matrices.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const r = random(43);
const N = { batch: 1 };
const SAMPLES = 40;
/** Biases that open every gate for inputs of this file's size, and for values that such a layer makes. */
const OPEN = 100;
const WIDE = 1e5;

const chain = (inputShape: Shape, layers: readonly Layer[]): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: [layers.at(-1)!.output],
    layers,
  });

const bias = (size: number, value: number): Tensor => ({
  data: new Float64Array(size).fill(value),
  shape: [size],
});

const dense = (name: string, from: string, inputs: number, outputs: number, bias?: Tensor): Layer =>
  layerOf(
    'dense',
    name,
    from,
    {},
    { weights: r.normal([outputs, inputs]), ...(bias ? { bias } : {}) },
  );

const data = (network: Network, samples = SAMPLES): Tensor =>
  r.normal([samples, ...(network.inputs[0]!.shape.slice(1) as number[])]);

async function run(
  network: Network,
  method: MethodChoice,
  patterns: PatternSet,
  x: Tensor,
): Promise<{ relevance: number[]; start: number }> {
  await using explainer = await createExplainer(network, { backend, method, patterns });
  const { relevance, starts } = await explainer.explain(x, { target: 0 });
  return { relevance: Array.from(relevance.data), start: starts[0]! };
}

const expectClose = (got: readonly number[], want: readonly number[]): void => {
  expect(got).toHaveLength(want.length);
  expect(relativeDifference(got, want)).toBeLessThan(1e-10);
};

const build = (signs: readonly (1 | -1)[], shift?: number): Network =>
  chain(
    [N, 5],
    [
      dense('a', 'x', 5, 6, shift === undefined ? undefined : bias(6, shift)),
      rectifierOf('r', 'a'),
      dense('b', 'r', 6, 5, bias(5, shift === undefined ? 0 : WIDE)),
      layerOf('add', 's', ['b', 'x'], { signs }),
      dense('c', 's', 5, 2, bias(2, 1e3 * WIDE)),
    ],
  );

describe('shares at additions', () => {
  test.each(
    methods.flatMap((method) =>
      (
        [
          [1, 1],
          [1, -1],
        ] as const
      ).map((signs) => [method, signs] as const),
    ),
  )('%s shares in proportion to both summands, signs %j', async (method, signs) => {
    const network = build(signs);
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const x = data(network, 1);
    const { relevance, start } = await run(network, { id: method, add: 'share' }, patterns, x);
    const matrix = (layer: string) => matrixFor(method, network, patterns, layer);
    const forward = (layer: string, values: readonly number[]) =>
      weightsOf(network, layer).map((w) => total(w.map((value, d) => value * values[d]!)));
    const z = forward('a', Array.from(x.data));
    const branch = forward(
      'b',
      z.map((value) => Math.max(value, 0)),
    );
    const sum = back(matrix('c'), [start, 0]);
    // The layer's value is branch + signs[1] x: PatternNet hands on the summands' parts of the signal, which the layer then adds with its signs.
    const parts = sum.map((value, d) => {
      const y = branch[d]! + signs[1] * x.data[d]!;
      const signal = [(branch[d]! * value) / y, (x.data[d]! * value) / y] as const;
      return method === 'pattern-net' ? signal : ([signal[0], signs[1] * signal[1]] as const);
    });
    const inside = back(
      matrix('b'),
      parts.map(([value]) => value),
    ).map((value, n) => (z[n]! > 0 ? value : 0));
    const through = back(matrix('a'), inside);
    expectClose(
      relevance,
      parts.map(([, direct], d) => direct + through[d]!),
    );
    expectClose(
      parts.map(
        ([first, second]) => first + (method === 'pattern-net' ? signs[1] * second : second),
      ),
      sum,
    );
  });

  test('keeps the sum with shares where every gate is open', async () => {
    const network = build([1, 1], OPEN);
    const patterns = await fitPatterns(network, [data(network)], { backend });
    const method = { id: 'pattern-attribution', add: 'share' } as const;
    const { relevance, start } = await run(network, method, patterns, data(network, 1));
    expect(total(relevance) / start).toBeCloseTo(1, 9);
  });

  test.each(methods)(
    '%s shares a sum over an axis as the addition of its entries',
    async (method) => {
      const r2 = [dense('a', 'x', 4, 6, bias(6, OPEN)), dense('b', 'x', 4, 6, bias(6, OPEN))];
      const top = (from: string) => dense('c', from, 6, 1, bias(1, WIDE));
      const last = top('f');
      const added = chain(
        [N, 4],
        [...r2, layerOf('add', 's', ['a', 'b'], { signs: [1, 1] }), { ...last, inputs: ['s'] }],
      );
      const summed = chain(
        [N, 4],
        [
          ...r2,
          layerOf('reshape', 'a1', 'a', { shape: [N, 1, 6] }),
          layerOf('reshape', 'b1', 'b', { shape: [N, 1, 6] }),
          layerOf('concat', 'ab', ['a1', 'b1'], { axis: 1 }),
          layerOf('sum', 's', 'ab', { axes: [1] }),
          layerOf('reshape', 'f', 's', { shape: [N, 6] }),
          last,
        ],
      );
      const x = data(added);
      const one = data(added, 1);
      const of = async (network: Network, add: 'copy' | 'share') =>
        (await run(network, { id: method, add }, await fitPatterns(network, [x], { backend }), one))
          .relevance;
      expectClose(await of(summed, 'share'), await of(added, 'share'));
      expectClose(await of(summed, 'copy'), await of(added, 'copy'));
    },
  );

  test.each([1e-4, 1])(
    'of signals beyond float32 are their values times a power of two, weights about %d',
    async (size) => {
      const BLOCKS = 12;
      const small = (name: string, from: string): Layer =>
        layerOf(
          'dense',
          name,
          from,
          {},
          { weights: mapTensor(r.normal([3, 3]), (value) => value * size) },
        );
      const network = chain(
        [N, 3],
        Array.from({ length: BLOCKS }, (_, at) => {
          const from = at === 0 ? 'x' : `s${at - 1}`;
          return [
            small(`a${at}`, from),
            small(`b${at}`, from),
            layerOf('add', `s${at}`, [`a${at}`, `b${at}`], { signs: [1, 1] }),
          ];
        }).flat(),
      );
      const patterns = await fitPatterns(network, [data(network)], { backend });
      const x = data(network, 1);
      const method = { id: 'pattern-net', add: 'share', estimator: 'linear' } as const;
      await using explainer = await createExplainer(network, {
        backend,
        method,
        patterns,
        start: 'one',
      });
      const { relevance, exponents } = await explainer.explain(x, { target: 1 });
      expect(exponents[0]! > 0).toBe(size < 1);
      const linear = (layer: string) => rows(patterns.layers.get(layer)!.directions.linear!);
      const values: number[][] = [Array.from(x.data)];
      const branches = Array.from({ length: BLOCKS }, (_, at) => {
        const [a, b] = ['a', 'b'].map((name) =>
          weightsOf(network, `${name}${at}`).map((w) =>
            total(w.map((value, d) => value * values.at(-1)![d]!)),
          ),
        ) as [number[], number[]];
        values.push(a.map((value, d) => value + b[d]!));
        return { a, b };
      });
      const want = branches.reduceRight<number[]>(
        (arrived, branch, at) => {
          const [fromA, fromB] = (['a', 'b'] as const).map((name) =>
            back(
              linear(`${name}${at}`),
              arrived.map((value, d) => (branch[name][d]! * value) / values[at + 1]![d]!),
            ),
          ) as [number[], number[]];
          return fromA.map((value, d) => value + fromB[d]!);
        },
        [0, 1, 0],
      );
      expectClose(
        Array.from(relevance.data, (value) => value * 2 ** exponents[0]!),
        want,
      );
    },
  );
});
