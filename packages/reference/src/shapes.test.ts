import { tensor, type Shape, type Tensor } from '@patternlens/core';
import {
  ProgramBuilder,
  type ConvAttributes,
  type Operation,
  type PoolAttributes,
} from '@patternlens/core/backend';
import fc from 'fast-check';
import { interpret } from './interpret.js';
import { random } from './testing/random.js';

const N = { batch: 1 };
const BATCHES = 2;

/** Runs one operation: inputs have the batch at axis 0 where their shape has. */
function run(operation: Operation, ...operands: readonly [Tensor, Shape][]): Tensor {
  const ops = new ProgramBuilder();
  const values = operands.map(([, shape], at) => ops.input(`${at}`, shape));
  ops.output('y', ops.apply(operation, ...values));
  return interpret(
    ops.build(),
    Object.fromEntries(operands.map(([value], at) => [`${at}`, value])),
  )['y']!;
}

const dot = (a: Tensor, b: Tensor): number => {
  expect(a.shape).toEqual(b.shape);
  return Array.from(a.data).reduce((sum, value, at) => sum + value * b.data[at]!, 0);
};

interface WindowCase {
  readonly spatial: number[];
  readonly channels: number;
  readonly perGroup: number;
  readonly window: PoolAttributes & ConvAttributes;
  readonly seed: number;
}

const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** Any window that fits into its padded input at least once. */
const windows: fc.Arbitrary<WindowCase> = between(1, 3)
  .chain((rank) => {
    const each = (of: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
      fc.array(of, { minLength: rank, maxLength: rank });
    return fc.record({
      spatial: each(between(1, 6)),
      channels: between(1, 3),
      perGroup: between(1, 2),
      seed: fc.nat(1e6),
      window: fc.record({
        kernel: each(between(1, 3)),
        strides: each(between(1, 3)),
        dilations: each(between(1, 2)),
        padsBegin: each(between(0, 2)),
        padsEnd: each(between(0, 2)),
        groups: between(1, 3),
      }),
    });
  })
  .filter(({ spatial, window: { kernel, dilations, padsBegin, padsEnd } }) =>
    spatial.every(
      (size, axis) =>
        (kernel[axis]! - 1) * dilations[axis]! + 1 <= size + padsBegin[axis]! + padsEnd[axis]!,
    ),
  );

/** Windows counted one by one. */
function positions({ spatial, window }: WindowCase): number[] {
  const { kernel, strides, dilations, padsBegin, padsEnd } = window;
  return spatial.map((size, axis) => {
    let count = 0;
    for (let start = -padsBegin[axis]!; ; start += strides[axis]!) {
      if (start + (kernel[axis]! - 1) * dilations[axis]! >= size + padsEnd[axis]!) return count;
      count++;
    }
  });
}

const SETTINGS = { seed: 4, numRuns: 60 } as const;

test('a convolution has one output for each window, and its transposes are transposes', () => {
  fc.assert(
    fc.property(windows, (windowCase) => {
      const { kernel, groups, ...attributes } = windowCase.window;
      const conv = { ...attributes, groups };
      const [inputs, outputs] = [groups * windowCase.channels, groups * windowCase.perGroup];
      const r = random(windowCase.seed);
      const x = r.normal([BATCHES, inputs, ...windowCase.spatial]);
      const w = r.normal([outputs, windowCase.channels, ...kernel]);
      const xShape = [N, inputs, ...windowCase.spatial];
      const y = run({ kind: 'conv', ...conv }, [x, xShape], [w, w.shape]);
      expect(y.shape).toEqual([BATCHES, outputs, ...positions(windowCase)]);
      const back = r.normal(y.shape);
      const backShape = [N, ...y.shape.slice(1)];
      const product = dot(y, back);
      const toInput = run(
        { kind: 'convInputGradient', ...conv, inputSpatial: windowCase.spatial },
        [back, backShape],
        [w, w.shape],
      );
      expect(dot(x, toInput)).toBeCloseTo(product, 9);
      const toWeights = run(
        { kind: 'convWeightGradient', ...conv, kernel },
        [x, xShape],
        [back, backShape],
      );
      expect(dot(w, toWeights)).toBeCloseTo(product, 9);
    }),
    SETTINGS,
  );
});

test('a pool has one output for each window, and goes back by its transpose', () => {
  // A window that stands in the padding alone has no maximum.
  const pooled = windows.filter((windowCase) => {
    const { kernel, strides, dilations, padsBegin } = windowCase.window;
    return windowCase.spatial.every((size, axis) =>
      Array.from({ length: positions(windowCase)[axis]! }, (_, position) =>
        Array.from(
          { length: kernel[axis]! },
          (__, k) => position * strides[axis]! - padsBegin[axis]! + k * dilations[axis]!,
        ).some((at) => at >= 0 && at < size),
      ).every(Boolean),
    );
  });
  fc.assert(
    fc.property(pooled, (windowCase) => {
      const { kernel, strides, dilations, padsBegin, padsEnd } = windowCase.window;
      const pool = { kernel, strides, dilations, padsBegin, padsEnd };
      const r = random(windowCase.seed);
      const x = r.small([BATCHES, windowCase.channels, ...windowCase.spatial]);
      const xShape = [N, ...x.shape.slice(1)];
      const out = positions(windowCase);
      const offsets = kernel.reduce((a, b) => a * b, 1);
      const y = run({ kind: 'maxPool', ...pool }, [x, xShape]);
      expect(y.shape).toEqual([BATCHES, windowCase.channels, ...out]);
      const switches = run({ kind: 'poolSwitches', ...pool }, [x, xShape]);
      expect(switches.shape).toEqual([BATCHES, windowCase.channels, offsets, ...out]);
      // One switch a window, and it points at the maximum.
      const chosen = switches.data.filter((value) => value === 1).length;
      expect(chosen).toBe(y.data.length);
      const sShape = [N, ...switches.shape.slice(1)];
      const read = run({ kind: 'poolBySwitches', ...pool }, [x, xShape], [switches, sShape]);
      expect(read).toEqual(y);
      const back = r.normal(y.shape);
      const backShape = [N, ...y.shape.slice(1)];
      const unpooled = run(
        { kind: 'unpool', ...pool, inputSpatial: windowCase.spatial },
        [back, backShape],
        [switches, sShape],
      );
      expect(dot(x, unpooled)).toBeCloseTo(dot(y, back), 9);
      const mean = run({ kind: 'avgPool', ...pool }, [x, xShape]);
      expect(mean.shape).toEqual(y.shape);
      const spread = run(
        { kind: 'avgPoolInputGradient', ...pool, inputSpatial: windowCase.spatial },
        [back, backShape],
      );
      expect(dot(x, spread)).toBeCloseTo(dot(mean, back), 9);
    }),
    SETTINGS,
  );
});

const sizes = fc.array(between(1, 4), { minLength: 1, maxLength: 3 });

/** Every entry is its own place, so that layout can be told from it. */
const counted = (shape: readonly number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at),
    shape,
  );

