import {
  allCnn,
  createExplainer,
  receptiveField,
  strongestActivations,
  type LayerTarget,
  type NeuronTarget,
  type Network,
  type SampleSource,
  type Tensor,
} from '@patternlens/core';
import { referenceBackend } from './reference-backend.js';
import { forward } from './testing/forward.js';
import { randomInputs, randomNetwork } from './testing/random-network.js';

const backend = referenceBackend();

const sourceOf = (all: Tensor): SampleSource & { reads: number } => {
  const each = all.data.length / all.shape[0]!;
  return {
    reads: 0,
    count: all.shape[0]!,
    read(first, count) {
      this.reads++;
      return Promise.resolve({
        data: all.data.subarray(first * each, (first + count) * each),
        shape: [count, ...all.shape.slice(1)],
      });
    },
  };
};

/** A layer's value for all samples, straight from the network cut there. */
const valueOf = (network: Network, layer: string, x: Tensor): Tensor =>
  forward(
    { ...network, outputs: [network.layers.find(({ name }) => name === layer)!.output] },
    {
      image: x,
    },
  )[0]!;

describe('the strongest activations', () => {
  const network = randomNetwork(3, { whole: true, head: 'convolution' });
  const layer = network.layers.find(({ kind }) => kind === 'rectifier')!.name;
  // Whole numbers tie often; the last samples are the first once more.
  const some = randomInputs(network, 5, 7, true);
  const x: Tensor = {
    data: Float64Array.from([...some.data, ...some.data]),
    shape: [14, ...some.shape.slice(1)],
  };

  test.each([1, 4, 14])('are those of sorting all values, by batches of %d', async (batch) => {
    const source = sourceOf(x);
    const found = await strongestActivations(network, source, { backend, layer, top: 4, batch });
    const value = valueOf(network, layer, x);
    const [samples, channels, height, width] = value.shape as [number, number, number, number];
    expect(found).toHaveLength(channels);
    expect(source.reads).toBe(Math.ceil(14 / batch));
    found.forEach(({ channel, strongest }) => {
      const all = Array.from({ length: samples }, (_, sample) => {
        const start = (sample * channels + channel) * height * width;
        const own = Array.from(value.data.subarray(start, start + height * width));
        const most = Math.max(...own);
        const at = own.indexOf(most);
        return { sample, position: [Math.floor(at / width), at % width], value: most };
      });
      const want = all
        .filter((one) => one.value > 0)
        .sort((a, b) => b.value - a.value || a.sample - b.sample)
        .slice(0, 4);
      expect(strongest).toEqual(want);
    });
    // Equal samples stand in the order of the source.
    const ties = found.flatMap(({ strongest }) =>
      strongest.flatMap((own, at) =>
        at > 0 && own.value === strongest[at - 1]!.value
          ? [own.sample - strongest[at - 1]!.sample]
          : [],
      ),
    );
    expect(ties.length).toBeGreaterThan(0);
    expect(ties.every((step) => step > 0)).toBe(true);
  });

  test('of values without positions have none', async () => {
    const dense = randomNetwork(3, { head: 'dense' });
    const last = dense.layers.at(-1)!.name;
    const inputs = randomInputs(dense, 5, 5);
    const [first] = await strongestActivations(dense, sourceOf(inputs), {
      backend,
      layer: last,
      top: 2,
    });
    expect(first!.strongest.every(({ position }) => position.length === 0)).toBe(true);
  });

  test('can be cancelled, and say what they lack', async () => {
    const find = (own: object, source = sourceOf(x)) =>
      strongestActivations(network, source, { backend, layer, top: 1, ...own });
    await expect(find({ signal: { aborted: true } })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(find({ layer: `${layer}x` })).rejects.toThrow(`Did you mean "${layer}"?`);
    const none = { count: 0, read: () => Promise.reject(new Error('nothing to read')) };
    await expect(
      strongestActivations(network, none, { backend, layer, top: 1 }),
    ).rejects.toMatchObject({ code: 'empty-data' });
  });
});

describe('the projection of one activation', () => {
  const network = allCnn('C', { inputSize: 17, classes: 3, variant: 'base', softmax: false });
  const x = randomInputs(network, 9, 2);
  const explain = async (method: string, target: LayerTarget, start?: 'one' | 'value') => {
    await using explainer = await createExplainer(network, { backend, method, start });
    return await explainer.explain(x, { target });
  };

  test.each(['deconvnet', 'guided-backprop', 'lrp-alpha1-beta0'])(
    'by %s is zero outside its receptive field',
    async (method) => {
      const target: LayerTarget = { layer: 'conv3', channel: 5, position: [5, 2] };
      const { relevance, targets } = await explain(method, target);
      expect(targets[0]).toEqual(target);
      const [channels, rows, columns] = receptiveField(network, targets[0] as NeuronTarget).get(
        'image',
      )!;
      expect([rows, columns]).toEqual([
        { from: 6, to: 17 },
        { from: 0, to: 11 },
      ]);
      const { data, shape } = relevance as Tensor;
      const inside = Array.from(data, (_, at) => {
        const [c, y, k] = [
          Math.floor(at / 289) % shape[1]!,
          Math.floor(at / 17) % 17,
          at % 17,
        ] as const;
        return [
          [c, channels!],
          [y, rows!],
          [k, columns!],
        ].every(([own, range]) => {
          const { from, to } = range as { from: number; to: number };
          return (own as number) >= from && (own as number) < to;
        });
      });
      expect(data.every((value, at) => inside[at]! || value === 0)).toBe(true);
      expect(data.some((value) => value !== 0)).toBe(true);
    },
  );

  test('starts from one, or from the activation itself: all others are zero', async () => {
    const target: LayerTarget = { layer: 'relu3', channel: 5, position: 'max' };
    const one = await explain('deconvnet', target);
    const value = await explain('deconvnet', target, 'value');
    expect(one.starts).toEqual([1, 1]);
    expect(value.starts).toEqual(value.explained);
    const each = (one.relevance as Tensor).data.length / 2;
    (one.relevance as Tensor).data.forEach((own, at) => {
      const times = value.explained[Math.floor(at / each)]!;
      expect((value.relevance as Tensor).data[at]!).toBeCloseTo(own * times, 12);
    });
  });

  test('at the strongest position is that at the position given', async () => {
    const strongest = await explain('deconvnet', { layer: 'relu3', channel: 5, position: 'max' });
    const { position } = strongest.targets[0] as NeuronTarget;
    const given = await explain('deconvnet', { layer: 'relu3', channel: 5, position });
    const each = (given.relevance as Tensor).data.length / 2;
    expect((given.relevance as Tensor).data.subarray(0, each)).toEqual(
      (strongest.relevance as Tensor).data.subarray(0, each),
    );
  });
});
