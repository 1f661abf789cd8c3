import { checkPreprocessing } from './parse-preprocessing.js';
import { planGeometry } from './plan-geometry.js';
import { preprocessPixels } from './preprocess-pixels.js';
import { PREPROCESSING_PRESET_IDS, presetPreprocessing } from './preprocessing-presets.js';
import { preprocessingHash } from './preprocessing-hash.js';

/** What one pixel of red 200, green 100, blue 50 becomes. */
const valuesOf = (id: (typeof PREPROCESSING_PRESET_IDS)[number], channels = 3): number[] => [
  ...preprocessPixels(
    { data: Uint8Array.of(200, 100, 50), width: 1, height: 1, channels: 3 },
    presetPreprocessing(id, [1, 1]),
    'channels-first',
    channels,
  ),
];

test('each preset computes what its origin does', () => {
  const close = (actual: number[], expected: number[]): void => {
    expect(actual).toHaveLength(expected.length);
    actual.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!, 5);
    });
  };
  close(valuesOf('imagenet'), [
    (200 / 255 - 0.485) / 0.229,
    (100 / 255 - 0.456) / 0.224,
    (50 / 255 - 0.406) / 0.225,
  ]);
  close(valuesOf('imagenet-caffe'), [50 - 103.939, 100 - 116.779, 200 - 123.68]);
  close(valuesOf('zero-one'), [200 / 255, 100 / 255, 50 / 255]);
  close(valuesOf('minus-one-one'), [200 / 127.5 - 1, 100 / 127.5 - 1, 50 / 127.5 - 1]);
  close(valuesOf('mnist', 1), [((0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255 - 0.1307) / 0.3081]);
  close(valuesOf('raw'), [200, 100, 50]);
});

test('the cut is the same part of an image whatever the size of the network', () => {
  const sizes = [224, 227, 299, 384].map((size) => {
    const { resize, crop } = presetPreprocessing('imagenet', [size, size]);
    return [resize, crop];
  });
  expect(sizes).toEqual([
    [256, 224],
    [259, 227],
    [342, 299],
    [439, 384],
  ]);
  // A tall network cuts from an image that is large enough, whichever way it lies.
  const tall = presetPreprocessing('imagenet-caffe', [448, 224]);
  expect(tall).toMatchObject({ resize: 512, crop: [448, 224] });
  expect(planGeometry({ width: 600, height: 300 }, tall).crop).toEqual({
    left: 400,
    top: 32,
    width: 224,
    height: 448,
  });
});

test('presets are preprocessings as files hold them, each with a hash of its own', () => {
  const hashes = PREPROCESSING_PRESET_IDS.map((id) => {
    const values = presetPreprocessing(id, [28, 28]);
    expect(checkPreprocessing(JSON.parse(JSON.stringify(values)))).toEqual(values);
    return preprocessingHash(values);
  });
  expect(new Set(hashes).size).toBe(6);
  expect(preprocessingHash({})).toBe(hashes.at(-1));
});