function entry({ data, shape }: Tensor, index: readonly number[]): number {
  return data[shape.reduce((at, dim, axis) => at * dim + index[axis]!, 0)]!;
}

const indicesOf = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>(
    (all, dim) => all.flatMap((index) => Array.from({ length: dim }, (_, at) => [...index, at])),
    [[]],
  );

test('slices, pads, concatenations and gathers take the entries that they name', () => {
  fc.assert(
    fc.property(sizes, fc.nat(1e6), (rest, seed) => {
      const r = random(seed);
      const x = counted([BATCHES, ...rest]);
      const shape = [N, ...rest];
      const steps = [1, ...rest.map(() => r.whole(1, 2))];
      const starts = [0, ...rest.map((size) => r.whole(0, size - 1))];
      const largest = (axis: number): number =>
        Math.floor((rest[axis]! - 1 - starts[axis + 1]!) / steps[axis + 1]!) + 1;
      const taken = rest.map((_, axis) => r.whole(1, largest(axis)));
      const slice = run({ kind: 'slice', starts, sizes: [N, ...taken], steps }, [x, shape]);
      expect(slice.shape).toEqual([BATCHES, ...taken]);
      for (const index of indicesOf(slice.shape))
        expect(entry(slice, index)).toBe(
          entry(
            x,
            index.map((at, axis) => starts[axis]! + at * steps[axis]!),
          ),
        );
      const begin = [0, ...rest.map(() => r.whole(0, 2))],
        end = [0, ...rest.map(() => r.whole(0, 2))];
      const pad = run({ kind: 'pad', begin, end, value: -7 }, [x, shape]);
      expect(pad.shape).toEqual(x.shape.map((size, axis) => begin[axis]! + size + end[axis]!));
      for (const index of indicesOf(pad.shape)) {
        const from = index.map((at, axis) => at - begin[axis]!);
        const inside = from.every((at, axis) => at >= 0 && at < x.shape[axis]!);
        expect(entry(pad, index)).toBe(inside ? entry(x, from) : -7);
      }
      const axis = r.whole(1, rest.length);
      const joined = run({ kind: 'concat', axis }, [x, shape], [x, shape]);
      expect(joined.shape).toEqual(x.shape.map((size, at) => (at === axis ? 2 * size : size)));
      for (const index of indicesOf(joined.shape))
        expect(entry(joined, index)).toBe(
          entry(
            x,
            index.map((at, axisAt) => (axisAt === axis ? at % x.shape[axis]! : at)),
          ),
        );
      const picked = Array.from({ length: r.whole(1, 4) }, () => r.whole(0, x.shape[axis]! - 1));
      const gathered = run({ kind: 'gather', axis, indices: picked }, [x, shape]);
      expect(gathered.shape).toEqual(
        x.shape.map((size, at) => (at === axis ? picked.length : size)),
      );
      for (const index of indicesOf(gathered.shape))
        expect(entry(gathered, index)).toBe(
          entry(
            x,
            index.map((at, axisAt) => (axisAt === axis ? picked[at]! : at)),
          ),
        );
    }),
    SETTINGS,
  );
});

