import { generatedData, generateBatch, type GeneratedBatch } from './generated-data.js';
import { generatedSource } from './generated-source.js';
import { generateSample } from './generate-sample.js';
import { distractorFields } from './fields.js';

const COMPONENTS = ['input', 'signal', 'distractor', 'noise', 'mask'] as const;

test('a sample does not depend on the batch that it came in', () => {
  const whole = generateBatch(40, 7, { seed: 9 });
  for (const [index, label] of whole.labels.entries()) {
    const alone = generateSample(40 + index, { seed: 9 });
    expect(label).toBe(alone.label);
    for (const name of COMPONENTS) {
      const { data, shape } = whole[name];
      const each = alone[name].data.length;
      expect(shape).toEqual([7, ...alone[name].shape]);
      expect(data.slice(index * each, (index + 1) * each)).toEqual(alone[name].data);
    }
  }
});

test('batches follow each other, the last as long as what is left', () => {
  const batches = [...generatedData({ first: 40, count: 7, batch: 3, seed: 9 })];
  expect(batches.map(({ first, labels }) => [first, labels.length])).toEqual([
    [40, 3],
    [43, 3],
    [46, 1],
  ]);
  const whole = generateBatch(40, 7, { seed: 9 });
  expect(batches.flatMap(({ input }) => [...input.data])).toEqual([...whole.input.data]);
});

test('a batch is made when it is asked for, not before', () => {
  const batches = generatedData({ count: 2 ** 30, batch: 2 });
  const { value } = batches.next() as { value: GeneratedBatch };
  expect(value.labels).toHaveLength(2);
});

test('a source reads any samples', async () => {
  const source = generatedSource({ seed: 9, first: 40, count: 7, noise: 0 });
  expect(source).toMatchObject({
    format: 'generated',
    count: 7,
    shape: [3, 16, 16],
    pixels: false,
  });
  const whole = generateBatch(40, 7, { seed: 9, noise: 0 });
  expect(source.labels).toEqual(whole.labels);
  const { data, shape } = await source.read(5, 2);
  expect(shape).toEqual([2, 3, 16, 16]);
  expect(data).toEqual(whole.input.data.slice(5 * 768));
  await expect(source.read(6, 2)).rejects.toMatchObject({ code: 'invalid-argument' });
});

test.each([{ count: 0 }, { count: 1.5 }, { count: 1, first: -1 }, { count: 2 ** 30, first: 1 }])(
  '%j is refused',
  (options) => {
    const refusal = expect.objectContaining({ code: 'invalid-argument' }) as Error;
    expect(() => generatedSource(options)).toThrow(refusal);
    expect(() => generatedData(options).next()).toThrow(refusal);
  },
);

describe('what the data is like', () => {
  const count = 400;
  const data = generateBatch(0, count);
  const deviation = (values: ArrayLike<number>): number => {
    let sum = 0;
    let squares = 0;
    for (let at = 0; at < values.length; at++) {
      sum += values[at]!;
      squares += values[at]! ** 2;
    }
    return Math.sqrt(squares / values.length - (sum / values.length) ** 2);
  };

  test('standard deviations of signal, distractor and noise', () => {
    expect(Math.abs(deviation(data.signal.data) - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(deviation(data.distractor.data) - 0.54)).toBeLessThan(0.02);
    expect(Math.abs(deviation(data.noise.data) - 0.3)).toBeLessThan(0.005);
  });

  test('nine per cent of the pixels carry the signal', () => {
    let inside = 0;
    for (const value of data.mask.data) inside += value;
    expect(Math.abs(inside / data.mask.data.length - 0.09)).toBeLessThan(0.003);
  });

  test('classes are balanced', () => {
    const { labels } = generatedSource({ count: 8000 });
    const counts = [0, 0, 0, 0];
    for (const label of labels!) counts[label]!++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(160);
  });

  test('seeds and neighbours have nothing in common', () => {
    const other = generateBatch(0, 60, { seed: 8 }).noise.data;
    const noise = data.noise.data;
    let seeds = 0;
    let neighbours = 0;
    for (let at = 0; at < other.length; at++) {
      seeds += noise[at]! * other[at]!;
      neighbours += noise[at]! * noise[at + 768]!;
    }
    expect(Math.abs(seeds / other.length / 0.09)).toBeLessThan(0.025);
    expect(Math.abs(neighbours / other.length / 0.09)).toBeLessThan(0.025);
  });

  /** Mean projection of the distractor on a field, by class. */
  const projections = (
    distractor: ArrayLike<number>,
    labels: Uint8Array,
    field: number,
  ): number[] => {
    const { values, colour } = distractorFields()[field]!;
    const sums = [0, 0, 0, 0];
    const counts = [0, 0, 0, 0];
    for (const [index, label] of labels.entries()) {
      counts[label]!++;
      for (let at = 0; at < 768; at++)
        sums[label]! += distractor[index * 768 + at]! * values[at % 256]! * colour[at >> 8]!;
    }
    return sums.map((sum, label) => sum / counts[label]! / 256);
  };

  test('the distractor does not tell the class, unless it leaks', () => {
    const leaking = generateBatch(0, count, { labelLeak: true });
    for (let field = 0; field < 4; field++) {
      for (const mean of projections(data.distractor.data, data.labels, field))
        expect(Math.abs(mean)).toBeLessThan(0.1);
      const means = projections(leaking.distractor.data, leaking.labels, field);
      for (const [label, mean] of means.entries()) {
        expect(Math.sign(mean)).toBe(label === field ? 1 : -1);
        expect(Math.abs(mean)).toBeGreaterThan(0.05);
      }
    }
  });
});
