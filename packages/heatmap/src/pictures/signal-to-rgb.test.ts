import { tensor } from '@patternlens/core';
import { signalToRgb } from './signal-to-rgb.js';

describe('signalToRgb', () => {
  // One pixel is (2, 0, -2), the other (1, -1, 0): the largest magnitude is 2.
  const first = tensor([2, 1, 0, -1, -2, 0], [3, 1, 2]);
  const last = tensor([2, 0, -2, 1, -1, 0], [1, 2, 3]);

  it('puts zero on mid-grey and the largest magnitude at the ends', () => {
    const { data, width, height } = signalToRgb(first, 'channels-first');
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([255, 128, 0, 255, 191, 64, 128, 255]);
  });

  it('is the same with the channels last', () => {
    expect(signalToRgb(last, 'channels-last')).toEqual(signalToRgb(first, 'channels-first'));
  });

  it('turns blue, green, red around', () => {
    const { data } = signalToRgb(first, 'channels-first', { channelOrder: 'bgr' });
    expect([...data]).toEqual([0, 128, 255, 255, 128, 64, 191, 255]);
  });

  it('is grey for one channel, with or without its axis', () => {
    const image = signalToRgb(tensor([4, -1], [1, 1, 2]), 'channels-first');
    expect([...image.data]).toEqual([255, 255, 255, 255, 96, 96, 96, 255]);
    expect(signalToRgb(tensor([4, -1], [1, 2]), 'no-channels')).toEqual(image);
  });

  it('clips what exceeds a given scale', () => {
    const scale = { limit: 1, quantile: 99, state: 'finite' } as const;
    const { data } = signalToRgb(first, 'channels-first', { scale });
    expect([...data]).toEqual([255, 128, 0, 255, 255, 0, 128, 255]);
  });

  it('is flat grey where all is zero', () => {
    const { data } = signalToRgb(tensor([0], [1, 1, 1]), 'channels-first');
    expect([...data]).toEqual([217, 217, 217, 255]);
  });

  it.each([[[2, 1, 1]], [[3, 2]], [[6]]])('refuses %j', (shape) => {
    const sample = tensor(new Float32Array(shape.reduce((a, b) => a * b)), shape);
    expect(() => signalToRgb(sample, 'channels-first')).toThrow(
      expect.objectContaining({ code: 'invalid-shape' }) as Error,
    );
  });
});
