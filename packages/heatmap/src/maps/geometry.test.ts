import { tensor } from '@patternlens/core';
import { geometryOf, isImage } from './geometry.js';

const zeros = (shape: readonly number[]) => ({
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  shape,
});

describe('geometryOf', () => {
  it.each([
    [[3, 4, 5], 'channels-first', { channels: 3, height: 4, width: 5, strip: false }],
    [[4, 5, 3], 'channels-last', { channels: 3, height: 4, width: 5, strip: false }],
    [[4, 5], 'no-channels', { channels: 1, height: 4, width: 5, strip: false }],
    [[2, 7], 'channels-first', { channels: 1, height: 2, width: 7, strip: true }],
    [[7, 2], 'channels-last', { channels: 1, height: 2, width: 7, strip: true }],
    [[7], 'channels-first', { channels: 1, height: 1, width: 7, strip: true }],
    [[], 'channels-first', { channels: 1, height: 1, width: 1, strip: true }],
  ] as const)('reads %j %s', (shape, layout, expected) => {
    expect(geometryOf(zeros(shape), layout)).toMatchObject(expected);
  });

  it('finds the same value in both layouts', () => {
    const first = geometryOf(zeros([3, 4, 5]), 'channels-first');
    const last = geometryOf(zeros([4, 5, 3]), 'channels-last');
    const at = ({ channelStride, rowStride, columnStride }: typeof first): number =>
      2 * channelStride + 1 * rowStride + 3 * columnStride;
    expect(at(first)).toBe(2 * 20 + 1 * 5 + 3);
    expect(at(last)).toBe((1 * 5 + 3) * 3 + 2);
  });

  it.each([
    [[1, 3, 4, 4], 'channels-first'],
    [[3, 4, 4], 'no-channels'],
    [[0, 4], 'channels-first'],
  ] as const)('refuses %j %s', (shape, layout) => {
    expect(() => geometryOf(zeros(shape), layout)).toThrow(
      expect.objectContaining({ code: 'invalid-shape' }) as Error,
    );
  });

  it('refuses data that does not fill the shape', () => {
    const sample = { data: new Float32Array(5), shape: [2, 3] };
    expect(() => geometryOf(sample, 'no-channels')).toThrow(
      'the shape [2, 3] holds, at least one, got 5',
    );
  });
});

describe('isImage', () => {
  it.each([
    [[1, 2, 2], true],
    [[3, 2, 2], true],
    [[2, 2, 2], false],
    [[3, 2], false],
  ])('%j: %s', (shape, expected) => {
    const sample = tensor(new Float64Array(shape.reduce((a, b) => a * b)), shape);
    expect(isImage(geometryOf(sample, 'channels-first'))).toBe(expected);
  });
});
