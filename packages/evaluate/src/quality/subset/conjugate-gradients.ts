import type { DoubleProduct } from '@patternlens/core/backend';
import type { ColumnReader, LayerColumns } from '../values/layer-columns.js';

/** Some neurons' regressions of y on `d = x - a+ y+ - a- y-`. Rows are `[chosen, inputs]`. */
export interface DistractorProblem {
  readonly inputs: number;
  readonly chosen: number;
  readonly groupOf: (at: number) => number;
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  readonly product: DoubleProduct;
}

export interface GradientSolution {
  readonly v: Float64Array;
  readonly correlations: Float64Array;
  readonly passes: number;
  /** The largest of the neurons', relative to where it started. */
  readonly residual: number;
}

/** Below this the correlation no longer changes. */
const SMALL = 1e-9;

const dot = (a: Float64Array, b: Float64Array, row: number, inputs: number): number => {
  let sum = 0;
  for (let k = row * inputs; k < (row + 1) * inputs; k++) sum += a[k]! * b[k]!;
  return sum;
};

function transposed(rows: Float64Array, count: number, length: number): Float64Array {
  const result = new Float64Array(rows.length);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < length; j++) result[j * count + i] = rows[i * length + j]!;
  return result;
}

/** Rows of chosen neurons that follow each other and share a group. */
function runsOf({
  chosen,
  groupOf,
}: DistractorProblem): { from: number; to: number; group: number }[] {
  const runs: { from: number; to: number; group: number }[] = [];
  for (let at = 0; at < chosen; at++) {
    const group = groupOf(at),
      last = runs.at(-1);
    if (last?.group === group) last.to = at + 1;
    else runs.push({ from: at, to: at + 1, group });
  }
  return runs;
}

/** `v'd` of every column: `[chosen, count]`. */
async function project(
  problem: DistractorProblem,
  { x, y, positive, count }: LayerColumns,
  v: Float64Array,
): Promise<Float64Array> {
  const { inputs, product } = problem;
  const result = new Float64Array(problem.chosen * count);
  for (const { from, to, group } of runsOf(problem)) {
    const columnsByInput = transposed(
      x.subarray(group * inputs * count, (group + 1) * inputs * count),
      inputs,
      count,
    );
    const values = await product(
      v.subarray(from * inputs, to * inputs),
      columnsByInput,
      to - from,
      count,
    );
    for (let at = from; at < to; at++) {
      const alpha = dot(v, problem.positive, at, inputs),
        beta = dot(v, problem.negative, at, inputs);
      for (let k = 0; k < count; k++) {
        const fired = positive[at * count + k]!;
        result[at * count + k] =
          values[(at - from) * count + k]! - alpha * fired - beta * (y[at * count + k]! - fired);
      }
    }
  }
  return result;
}

/** Sums of `d s` over columns, of one number s a neuron and column: `[chosen, inputs]`. */
async function gather(
  problem: DistractorProblem,
  { x, y, positive, count }: LayerColumns,
  s: Float64Array,
  onto: Float64Array,
): Promise<void> {
  const { inputs, product } = problem;
  for (const { from, to, group } of runsOf(problem)) {
    const inputsByColumn = x.subarray(group * inputs * count, (group + 1) * inputs * count);
    const sums = await product(
      s.subarray(from * count, to * count),
      inputsByColumn,
      to - from,
      inputs,
    );
    for (let at = from; at < to; at++) {
      let fired = 0,
        silent = 0;
      for (let k = at * count; k < (at + 1) * count; k++) {
        fired += positive[k]! * s[k]!;
        silent += (y[k]! - positive[k]!) * s[k]!;
      }
      for (let k = 0; k < inputs; k++) {
        const place = at * inputs + k;
        onto[place]! +=
          sums[(at - from) * inputs + k]! -
          problem.positive[place]! * fired -
          problem.negative[place]! * silent;
      }
    }
  }
}

/** Where the regressions start: cov[d, y], var(y), the mean of y, and the variance of each input for scale. */
interface Start {
  readonly count: number;
  readonly covariance: Float64Array;
  readonly variance: Float64Array;
  readonly scale: Float64Array;
}

const rowMeans = (rows: Float64Array, rowCount: number, count: number): Float64Array =>
  Float64Array.from({ length: rowCount }, (_, row) => {
    let sum = 0;
    for (let k = row * count; k < (row + 1) * count; k++) sum += rows[k]!;
    return sum / count;
  });

async function start(problem: DistractorProblem, reader: ColumnReader): Promise<Start> {
  const { chosen, inputs } = problem;
  let count = 0;
  let shift: { y: Float64Array; x: Float64Array } | undefined;
  const sumY = new Float64Array(chosen),
    squareY = new Float64Array(chosen);
  const dy = new Float64Array(chosen * inputs),
    d = new Float64Array(chosen * inputs);
  let sumX = new Float64Array(0),
    squareX = new Float64Array(0);
  await reader.each(async (columns) => {
    const rows = columns.x.length / columns.count;
    shift ??= {
      y: rowMeans(columns.y, chosen, columns.count),
      x: rowMeans(columns.x, rows, columns.count),
    };
    if (sumX.length === 0) [sumX, squareX] = [new Float64Array(rows), new Float64Array(rows)];
    const centred = new Float64Array(columns.y.length);
    for (let at = 0; at < chosen; at++)
      for (let k = at * columns.count; k < (at + 1) * columns.count; k++) {
        const value = columns.y[k]! - shift.y[at]!;
        centred[k] = value;
        sumY[at]! += value;
        squareY[at]! += value * value;
      }
    for (let row = 0; row < rows; row++)
      for (let k = row * columns.count; k < (row + 1) * columns.count; k++) {
        const value = columns.x[k]! - shift.x[row]!;
        sumX[row]! += value;
        squareX[row]! += value * value;
      }
    await gather(problem, columns, centred, dy);
    await gather(problem, columns, new Float64Array(centred.length).fill(1), d);
    count += columns.count;
  });
  const covariance = dy.map(
    (sum, at) => sum / count - (d[at]! / count) * (sumY[Math.floor(at / inputs)]! / count),
  );
  const scale = new Float64Array(chosen * inputs);
  const variances = squareX.map((square, row) => square / count - (sumX[row]! / count) ** 2);
  const least = 1e-6 * variances.reduce((largest, variance) => Math.max(largest, variance), 0);
  for (let at = 0; at < chosen; at++)
    for (let k = 0; k < inputs; k++)
      scale[at * inputs + k] = 1 / Math.max(least, variances[problem.groupOf(at) * inputs + k]!);
  return {
    count,
    covariance,
    scale,
    variance: squareY.map((square, at) => square / count - (sumY[at]! / count) ** 2),
  };
}

