import { planGeometry } from './plan-geometry.js';

const plan = (
  width: number,
  height: number,
  geometry: Parameters<typeof planGeometry>[1],
): number[] => {
  const { resize, crop } = planGeometry({ width, height }, geometry, 'cat.jpg');
  return [resize.width, resize.height, crop.left, crop.top, crop.width, crop.height];
};

test.each([
  ['nothing asked', 500, 375, {}, [500, 375, 0, 0, 500, 375]],
  ['the shorter side is the height', 500, 375, { resize: 256 }, [341, 256, 0, 0, 341, 256]],
  ['the shorter side is the width', 375, 500, { resize: 256 }, [256, 341, 0, 0, 256, 341]],
  ['enlarging', 10, 20, { resize: 100 }, [100, 200, 0, 0, 100, 200]],
  ['an exact size', 500, 375, { resize: [256, 200] }, [200, 256, 0, 0, 200, 256]],
  ['a square of the centre', 256, 256, { crop: 227 }, [256, 256, 14, 14, 227, 227]],
  ['a crop of the resized', 500, 375, { resize: 256, crop: 224 }, [341, 256, 58, 16, 224, 224]],
  ['a crop of two lengths', 100, 50, { crop: [40, 60] }, [100, 50, 20, 5, 60, 40]],
  ['covering, wider', 500, 375, { fallbackSize: [224, 224] }, [298, 224, 37, 0, 224, 224]],
  ['covering, higher', 375, 500, { fallbackSize: [224, 224] }, [224, 298, 0, 37, 224, 224]],
  ['covering another shape', 100, 100, { fallbackSize: [20, 40] }, [40, 40, 0, 10, 40, 20]],
  ['the right shape already', 225, 75, { fallbackSize: [50, 150] }, [150, 50, 0, 0, 150, 50]],
  [
    'a resize, so no falling back',
    64,
    64,
    { resize: 32, fallbackSize: [8, 8] },
    [32, 32, 0, 0, 32, 32],
  ],
  [
    'a crop, so no falling back',
    64,
    64,
    { crop: 32, fallbackSize: [8, 8] },
    [64, 64, 16, 16, 32, 32],
  ],
] as const)('%s', (_, width, height, geometry, expected) => {
  expect(plan(width, height, geometry)).toEqual(expected);
});

test.each([
  [
    200,
    180,
    { crop: 227 },
    '"cat.jpg": expected an image that holds the crop of 227 x 227 pixels, got 200 x 180.',
  ],
  [100, 100, { resize: 50, crop: 60 }, 'got 50 x 50, resized from 100 x 100'],
  [1, 60_000, { resize: 256 }, 'at most 134217728 pixels once resized, got 256 x 15360000'],
])('%d x %d with %j is refused', (width, height, geometry, sentence) => {
  expect(() => plan(width, height, geometry)).toThrow(
    expect.objectContaining({
      code: 'invalid-shape',
      subject: { file: 'cat.jpg' },
      message: expect.stringContaining(sentence) as string,
    }) as Error,
  );
});
