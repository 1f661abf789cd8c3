import type { PoolAttributes } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { physicalShape } from '../layout/order.js';
import { axisViews, placeBack, type AxisWindow } from './axis-pool.js';
import type { Context } from './lowering.js';
import { LOWEST, maxPooled } from './pooling.js';

/** A pool along one axis: what each offset reads, and the largest of it. */
interface Stage {
  readonly window: AxisWindow;
  readonly views: readonly Held[];
  readonly largest: Held;
}

/** Unpooling without a mask for every offset of the window. The first maximum of a window in row-major order stands in the first row that has
 * it, at the first place there: so the window is pooled along its last axis, then along the one before, and what comes back goes the way back. */
export function unpoolByAxis(context: Context, r: Held, pooled: Held, a: PoolAttributes): Held {
  const spatial = r.shape.slice(2);
  const stages: Stage[] = [];
  let value = pooled;
  for (let axis = a.kernel.length - 1; axis >= 0; axis--) {
    const window: AxisWindow = {
      axis: axis + 2,
      size: value.shape[axis + 2]!,
      out: spatial[axis]!,
      kernel: a.kernel[axis]!,
      stride: a.strides[axis]!,
      dilation: a.dilations[axis]!,
      begin: a.padsBegin[axis]!,
    };
    const views = axisViews(context, value, window, LOWEST);
    const largest =
      axis === 0
        ? maxPooled(context, pooled, a, spatial)
        : maxPooled(
            context,
            value,
            alongOne(a, axis),
            value.shape.slice(2).with(axis, spatial[axis]!),
          );
    stages.push({ window, views, largest });
    value = largest;
  }
  return stages.reduceRight(
    (back, stage) => placeBack(context, route(context, back, stage), stage.window),
    r,
  );
}

/** The part of a pool that works along one spatial axis. */
function alongOne(a: PoolAttributes, axis: number): PoolAttributes {
  const only = (values: readonly number[], none: number): number[] =>
    values.map((value, index) => (index === axis ? value : none));
  return {
    kernel: only(a.kernel, 1),
    strides: only(a.strides, 1),
    dilations: only(a.dilations, 1),
    padsBegin: only(a.padsBegin, 0),
    padsEnd: only(a.padsEnd, 0),
  };
}

/** What comes back, by offsets: each takes it where it is the largest, and leaves it to the next where it is not. The last takes what is left. */
function route({ tape }: Context, back: Held, { views, largest }: Stage): Held[] {
  const { order, shape } = largest;
  const physical = physicalShape(shape, order);
  const best = largest.slot(order);
  let left = back.slot(order);
  const parts = views.slice(0, -1).map((view) => {
    const below = tape.call('Sub', { a: best, b: view.slot(order) }, {}, physical);
    const isBelow = tape.call('Step', { x: below }, { alpha: 0 }, physical);
    const next = tape.call('Multiply', { a: left, b: isBelow }, {}, physical);
    const part = tape.call('Sub', { a: left, b: next }, {}, physical);
    left = next;
    return held(tape, part, shape, order);
  });
  return [...parts, held(tape, left, shape, order)];
}
