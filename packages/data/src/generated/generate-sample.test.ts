import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Tensor } from '@patternlens/core';
import { generateSample, generatedLabel } from './generate-sample.js';
import { GENERATOR } from './generator.js';

const hash = (...tensors: Tensor[]): string => {
  const sum = sha256.create();
  for (const { data } of tensors)
    sum.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytesToHex(sum.digest());
};
const COMPONENTS = ['input', 'signal', 'distractor', 'noise', 'mask'] as const;

test.each([
  [0, 7, 3, '3c66c3fa618e66f173457154dbaad8ae7878723ac37115e626323dec1089be9a'],
  [1, 7, 2, 'b473e3c74451c8ecb8d61226ba1495a636158a7b7845f3c50a2f2c3f8f4b6d67'],
  [8000, 7, 2, 'abd60a2bc9817732caeff217556d10319426ffbd0f3eacc29944cba5915a96b2'],
  [2 ** 30 - 1, 7, 1, 'bd49e8763a023ca04ecc142400815265b772d42d5b70cf24adf1272c5ae9b263'],
  [0, 2 ** 32 - 1, 3, '36765bc896c767b5ead77a68e6f1571c6179fa52dc96b0ed01b2b5e7d4ae4bfd'],
])(
  'sample %d of seed %d is the same, bit for bit, everywhere and for good',
  (index, seed, label, sum) => {
    const sample = generateSample(index, { seed });
    expect(sample.label).toBe(label);
    expect(hash(...COMPONENTS.map((name) => sample[name]))).toBe(sum);
  },
);

test('the seed is 7 where none is given', () => {
  expect(generateSample(3)).toEqual(generateSample(3, { seed: 7 }));
});

test('the input is the sum of its components, in any order', () => {
  for (let index = 0; index < 20; index++) {
    const { input, signal, distractor, noise } = generateSample(index, { seed: 3 });
    for (let at = 0; at < input.data.length; at++) {
      const [s, d, n] = [signal.data[at]!, distractor.data[at]!, noise.data[at]!];
      const f = Math.fround;
      const sums = [s + d + n, f(f(s + d) + n), f(f(n + d) + s), f(f(n + s) + d)];
      for (const sum of sums) if (input.data[at]! - sum !== 0) throw new Error(`${index} ${at}`);
    }
  }
});

test('sums stay exact at the largest scales', () => {
  const { input, signal, distractor, noise } = generateSample(1, {
    signal: 4,
    distractor: 4,
    noise: 4,
  });
  for (const [at, value] of input.data.entries())
    expect(value).toBe(signal.data[at]! + distractor.data[at]! + noise.data[at]!);
});

test('shapes, and a mask that is the signal', () => {
  const sample = generateSample(5);
  expect(sample.index).toBe(5);
  for (const name of ['input', 'signal', 'distractor', 'noise'] as const) {
    expect(sample[name].shape).toEqual([3, 16, 16]);
    expect(sample[name].data).toHaveLength(768);
  }
  expect(sample.mask.shape).toEqual([16, 16]);
  for (let at = 0; at < 256; at++) {
    const inside = [0, 256, 512].some((plane) => sample.signal.data[plane + at] !== 0);
    expect(sample.mask.data[at]).toBe(inside ? 1 : 0);
  }
});

test('glyphs are drawn in the colours of their class', () => {
  const colours = [
    [1, 0.2, -0.4],
    [-0.4, 1, 0.2],
    [0.2, -0.4, 1],
    [0.8, 0.8, -0.6],
  ];
  const pictures = ['.#.\n###\n.#.', '###\n#..\n###', '#.#\n.#.\n#.#', '##.\n##.\n.##'];
  const seen = new Set<number>();
  for (let index = 0; seen.size < 4; index++) {
    const { label, signal, mask } = generateSample(index);
    if (seen.has(label)) continue;
    seen.add(label);
    const inside = [...mask.data.entries()].filter(([, value]) => value === 1).map(([at]) => at);
    const top = Math.floor(Math.min(...inside) / 16);
    const left = Math.min(...inside.map((at) => at % 16));
    const cells = [0, 2, 4].map((y) =>
      [0, 2, 4].map((x) => (mask.data[(top + y) * 16 + left + x] === 1 ? '#' : '.')).join(''),
    );
    expect(cells.join('\n')).toBe(pictures[label]);
    const amplitude = signal.data[inside[0]!]! / colours[label]![0]!;
    expect(amplitude).toBeGreaterThan(0.599);
    expect(amplitude).toBeLessThan(1.401);
    for (const at of inside)
      for (const channel of [0, 1, 2])
        expect(signal.data[channel * 256 + at]).toBeCloseTo(
          amplitude * colours[label]![channel]!,
          4,
        );
  }
});

test('a control changes its own component alone', () => {
  const plain = generateSample(11);
  const quiet = generateSample(11, { distractor: 0 });
  expect(quiet.distractor.data.every((value) => value === 0)).toBe(true);
  expect(quiet.signal).toEqual(plain.signal);
  expect(quiet.noise).toEqual(plain.noise);
  const empty = generateSample(11, { signal: 0 });
  expect(empty.label).toBe(plain.label);
  expect(empty.distractor).toEqual(plain.distractor);
  expect(empty.signal.data.every((value) => Object.is(value, 0))).toBe(true);
  expect(empty.mask.data.every((value) => value === 0)).toBe(true);
});

test('with a label leak the distractor tells the class, and the mask says so', () => {
  const { mask, signal } = generateSample(11, { labelLeak: true });
  expect(signal).toEqual(generateSample(11).signal);
  expect(mask.data.every((value) => value === 1)).toBe(true);
  const silent = generateSample(11, { labelLeak: true, distractor: 0 });
  expect(silent.mask).toEqual(generateSample(11).mask);
});

test('a label is known without the rest of its sample', () => {
  for (let index = 0; index < 10; index++)
    expect(generatedLabel(index, 5)).toBe(generateSample(index, { seed: 5 }).label);
  expect(GENERATOR.classes).toHaveLength(4);
});

test.each([
  [-1, {}],
  [0.5, {}],
  [2 ** 30, {}],
  [0, { seed: -1 }],
  [0, { seed: 1.5 }],
  [0, { seed: 2 ** 32 }],
  [0, { distractor: -0.1 }],
  [0, { signal: NaN }],
  [0, { noise: 5 }],
])('sample %d with %j is refused', (index, options) => {
  expect(() => generateSample(index, options)).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }) as Error,
  );
});
