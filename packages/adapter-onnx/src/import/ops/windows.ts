import type { PoolAttributes, Shape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

interface WindowRequest {
  readonly kernel: readonly number[];
  /** Sizes of the input's spatial axes. */
  readonly spatial: readonly number[];
}

/** Sizes of the spatial axes, which must not depend on the batch. */
export function spatialOf(node: NodeView, shape: Shape): number[] {
  if (shape.length < 3)
    node.unsupported(
      `its input has ${shape.length} axes; it needs a batch, channels and at least one spatial axis.`,
    );
  return shape
    .slice(2)
    .map((dim) =>
      typeof dim === 'number' ? dim : node.unsupported('a spatial axis depends on the batch.'),
    );
}

function checked(
  node: NodeView,
  name: string,
  values: readonly number[],
  count: number,
): readonly number[] {
  if (values.length !== count || values.some((value) => !Number.isSafeInteger(value)))
    node.invalid(`its ${name} [${values.join(', ')}] do not fit ${count} axes.`);
  return values;
}

/** Pads of a window from `pads` or `auto_pad`; what ceil mode adds comes on top, see `ceilPads`. */
export function windowOf(node: NodeView, { kernel, spatial }: WindowRequest): PoolAttributes {
  const rank = kernel.length;
  const ones = kernel.map(() => 1);
  const strides = checked(node, 'strides', node.ints('strides') ?? ones, rank);
  const dilations = checked(node, 'dilations', node.ints('dilations') ?? ones, rank);
  if ([...kernel, ...strides, ...dilations].some((size) => size < 1))
    node.invalid('kernel sizes, strides and dilations must be at least 1.');
  const auto = node.string('auto_pad', 'NOTSET');
  if (auto === 'NOTSET' || auto === '') {
    const pads = checked(
      node,
      'pads',
      node.ints('pads') ?? [...kernel, ...kernel].map(() => 0),
      2 * rank,
    );
    if (pads.some((size) => size < 0))
      node.unsupported('negative pads; cut the input with Slice instead.');
    return {
      kernel,
      strides,
      dilations,
      padsBegin: pads.slice(0, rank),
      padsEnd: pads.slice(rank),
    };
  }
  if (auto !== 'VALID' && auto !== 'SAME_UPPER' && auto !== 'SAME_LOWER')
    node.invalid(`its auto_pad "${auto}" is unknown.`);
  const totals = spatial.map((size, axis) => {
    const span = (kernel[axis]! - 1) * dilations[axis]! + 1;
    return auto === 'VALID'
      ? 0
      : Math.max(0, (Math.ceil(size / strides[axis]!) - 1) * strides[axis]! + span - size);
  });
  const small = totals.map((total) => Math.floor(total / 2)),
    large = totals.map((total) => Math.ceil(total / 2));
  const [padsBegin, padsEnd] = auto === 'SAME_LOWER' ? [large, small] : [small, large];
  return { kernel, strides, dilations, padsBegin, padsEnd };
}

/** End pads so that a last window that is only begun counts too; one that would begin in the padding does not. */
export function ceilPads(window: PoolAttributes, spatial: readonly number[]): number[] {
  return spatial.map((size, axis) => {
    const stride = window.strides[axis]!;
    const span = (window.kernel[axis]! - 1) * window.dilations[axis]! + 1;
    const padded = size + window.padsBegin[axis]! + window.padsEnd[axis]!;
    let count = Math.ceil((padded - span) / stride) + 1;
    if ((count - 1) * stride >= size + window.padsBegin[axis]!) count--;
    return window.padsEnd[axis]! + Math.max(0, (count - 1) * stride + span - padded);
  });
}
