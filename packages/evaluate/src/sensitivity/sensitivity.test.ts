import { tensor } from '@patternlens/core';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
  linearClassifier,
} from '../testing/tiny-networks.js';
import { measureSensitivity, sensitivity } from './sensitivity.js';

const network = linearClassifier(1, 2, [
  [2, 0],
  [0, 0],
]);
const x = tensor([5, 1, 5, 4], [2, 1, 1, 2]);

test('of a linear model: the gradient never changes, input times gradient as its input', async () => {
  const { perSample } = await measureSensitivity(
    contextOf(network, x, { methods: ['gradient', 'input-x-gradient'] }),
    { radius: 0.1, samples: 400 },
  );
  expect(perSample.get('gradient')).toEqual({ max: [0, 0], mean: [0, 0] });
  // The map is (2 x1, 0): it changes by |e1| / 5, |e1| up to a tenth of the sample's range, 4 and 1.
  const { max, mean } = perSample.get('input-x-gradient')!;
  expect(max[0]).toBeLessThanOrEqual(0.4 / 5);
  expect(max[0]).toBeGreaterThan(0.98 * (0.4 / 5));
  expect(max[1]).toBeLessThanOrEqual(0.1 / 5);
  expect(max[1]).toBeGreaterThan(0.98 * (0.1 / 5));
  expect(Math.abs(mean[0]! - 0.2 / 5)).toBeLessThan(0.004);
});

test('the same in batches of any size, other for another seed', async () => {
  const convolution = convolutionNetwork(3);
  const images = drawnTensor(4, [3, 2, 6, 6]);
  const patterns = await fittedPatterns(convolution, 5);
  const methods = ['gradient', 'pattern-net', 'lrp-epsilon'] as const;
  const measure = (batch: number, seed = 1) =>
    sensitivity.measure(contextOf(convolution, images, { methods, patterns, batch, seed }), {
      samples: 4,
    });
  const [one, five] = await Promise.all([measure(1), measure(5)]);
  expect(one).toEqual(five);
  expect(one.json).not.toEqual((await measure(5, 2)).json);
  expect(one.tables[0]!.rows).toHaveLength(3);
});

test('maps of zeros are left out, and said so', async () => {
  const { perSample, warnings } = await measureSensitivity(
    contextOf(network, tensor([0, 0, 5, 1], [2, 1, 1, 2])),
  );
  expect(perSample.get('input-x-gradient')!.max[0]).toBeNull();
  expect(warnings).toEqual(['input-x-gradient: 1 of 2 maps are zero everywhere and left out.']);
});

test('a radius out of range', async () => {
  await expect(sensitivity.measure(contextOf(network, x), { radius: 2 })).rejects.toThrow(
    'sensitivity: radius must be at most 1, got 2',
  );
});
