import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { normals } from '@patternlens/core/tensor';
import { linearTask, type LinearTask } from './linear-task.js';
import { randomRotation } from './random-rotation.js';

test('a rotation has orthogonal columns of length 1', () => {
  const columns = randomRotation(normals(2), 20);
  for (const [a, column] of columns.entries())
    for (const [b, other] of columns.entries()) {
      const dot = column.reduce((sum, value, at) => sum + value * other[at]!, 0);
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
    }
});

const task = linearTask();

test('the task is the same, bit for bit, everywhere and for good', () => {
  const { buffer } = task.input.data;
  expect(bytesToHex(sha256(new Uint8Array(buffer)))).toBe(
    'b629fd2b6b6da953bb13907577b48fdd38ab9a026ace5b62fdfaf334c3e766b6',
  );
});

test('the input is the sum of its components, in any order', () => {
  const { input, signal, distractor, noise } = task;
  for (let at = 0; at < input.data.length; at++) {
    const [s, d, n] = [signal.data[at]!, distractor.data[at]!, noise.data[at]!];
    if (input.data[at] !== s + d + n || input.data[at] !== Math.fround(Math.fround(n + s) + d))
      throw new Error(`${at}`);
  }
});

test('each component has its share, and the signal the sign of its class', () => {
  const norm = (values: ArrayLike<number>): number => {
    let squares = 0;
    for (let at = 0; at < values.length; at++) squares += values[at]! ** 2;
    return Math.sqrt(squares);
  };
  expect(norm(task.signal.data)).toBeCloseTo(0.08, 4);
  expect(norm(task.distractor.data)).toBeCloseTo(0.46, 4);
  expect(norm(task.noise.data)).toBeCloseTo(0.46, 4);
  for (const [index, label] of task.labels.entries()) {
    expect(Math.sign(task.signal.data[index * 64 + 9]!)).toBe(label === 1 ? 1 : -1);
    expect(task.signal.data[index * 64 + 41]).toBeCloseTo(-task.signal.data[index * 64 + 9]!, 6);
  }
  expect(task.mask.shape).toEqual([8, 8]);
  expect(Array.from(task.mask.data, (value) => (value === 1 ? '#' : '.')).join('')).toBe(
    ['.##.....', '####....', '####....', '.##.....'].join('').repeat(2),
  );
});

/** The covariance of the inputs with the label, and the weights of the best linear classifier for it. */
function fitted({ input, labels }: LinearTask): { pattern: number[]; weights: number[] } {
  const count = labels.length;
  const rows = Array.from({ length: count }, (_, index) => [
    ...input.data.slice(index * 64, index * 64 + 64),
  ]);
  const means = rows[0]!.map((_, at) => rows.reduce((sum, row) => sum + row[at]!, 0) / count);
  const mean = labels.reduce((sum, label) => sum + label, 0) / count;
  const centred = rows.map((row) => row.map((value, at) => value - means[at]!));
  const pattern = means.map((_, at) =>
    centred.reduce((sum, row, index) => sum + row[at]! * (labels[index]! - mean), 0),
  );
  const matrix = means.map((_, a) => [
    ...means.map((__, b) => centred.reduce((sum, row) => sum + row[a]! * row[b]!, 0)),
    pattern[a]!,
  ]);
  for (const [pivot, row] of matrix.entries()) {
    for (const other of matrix) {
      if (other === row) continue;
      const factor = other[pivot]! / row[pivot]!;
      for (let at = pivot; at <= 64; at++) other[at]! -= factor * row[at]!;
    }
  }
  return { pattern, weights: matrix.map((row, at) => row[64]! / row[at]!) };
}

/** How often a pixel of the signal has more than a pixel outside. */
function auroc(map: readonly number[], mask: ArrayLike<number>): number {
  const split = (wanted: number): number[] =>
    map.filter((_, at) => mask[at] === wanted).map((value) => Math.abs(value));
  const outside = split(0);
  const inside = split(1);
  const wins = inside.map((value) => outside.filter((other) => value > other).length);
  return wins.reduce((sum, count) => sum + count, 0) / inside.length / outside.length;
}

test.each([1, 2, 3])('seed %d: patterns find the signal, weights the suppressor', (seed) => {
  const task = linearTask({ seed });
  const { pattern, weights } = fitted(task);
  expect(auroc(pattern, task.mask.data)).toBeGreaterThan(0.95);
  expect(auroc(pattern, task.mask.data)).toBeGreaterThan(auroc(weights, task.mask.data) + 0.2);
});

test('without signal nothing depends on the class', () => {
  const { signal, mask } = linearTask({ signal: 0, count: 20 });
  expect(mask.data.every((value: number) => value === 0)).toBe(true);
  expect(signal.data.every((value: number) => value === 0)).toBe(true);
});

test.each([
  { seed: -1 },
  { seed: 0.5 },
  { count: 0 },
  { count: 2 ** 21 },
  { signal: 1.5 },
  { signal: NaN },
])('%j is refused', (options) => {
  expect(() => linearTask(options)).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }) as Error,
  );
});
