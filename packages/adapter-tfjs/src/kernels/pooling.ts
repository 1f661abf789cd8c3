import type { PoolAttributes } from '@patternlens/core/backend';
import { generated } from '../layout/constant.js';
import { held, heldConstant, type Held } from '../layout/held.js';
import { pad, reshape } from '../layout/move.js';
import { channelsLast, physicalShape } from '../layout/order.js';
import { asPlanes, inPlanes, planesOf, volumesOf } from './convolution.js';
import { combine } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import { transposePlanes } from './plane-gradient.js';
import { windowSlices } from './window-slices.js';
import { product } from '../layout/sizes.js';

const PLANES = channelsLast(4);

/** Below every value that is pooled; finite, since shaders have no way to write infinity. */
export const LOWEST = -3.4028234663852886e38;

type Pool = (context: Context, x: Held, a: PoolAttributes, spatial: readonly number[]) => Held;

/** The attributes of a pool over one axis, over planes of one row. */
const poolRow = (a: PoolAttributes): PoolAttributes => ({
  ...asPlanes({ ...a, groups: 1 }),
  kernel: [1, ...a.kernel],
});

/** A pool over one, two or three axes, by one over planes: volumes are pooled in planes, then along their depth.
 * `spatial` are the sizes of the result. */
function overPlanes(pool: Pool): Pool {
  return (context, x, a, spatial) => {
    const { tape } = context;
    const shape = [...x.shape.slice(0, 2), ...spatial];
    if (spatial.length === 2) return pool(context, x, a, spatial);
    if (spatial.length === 1) {
      const row = reshape(tape, x, x.shape.toSpliced(2, 0, 1));
      return reshape(tape, pool(context, row, poolRow(a), [1, ...spatial]), shape);
    }
    const inner = { ...inPlanes({ ...a, groups: 1 }), kernel: a.kernel.slice(1) };
    const planes = pool(context, planesOf(context, x), inner, spatial.slice(1));
    const volumes = volumesOf(context, planes, x.shape[0]!);
    const [batch, channels, depth, ...plane] = volumes.shape as [
      number,
      number,
      number,
      ...number[],
    ];
    const columns = reshape(tape, volumes, [batch, channels, depth, product(plane)]);
    const along = (values: readonly number[], none: number): number[] => [values[0]!, none];
    const outer = {
      kernel: along(a.kernel, 1),
      strides: along(a.strides, 1),
      dilations: along(a.dilations, 1),
      padsBegin: along(a.padsBegin, 0),
      padsEnd: along(a.padsEnd, 0),
    };
    return reshape(tape, pool(context, columns, outer, [spatial[0]!, product(plane)]), shape);
  };
}

const isOne = (value: number): boolean => value === 1;

/** Attributes of TensorFlow.js' pooling kernels. */
function poolWindow(a: PoolAttributes): object {
  const pads = a.padsBegin.map((begin, axis) => [begin, a.padsEnd[axis]!]);
  return {
    filterSize: a.kernel,
    strides: a.strides,
    pad: pads.flat().every((size) => size === 0) ? 'valid' : [[0, 0], ...pads, [0, 0]],
  };
}

/** A pool by a kernel of TensorFlow.js; windows of one value and dilated ones are put together from slices. */
function poolPlanes(
  context: Context,
  kernel: 'MaxPool' | 'AvgPool',
  x: Held,
  a: PoolAttributes,
  spatial: readonly number[],
): Held {
  const shape = [...x.shape.slice(0, 2), ...spatial];
  const combining = kernel === 'MaxPool' ? 'Maximum' : 'Add';
  if (a.kernel.every(isOne) || !a.dilations.every(isOne)) {
    const slices = windowSlices(context, x, a, spatial, kernel === 'MaxPool' ? LOWEST : 0);
    const all = slices.reduce((best, part) => combine(context, combining, [best, part], shape));
    if (kernel === 'MaxPool' || slices.length === 1) return all;
    return combine(context, 'Multiply', [all, share(context, slices.length)], shape);
  }
  const made = context.tape.call(
    kernel,
    { x: x.slot(PLANES) },
    poolWindow(a),
    physicalShape(shape, PLANES),
  );
  return held(context.tape, made, shape, PLANES);
}

/** One offset's part of an average. */
const share = ({ tape }: Context, offsets: number): Held =>
  heldConstant(
    tape,
    generated(`share ${offsets}`, [1], () => 1 / offsets),
  );

export const maxPooled = overPlanes((context, x, a, spatial) =>
  poolPlanes(context, 'MaxPool', x, a, spatial),
);

/** Padding counts in averages, which it doesn't for TensorFlow.js: it is added before. */
const averaged = overPlanes((context, x, a, spatial) => {
  const padded = pad(context.tape, x, [0, 0, ...a.padsBegin], [0, 0, ...a.padsEnd]);
  return poolPlanes(
    context,
    'AvgPool',
    padded,
    { ...a, padsBegin: [0, 0], padsEnd: [0, 0] },
    spatial,
  );
});

export const maxPool: Lowering<'maxPool'> = (context, a, [x], shape) =>
  maxPooled(context, x!, a, shape.slice(2));

export const avgPool: Lowering<'avgPool'> = (context, a, [x], shape) =>
  averaged(context, x!, a, shape.slice(2));

/** Every position gets its part of the windows that it is in: a transposed convolution of each channel. */
const spreadOut: Pool = (context, r, a, spatial) => {
  const { tape } = context;
  const offsets = product(a.kernel);
  if (offsets === 1 && a.strides.every(isOne)) return r;
  const isPlane = a.kernel.join() === spatial.join() && r.shape[2] === 1 && r.shape[3] === 1;
  if (isPlane && a.padsBegin.every((size) => size === 0)) {
    const parts = generated(`share ${offsets}`, [1, 1, ...spatial], () => 1 / offsets);
    const shape = [...r.shape.slice(0, 2), ...spatial];
    return combine(context, 'Multiply', [r, heldConstant(tape, parts)], shape);
  }
  const channels = r.shape[1]!;
  const weights = generated(`share ${offsets}`, [channels, 1, ...a.kernel], () => 1 / offsets);
  const window = { ...a, groups: channels };
  return transposePlanes(context, r, heldConstant(tape, weights), window, spatial);
};

export const avgPoolInputGradient: Lowering<'avgPoolInputGradient'> = (context, a, [r], shape) =>
  overPlanes(spreadOut)(context, r!, a, shape.slice(2));