/** `cov[d] p` of every neuron: one pass over the data. */
async function apply(
  problem: DistractorProblem,
  reader: ColumnReader,
  p: Float64Array,
): Promise<Float64Array> {
  const { chosen, inputs } = problem;
  const ds = new Float64Array(chosen * inputs),
    d = new Float64Array(chosen * inputs),
    sums = new Float64Array(chosen);
  let shift: Float64Array | undefined,
    count = 0;
  await reader.each(async (columns) => {
    const s = await project(problem, columns, p);
    shift ??= rowMeans(s, chosen, columns.count);
    for (let at = 0; at < chosen; at++)
      for (let k = at * columns.count; k < (at + 1) * columns.count; k++) {
        s[k]! -= shift[at]!;
        sums[at]! += s[k]!;
      }
    await gather(problem, columns, s, ds);
    await gather(problem, columns, new Float64Array(s.length).fill(1), d);
    count += columns.count;
  });
  return ds.map(
    (sum, at) => sum / count - (d[at]! / count) * (sums[Math.floor(at / inputs)]! / count),
  );
}

/** The least squares of all chosen neurons at once, scaled by the inputs' variances: without the covariance, which is too large to be held, so that no
 * factorisation of ml-matrix could take its place. Ends where the residuals are small, or after so many passes. */
export async function conjugateGradients(
  problem: DistractorProblem,
  reader: ColumnReader,
  passLimit: number,
  onPass: (done: number) => void,
): Promise<GradientSolution> {
  const { chosen, inputs } = problem;
  const { covariance, variance, scale } = await start(problem, reader);
  const v = new Float64Array(chosen * inputs);
  const r = Float64Array.from(covariance);
  const p = r.map((value, at) => value * scale[at]!);
  const scaled = (row: number): number => {
    let sum = 0;
    for (let k = row * inputs; k < (row + 1) * inputs; k++) sum += r[k]! ** 2 * scale[k]!;
    return sum;
  };
  const rows = Array.from({ length: chosen }, (_, at) => at);
  const first = rows.map(scaled);
  const now = [...first];
  const open = (at: number): boolean => now[at]! > SMALL ** 2 * first[at]!;
  let passes = 1;
  onPass(passes);
  while (passes < passLimit && rows.some(open)) {
    const image = await apply(problem, reader, p);
    passes++;
    for (const at of rows.filter(open)) {
      const bend = dot(p, image, at, inputs);
      if (!(bend > 0)) {
        now[at] = 0;
        continue;
      }
      const far = now[at]! / bend;
      for (let k = at * inputs; k < (at + 1) * inputs; k++) {
        v[k]! += far * p[k]!;
        r[k]! -= far * image[k]!;
      }
      const next = scaled(at);
      const keep = next / now[at]!;
      now[at] = next;
      for (let k = at * inputs; k < (at + 1) * inputs; k++) p[k] = r[k]! * scale[k]! + keep * p[k]!;
    }
    onPass(passes);
  }
  const correlations = Float64Array.from(rows, (at) => {
    const explained = dot(v, covariance, at, inputs);
    const square = explained - dot(v, r, at, inputs);
    return square > 0 ? explained / Math.sqrt(square * variance[at]!) : 0;
  });
  const residual = Math.max(0, ...rows.map((at) => Math.sqrt(now[at]! / (first[at]! || 1))));
  return { v, correlations, passes, residual };
}

/** The correlation of v'd and y over the data, 0 where v'd is constant. */
export async function correlationOf(
  problem: DistractorProblem,
  reader: ColumnReader,
  v: Float64Array,
): Promise<Float64Array> {
  const { chosen } = problem;
  const sums = Array.from({ length: chosen }, () => ({ s: 0, y: 0, ss: 0, yy: 0, sy: 0 }));
  let count = 0;
  let shifts: { s: Float64Array; y: Float64Array } | undefined;
  await reader.each(async (columns) => {
    const s = await project(problem, columns, v);
    shifts ??= {
      s: rowMeans(s, chosen, columns.count),
      y: rowMeans(columns.y, chosen, columns.count),
    };
    for (const [at, total] of sums.entries())
      for (let k = at * columns.count; k < (at + 1) * columns.count; k++) {
        const a = s[k]! - shifts.s[at]!,
          b = columns.y[k]! - shifts.y[at]!;
        total.s += a;
        total.y += b;
        total.ss += a * a;
        total.yy += b * b;
        total.sy += a * b;
      }
    count += columns.count;
  });
  return Float64Array.from(sums, ({ s, y, ss, yy, sy }) => {
    const [vs, vy] = [ss - (s * s) / count, yy - (y * y) / count];
    if (!(vy > 0)) return NaN;
    return vs > 0 ? (sy - (s * y) / count) / Math.sqrt(vs * vy) : 0;
  });
}
