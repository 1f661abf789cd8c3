import { tensor } from '@patternlens/core';
import {
  channelsFirst,
  inOrder,
  isModelOrder,
  modelShape,
  networkShape,
  parameterInOrder,
  plainOrder,
  SAMPLES,
  withoutAxes,
} from './axis-order.js';

test('channels come behind the batch, and the rest keeps its order', () => {
  expect(channelsFirst(5)).toEqual([0, 4, 1, 2, 3]);
  expect(channelsFirst(2)).toEqual([0, 1]);
  expect(inOrder(['n', 'h', 'w', 'c'], channelsFirst(4), '')).toEqual(['n', 'c', 'h', 'w']);
  expect(isModelOrder(channelsFirst(3))).toBe(false);
});

test('a shape of the network is read back as the model sees it, wherever the batch is', () => {
  const first = { axis: 0, before: 1 };
  const image = modelShape([{ batch: 1 }, 3, 4, 5], channelsFirst(4), first);
  expect(image).toEqual([{ batch: 1 }, 4, 5, 3]);
  const series = modelShape([{ batch: 1 }, 7, 2], [1, 0, 2], { axis: 1, before: 1 });
  expect(series).toEqual([7, { batch: 1 }, 2]);
  const parts = modelShape([{ batch: 1 }, 6, 2], [SAMPLES, 0, 1], first);
  expect(parts).toEqual([{ batch: 6 }, 2]);
  expect(modelShape([{ batch: 1 }, 2], [0, 1], undefined)).toEqual([1, 2]);
});

test('a sample lies in the network as in the model', () => {
  const series = [7, { batch: 1 }, 2],
    parts = [2, { batch: 6 }, 5];
  expect(plainOrder(series)).toEqual([1, 0, 2]);
  expect(networkShape(series, plainOrder(series))).toEqual([{ batch: 1 }, 7, 2]);
  expect(plainOrder(parts)).toEqual([SAMPLES, 0, 1, 2]);
  expect(networkShape(parts, plainOrder(parts))).toEqual([{ batch: 1 }, 2, 6, 5]);
});

test('what is left of an order is counted anew', () => {
  expect(withoutAxes([0, 3, 1, 2], [1])).toEqual([0, 2, 1]);
  expect(withoutAxes([0, 3, 1, 2], [3])).toEqual([0, 1, 2]);
  expect(withoutAxes([1, 0, 2], [0])).toEqual([0, 1]);
  expect(withoutAxes([0, 1, 2], [0])).toEqual([SAMPLES, 0, 1]);
});

test('a parameter is turned as its value is, without what the samples stand for', () => {
  const along = { tensor: tensor([1, 2, 3], [3]) };
  expect(parameterInOrder(along, channelsFirst(4)).tensor.shape).toEqual([3, 1, 1]);
  const plane = { tensor: tensor([1, 2, 3, 4, 5, 6], [2, 1, 3]) };
  const turned = parameterInOrder(plane, channelsFirst(4)).tensor;
  expect(turned.shape).toEqual([3, 2, 1]);
  expect(Array.from(turned.data)).toEqual([1, 4, 2, 5, 3, 6]);
  expect(parameterInOrder(plane, [0, 1, 2, 3])).toBe(plane);
  expect(parameterInOrder(plane, [SAMPLES, 0, 1, 2])).toBe(plane);
  const steps = { tensor: tensor([1, 2, 3, 4, 5, 6], [3, 1, 2]) };
  expect(parameterInOrder(steps, [1, 0, 2]).tensor.shape).toEqual([3, 2]);
});
