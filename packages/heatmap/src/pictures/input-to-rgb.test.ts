import { tensor } from '@patternlens/core';
import { inputToRgb } from './input-to-rgb.js';

describe('inputToRgb', () => {
  const pixels = [10, 20, 250, 0, 128, 255];
  const scale = 1 / 255;
  const mean = [0.4, 0.5, 0.6];
  const std = [0.2, 0.25, 0.3];
  const prepared = pixels.map((pixel, at) => (pixel * scale - mean[at % 3]!) / std[at % 3]!);

  it('undoes scale, mean and standard deviation', () => {
    const input = tensor(prepared, [1, 2, 3]);
    const { data } = inputToRgb(input, 'channels-last', { scale, mean, std, channels: 'rgb' });
    expect([...data]).toEqual([10, 20, 250, 255, 0, 128, 255, 255]);
  });

  it('reads blue, green, red, with the mean in the same order', () => {
    const input = tensor([30 - 3, 20 - 2, 10 - 1], [3, 1, 1]);
    const { data } = inputToRgb(input, 'channels-first', { mean: [3, 2, 1], channels: 'bgr' });
    expect([...data]).toEqual([10, 20, 30, 255]);
  });

  it('takes one number for all channels', () => {
    const input = tensor([-1, 0, 1], [3, 1, 1]);
    const halves = { scale: 1 / 255, mean: 0.5, std: [0.5] };
    expect([...inputToRgb(input, 'channels-first', halves).data]).toEqual([0, 128, 255, 255]);
  });

  it('stretches from the smallest to the largest value where nothing is known', () => {
    const input = tensor([-1, 0, 3, 1], [1, 2, 2]);
    const { data } = inputToRgb(input, 'channels-first');
    expect([0, 4, 8, 12].map((at) => data[at])).toEqual([0, 64, 255, 128]);
  });

  it('is mid-grey where all values are equal', () => {
    expect([...inputToRgb(tensor([7], [1, 1, 1]), 'channels-first').data]).toEqual([
      128, 128, 128, 255,
    ]);
  });

  it('shows other channel counts as the grey mean of their channels', () => {
    const input = tensor([0, 10, 4, 6], [2, 1, 2]);
    const { data } = inputToRgb(input, 'channels-first', { mean: [1, 2, 3] });
    expect([data[0], data[4]]).toEqual([51, 204]);
  });

  it('shows a signal as a row a channel', () => {
    const { width, height, data } = inputToRgb(tensor([0, 1, 2, 4], [2, 2]), 'channels-first');
    expect([width, height]).toEqual([2, 2]);
    expect([0, 4, 8, 12].map((at) => data[at])).toEqual([0, 64, 128, 255]);
  });

  it('is not stretched by what is not finite', () => {
    const { data } = inputToRgb(tensor([0, Infinity, 1], [3]), 'channels-first');
    expect([data[0], data[4], data[8]]).toEqual([0, 255, 255]);
  });

  it('refuses a mean of other channels', () => {
    const input = tensor([1, 2, 3], [3, 1, 1]);
    expect(() => inputToRgb(input, 'channels-first', { mean: [1, 2] })).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });
});