test('reductions keep their axes, and sum or pick what stands along them', () => {
  fc.assert(
    fc.property(sizes, fc.nat(1e6), (rest, seed) => {
      const r = random(seed);
      const x = r.small([BATCHES, ...rest]);
      const axes = rest.map((_, at) => at + 1).filter(() => r.uniform() < 0.6);
      const shape = [N, ...rest];
      const groups = new Map<string, number[]>();
      for (const index of indicesOf(x.shape)) {
        const key = index.map((at, axis) => (axes.includes(axis) ? 0 : at)).join();
        groups.set(key, [...(groups.get(key) ?? []), entry(x, index)]);
      }
      for (const [kind, of] of [
        ['reduceSum', (values: number[]) => values.reduce((a, b) => a + b, 0)],
        ['reduceMax', (values: number[]) => Math.max(...values)],
      ] as const) {
        const y = run({ kind, axes }, [x, shape]);
        expect(y.shape).toEqual(x.shape.map((size, at) => (axes.includes(at) ? 1 : size)));
        expect(Array.from(y.data, (value) => value + 0)).toEqual(
          [...groups.values()].map((values) => of(values) + 0),
        );
      }
      const last = x.shape.at(-1)!;
      const first = run({ kind: 'argMax' }, [x, shape]);
      expect(first.shape).toEqual(x.shape.slice(0, -1));
      first.data.forEach((index, row) => {
        const values = Array.from(x.data.subarray(row * last, row * last + last));
        expect(index).toBe(values.indexOf(Math.max(...values)));
      });
      const hot = run({ kind: 'oneHot', size: last }, [first, [N, ...rest.slice(0, -1)]]);
      expect(hot.shape).toEqual(x.shape);
      expect(hot.data.filter((value) => value === 1).length).toBe(first.data.length);
    }),
    SETTINGS,
  );
});

describe('shapes that do not fit are refused, naming the operation:', () => {
  const conv = { strides: [1], dilations: [1], padsBegin: [0], padsEnd: [0], groups: 1 };
  const pool = { ...conv, kernel: [3] };

  test.each<[string, Operation, Shape[]]>([
    [
      'matmul',
      { kind: 'matmul' },
      [
        [N, 3],
        [4, 2],
      ],
    ],
    ['matmul', { kind: 'matmul' }, [[3], [3, 2]]],
    [
      'conv',
      { kind: 'conv', ...conv },
      [
        [N, 2, 5],
        [4, 3, 3],
      ],
    ],
    [
      'conv',
      { kind: 'conv', ...conv, groups: 2 },
      [
        [N, 2, 5],
        [3, 1, 3],
      ],
    ],
    [
      'conv',
      { kind: 'conv', ...conv },
      [
        [N, 2, 2],
        [4, 2, 3],
      ],
    ],
    ['maxPool', { kind: 'maxPool', ...pool }, [[N, 2, 2]]],
    [
      'unpool',
      { kind: 'unpool', ...pool, inputSpatial: [5] },
      [
        [N, 2, 2],
        [N, 2, 3, 3],
      ],
    ],
    ['reshape', { kind: 'reshape', shape: [N, 7] }, [[N, 2, 3]]],
    ['transpose', { kind: 'transpose', permutation: [0, 0] }, [[N, 2]]],
    ['transpose', { kind: 'transpose', permutation: [0, 2] }, [[N, 2]]],
    ['broadcast', { kind: 'broadcast', shape: [N, 3] }, [[N, 2]]],
    ['pad', { kind: 'pad', begin: [1, 0], end: [0, 0], value: 0 }, [[N, 2]]],
    ['pad', { kind: 'pad', begin: [0, -1], end: [0, 0], value: 0 }, [[N, 2]]],
    ['slice', { kind: 'slice', starts: [0, 1], sizes: [N, 2], steps: [1, 1] }, [[N, 2]]],
    ['slice', { kind: 'slice', starts: [0, 0], sizes: [N, 2], steps: [1, 2] }, [[N, 2]]],
    ['slice', { kind: 'slice', starts: [0, 0], sizes: [1, 2], steps: [1, 1] }, [[N, 2]]],
    [
      'concat',
      { kind: 'concat', axis: 0 },
      [
        [N, 2],
        [N, 2],
      ],
    ],
    [
      'concat',
      { kind: 'concat', axis: 1 },
      [
        [N, 2, 3],
        [N, 2, 4],
      ],
    ],
    ['reduceSum', { kind: 'reduceSum', axes: [2] }, [[N, 2]]],
    ['gather', { kind: 'gather', axis: 1, indices: [2] }, [[N, 2]]],
    ['gather', { kind: 'gather', axis: 0, indices: [0] }, [[N, 2]]],
    [
      'add',
      { kind: 'add' },
      [
        [N, 2],
        [N, 3],
      ],
    ],
  ])('%s %j of %j', (kind, operation, operands) => {
    const ops = new ProgramBuilder();
    const values = operands.map((shape, at) => ops.input(`${at}`, shape));
    expect(() => ops.apply(operation, ...values)).toThrow(
      expect.objectContaining({ code: 'invalid-shape', subject: { operation: kind } }) as Error,
    );
  });
});
