import { tensor } from '@patternlens/core';
import {
  channelsFirst,
  inOrder,
  isModelOrder,
  modelShape,
  parameterInOrder,
  withoutAxes,
} from './axis-order.js';

test('channels come behind the batch, and the rest keeps its order', () => {
  expect(channelsFirst(5)).toEqual([0, 4, 1, 2, 3]);
  expect(channelsFirst(2)).toEqual([0, 1]);
  expect(inOrder(['n', 'h', 'w', 'c'], channelsFirst(4))).toEqual(['n', 'c', 'h', 'w']);
  expect(isModelOrder(channelsFirst(3))).toBe(false);
});

test('a shape of the network is read back as the model sees it, wherever the batch is', () => {
  expect(modelShape([{ batch: 1 }, 3, 4, 5], channelsFirst(4))).toEqual([{ batch: 1 }, 4, 5, 3]);
  expect(modelShape([{ batch: 1 }, 7, 2], [1, 0, 2])).toEqual([7, { batch: 1 }, 2]);
});

test('what is left of an order is counted anew', () => {
  expect(withoutAxes([0, 3, 1, 2], [1])).toEqual([0, 2, 1]);
  expect(withoutAxes([0, 3, 1, 2], [3])).toEqual([0, 1, 2]);
  expect(withoutAxes([1, 0, 2], [1])).toEqual([0, 1]);
});

test('a parameter is turned as its value is, without the batch', () => {
  const along = { tensor: tensor([1, 2, 3], [3]) };
  expect(parameterInOrder(along, channelsFirst(4)).tensor.shape).toEqual([3, 1, 1]);
  const plane = { tensor: tensor([1, 2, 3, 4, 5, 6], [2, 1, 3]) };
  const turned = parameterInOrder(plane, channelsFirst(4)).tensor;
  expect(turned.shape).toEqual([3, 2, 1]);
  expect(Array.from(turned.data)).toEqual([1, 4, 2, 5, 3, 6]);
  expect(parameterInOrder(plane, [0, 1, 2, 3])).toBe(plane);
});
