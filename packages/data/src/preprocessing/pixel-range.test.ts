import { pixelRange } from './pixel-range.js';

test('pixels as they are', () => {
  expect(pixelRange({}, 1)).toEqual({ low: [0], high: [255] });
});

test('what is taken off and divided by, channel by channel', () => {
  expect(pixelRange({ mean: [123, 117, 104] }, 3)).toEqual({
    low: [-123, -117, -104],
    high: [132, 138, 151],
  });
  expect(pixelRange({ scale: 1 / 255, mean: [0.5, 0.25, 0], std: [0.5] }, 3)).toEqual({
    low: [-1, -0.5, 0],
    high: [1, 1.5, 2],
  });
});

test('a preprocessing for other channels is refused', () => {
  expect(() => pixelRange({ mean: [1, 2, 3] }, 1)).toThrow(/mean of 1 or 1 numbers/);
});
