import { preprocessingHash } from './preprocessing-hash.js';

test('the hash of a preprocessing stays what it is', () => {
  const hash = preprocessingHash({
    resize: 256,
    crop: 227,
    channels: 'rgb',
    mean: [123, 117, 104],
  });
  expect(hash).toBe('26a7088d9e11820b0baae686db52a3cd22d44d78e8cf7e6bde78e48e951065bd');
});

test('what does the same has the same hash, however it is written', () => {
  const hash = preprocessingHash({});
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(preprocessingHash({ resample: 'bilinear' })).toBe(hash);
  expect(preprocessingHash({ std: [1, 1, 1], mean: [0], scale: 1 })).toBe(hash);
  expect(preprocessingHash({ crop: 227, mean: [5] })).toBe(
    preprocessingHash({ mean: [5, 5, 5], crop: [227, 227] }),
  );
});

test('what does something else has another', () => {
  const all = [
    {},
    { resize: 256 },
    { resize: [256, 256] },
    { crop: 256 },
    { resize: 256, resample: 'bicubic' },
    { resize: 256, resample: 'nearest' },
    { crop: [256, 255] },
    { channels: 'rgb' },
    { channels: 'bgr' },
    { scale: 2 },
    { mean: [1, 2, 3] },
    { mean: [3, 2, 1] },
    { std: [1, 2, 3] },
  ] as const;
  expect(new Set(all.map(preprocessingHash)).size).toBe(all.length);
});
