import { type Network, type Tensor } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { createOccluder, type OccluderOptions } from '@patternlens/core/neurons';
import { layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { forward } from '../testing/forward.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const r = random(12);
const N = { batch: 1 };
const ones = { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 };

/** A convolution, its rectifier, the mean of each map, and classes. */
function networkOf(head: 'softmax' | 'sigmoid' | 'none', classes = 3): Network {
  const last =
    head === 'softmax'
      ? [layerOf('softmax', 'head', 'dense', { axis: 1 })]
      : head === 'sigmoid'
        ? [layerOf('activation', 'head', 'dense', { function: 'sigmoid' })]
        : [];
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 2, 7, 5] }],
    outputs: [head === 'none' ? 'dense' : 'head'],
    layers: [
      layerOf('convolution', 'conv', 'image', ones, { weights: r.normal([4, 2, 3, 3]) }),
      layerOf('rectifier', 'relu', 'conv', {}),
      layerOf('mean', 'mean', 'relu', { axes: [2, 3] }),
      layerOf('reshape', 'flat', 'mean', { shape: [N, 4] }),
      layerOf('dense', 'dense', 'flat', {}, { weights: r.normal([classes, 4]) }),
      ...last,
    ],
  });
}

const image = r.normal([1, 2, 7, 5]);
const options: OccluderOptions = {
  backend,
  layer: 'relu',
  size: 3,
  stride: 2,
  fill: [0.5, -2],
};

/** The squares of the rule: 0, 2, 4 reaches the end of 7; 0, 2 reaches that of 5. */
const ROWS = [0, 2, 4];
const COLUMNS = [0, 2];

const covered = (top: number, left: number): Tensor => ({
  shape: image.shape,
  data: Float64Array.from(image.data, (value, at) => {
    const [c, y, x] = [Math.floor(at / 35), Math.floor(at / 5) % 7, at % 5];
    const hidden = y >= top && y < top + 3 && x >= left && x < left + 3;
    // What is not covered goes through float32, as all of the occluded copies.
    return hidden ? options.fill[c]! : Math.fround(value);
  }),
});

const valueOf = (network: Network, value: string, x: Tensor): number[] =>
  Array.from(forward({ ...network, outputs: [value] }, { image: x })[0]!.data);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const totals = (values: readonly number[]): number[] =>
  [0, 1, 2, 3].map((map) => total(values.slice(map * 35, (map + 1) * 35)));
const argMax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

describe.each(['softmax', 'sigmoid', 'none'] as const)('with %s at the end', (head) => {
  const network = networkOf(head);

  test.each([1, 4, 64])(
    'maps are those of covering square by square, batches of %d',
    async (batch) => {
      await using occluder = await createOccluder(network, { ...options, batch });
      const done: number[] = [];
      const maps = await occluder.maps(image, { onProgress: (count) => done.push(count) });
      expect(maps.rows.map(({ from }) => from)).toEqual(ROWS);
      expect(maps.columns.map(({ from }) => from)).toEqual(COLUMNS);
      expect(maps.rows.at(-1)).toEqual({ from: 4, to: 7 });
      expect(done.at(-1)).toBe(6);
      const channel = argMax(totals(valueOf(network, 'relu', image)));
      const target = argMax(valueOf(network, 'dense', image));
      expect(maps).toMatchObject({ channel, target });
      let at = 0;
      for (const top of ROWS) {
        for (const left of COLUMNS) {
          const x = covered(top, left);
          const logits = valueOf(network, 'dense', x);
          const sum = total(logits.map(Math.exp));
          const probability =
            head === 'sigmoid'
              ? 1 / (1 + Math.exp(-logits[target]!))
              : Math.exp(logits[target]!) / sum;
          expect(maps.activation[at]!).toBeCloseTo(
            totals(valueOf(network, 'relu', x))[channel]!,
            10,
          );
          expect(maps.probability[at]!).toBeCloseTo(probability, 12);
          expect(maps.classes[at]!).toBe(argMax(logits));
          at++;
        }
      }
      expect(new Set(maps.activation).size).toBeGreaterThan(1);
    },
  );
});

test('a feature map and a class can be chosen; one output alone has a probability of its own', async () => {
  await using occluder = await createOccluder(networkOf('none'), options);
  expect(await occluder.maps(image, { channel: 1, target: 2 })).toMatchObject({
    channel: 1,
    target: 2,
  });
  await expect(occluder.maps(image, { channel: 4 })).rejects.toThrow('There are 4: 0 to 3.');
  await expect(occluder.maps(image, { target: 3 })).rejects.toThrow('There are 3: 0 to 2.');
  await using single = await createOccluder(networkOf('none', 1), options);
  expect((await single.maps(image)).probability.some((value) => value !== 1)).toBe(true);
});

test('squares that reach beyond the image are cut, one larger than it covers all of it', async () => {
  await using cut = await createOccluder(networkOf('none'), { ...options, size: 4, stride: 3 });
  const { rows, columns } = await cut.maps(image);
  expect(rows).toEqual([
    { from: 0, to: 4 },
    { from: 3, to: 7 },
  ]);
  expect(columns).toEqual([
    { from: 0, to: 4 },
    { from: 3, to: 5 },
  ]);
  await using all = await createOccluder(networkOf('none'), { ...options, size: 99, stride: 9 });
  expect((await all.maps(image)).activation).toHaveLength(1);
});

test('it can be cancelled between batches', async () => {
  await using occluder = await createOccluder(networkOf('none'), { ...options, batch: 2 });
  const signal = { aborted: false };
  const stopped = occluder.maps(image, { signal, onProgress: () => (signal.aborted = true) });
  await expect(stopped).rejects.toMatchObject({
    code: 'cancelled',
    message: expect.stringContaining('after 2 of 6') as string,
  });
});

test.each([
  [{ layer: 'rellu' }, 'Did you mean "relu"?'],
  [{ size: 0 }, 'size: expected a whole number of at least 1'],
  [{ size: 2, stride: 3 }, 'leaves gaps'],
  [{ fill: [1] }, 'expected 2 finite numbers'],
])('%j is refused', async (wrong, message) => {
  await expect(createOccluder(networkOf('none'), { ...options, ...wrong })).rejects.toThrow(
    message,
  );
});
