import type { Shape } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import { nodeOf } from '../testing/small-importer.js';
import { batchIn, reshapeTo } from './reshape-to.js';

const place = nodeOf('Reshape', 'r');
const batchFirst = (shape: Shape, fixed?: number) => ({
  shape,
  batch: { axis: 0, before: 1 },
  fixed,
});

test('-1 takes what is left, the batch too', () => {
  expect(reshapeTo(place, batchFirst([BATCH, 3, 4]), [-1, 12])).toEqual([BATCH, 12]);
  expect(reshapeTo(place, batchFirst([BATCH, 3, 4]), [BATCH, 2, -1])).toEqual([BATCH, 2, 6]);
  expect(reshapeTo(place, batchFirst([BATCH, 3, 4]), [-1, 4])).toEqual([{ batch: 3 }, 4]);
});

test('where the file fixes its batch, numbers stand for it', () => {
  expect(reshapeTo(place, batchFirst([BATCH, 12], 1), [1, 3, 4])).toEqual([BATCH, 3, 4]);
  expect(reshapeTo(place, batchFirst([BATCH, 3, 4], 1), [3, 4])).toEqual([{ batch: 3 }, 4]);
  const behind = { shape: [12, BATCH], batch: { axis: 1, before: 1 }, fixed: 1 };
  expect(reshapeTo(place, behind, [-1, 1])).toEqual([12, BATCH]);
  expect(reshapeTo(place, batchFirst([BATCH, 12], 2), [-1, 4])).toEqual([{ batch: 3 }, 4]);
  expect(reshapeTo(place, batchFirst([BATCH, 12], 2), [2, 2, 6])).toEqual([BATCH, 2, 6]);
  expect(() => reshapeTo(place, batchFirst([BATCH, 12]), [1, 3, 4])).toThrow('[1, 3, 4]');
  expect(() => reshapeTo(place, batchFirst([BATCH, 12], 2), [3, 8])).toThrow('samples');
});

test('the samples are found where their values stay together', () => {
  const x = batchFirst([BATCH, 6, 4]);
  expect(batchIn(x, [{ batch: 6 }, 4])).toEqual({ axis: 0, before: 1 });
  expect(batchIn(x, [BATCH, 24])).toEqual({ axis: 0, before: 1 });
  // Of [T, N, E] the batch is the minor part of T * N.
  const steps = { shape: [6, BATCH, 4], batch: { axis: 1, before: 1 } };
  expect(batchIn(steps, [{ batch: 6 }, 4])).toEqual({ axis: 0, before: 6 });
  expect(batchIn(steps, [2, { batch: 6 }, 2])).toEqual({ axis: 1, before: 3 });
  expect(batchIn(steps, [{ batch: 3 }, 8])).toBeUndefined();
  expect(batchIn(steps, [BATCH, 24])).toBeUndefined();
  // What was flattened with the batch behind comes apart only so.
  const flat = { shape: [{ batch: 6 }, 4], batch: { axis: 0, before: 6 } };
  expect(batchIn(flat, [6, BATCH, 4])).toEqual({ axis: 1, before: 1 });
  expect(batchIn(flat, [BATCH, 6, 4])).toBeUndefined();
});

test('what does not hold as many values is refused', () => {
  for (const wanted of [
    [5, -1],
    [-1, -1],
    [-2, 6],
    [0, -1],
  ])
    expect(() => reshapeTo(place, batchFirst([BATCH, 12]), [BATCH, ...wanted])).toThrow(
      'does not reshape to',
    );
});
