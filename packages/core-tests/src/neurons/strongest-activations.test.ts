import { type Network, type SampleSource, type Tensor } from '@patternlens/core';
import { strongestActivations } from '@patternlens/core/neurons';
import { referenceBackend } from '@patternlens/reference';
import { forward } from '../testing/forward.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

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
        const plane = Array.from(value.data.subarray(start, start + height * width));
        const largest = Math.max(...plane);
        const at = plane.indexOf(largest);
        return { sample, position: [Math.floor(at / width), at % width], value: largest };
      });
      const want = all
        .filter((one) => one.value > 0)
        .sort((a, b) => b.value - a.value || a.sample - b.sample)
        .slice(0, 4);
      expect(strongest).toEqual(want);
    });
    // Equal samples stand in the order of the source.
    const ties = found.flatMap(({ strongest }) =>
      strongest.flatMap((activation, at) =>
        at > 0 && activation.value === strongest[at - 1]!.value
          ? [activation.sample - strongest[at - 1]!.sample]
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
    const find = (changes: object, source = sourceOf(x)) =>
      strongestActivations(network, source, { backend, layer, top: 1, ...changes });
    await expect(find({ signal: { aborted: true } })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(find({ layer: `${layer}x` })).rejects.toThrow(`Did you mean "${layer}"?`);
    const none = { count: 0, read: () => Promise.reject(new Error('nothing to read')) };
    await expect(
      strongestActivations(network, none, { backend, layer, top: 1 }),
    ).rejects.toMatchObject({ code: 'empty-data' });
  });
});
