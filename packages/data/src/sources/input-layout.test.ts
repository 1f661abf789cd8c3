import { BATCH } from '@patternlens/core/tensor';
import { inputLayout } from './input-layout.js';

test.each([
  [[1, 28, 28], {}, 'channels-first', 1, 28, 28],
  [[28, 28, 1], {}, 'channels-last', 1, 28, 28],
  [[3, 227, 200], {}, 'channels-first', 3, 227, 200],
  [[227, 200, 3], {}, 'channels-last', 3, 227, 200],
  [[3, 5, 3], {}, 'channels-first', 3, 5, 3],
  [[3, 5, 3], { layout: 'channels-last' }, 'channels-last', 3, 3, 5],
  [[28, 20], {}, 'channels-first', 1, 28, 20],
  [[784], {}, 'channels-first', 1, 28, 28],
  [[3072], {}, 'channels-first', 3, 32, 32],
  [[3072], { layout: 'channels-last' }, 'channels-last', 3, 32, 32],
  [[600], { sample: [1, 20, 30] }, 'channels-first', 1, 20, 30],
  [[1024], { sample: [3, 32, 32] }, 'channels-first', 1, 32, 32],
] as const)('%j with %j', (sizes, options, layout, channels, height, width) => {
  expect(inputLayout('a', [BATCH, ...sizes], options)).toEqual({ layout, channels, height, width });
});

test.each([
  [[4, 28, 28], {}],
  [[1, 28, 28], { layout: 'channels-last' }],
  [[28, 28, 3], { layout: 'channels-first' }],
  [[600], {}],
  [[], {}],
  [[3, 4, 4, 4], {}],
] as const)('%j with %j takes no images', (sizes, options) => {
  expect(() => inputLayout('cat.jpg', [BATCH, ...sizes], options)).toThrow(
    expect.objectContaining({ code: 'invalid-shape', subject: { file: 'cat.jpg' } }) as Error,
  );
});

test('no axis but the first may depend on the batch', () => {
  expect(() => inputLayout('a', [BATCH, 3, BATCH, 8])).toThrow('[N, 3, N, 8]');
});
