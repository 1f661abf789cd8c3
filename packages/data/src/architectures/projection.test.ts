import {
  type MethodId,
  createExplainer,
  type LayerTarget,
  type NeuronTarget,
} from '@patternlens/core';
import { receptiveField } from '@patternlens/core/neurons';
import { referenceBackend } from '@patternlens/reference';
import { random } from '@patternlens/core-tests/testing/random';
import { allCnn } from './all-cnn.js';

const backend = referenceBackend();

describe('the projection of one activation', () => {
  const network = allCnn('C', { inputSize: 17, classes: 3, variant: 'base', softmax: false });
  const x = random(9).normal([2, 3, 17, 17]);
  const explain = async (method: MethodId, target: LayerTarget, start?: 'one' | 'value') => {
    await using explainer = await createExplainer(network, { backend, method, start });
    return await explainer.explain(x, { target });
  };

  test.each(['deconvnet', 'guided-backprop', 'lrp-alpha1-beta0'] as const)(
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
      const { data, shape } = relevance;
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
        ].every(([index, range]) => {
          const { from, to } = range as { from: number; to: number };
          return (index as number) >= from && (index as number) < to;
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
    const each = one.relevance.data.length / 2;
    one.relevance.data.forEach((entry, at) => {
      const times = value.explained[Math.floor(at / each)]!;
      expect(value.relevance.data[at]!).toBeCloseTo(entry * times, 12);
    });
  });

  test('at the strongest position is that at the position given', async () => {
    const strongest = await explain('deconvnet', { layer: 'relu3', channel: 5, position: 'max' });
    const { position } = strongest.targets[0] as NeuronTarget;
    const given = await explain('deconvnet', { layer: 'relu3', channel: 5, position });
    const each = given.relevance.data.length / 2;
    expect(given.relevance.data.subarray(0, each)).toEqual(
      strongest.relevance.data.subarray(0, each),
    );
  });
});
