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

export function checked(
  node: NodeView,
  name: string,
  values: readonly number[],
  count: number,
): readonly number[] {
  if (values.length !== count || values.some((value) => !Number.isSafeInteger(value)))
    node.invalid(
      `its ${name} [${values.join(', ')}] do not fit: ${count} whole numbers are expected.`,
    );
  return values;
}

/** Steps of a window from one position and from one entry to the next. */
export function stepsOf(
  node: NodeView,
  kernel: readonly number[],
): { strides: readonly number[]; dilations: readonly number[] } {
  const ones = kernel.map(() => 1);
  const strides = checked(node, 'strides', node.ints('strides') ?? ones, kernel.length);
  const dilations = checked(node, 'dilations', node.ints('dilations') ?? ones, kernel.length);
  if ([...kernel, ...strides, ...dilations].some((size) => size < 1))
    node.invalid(
      `its kernel sizes [${kernel.join(', ')}], strides [${strides.join(', ')}] and dilations [${dilations.join(', ')}] must be at least 1.`,
    );
  return { strides, dilations };
}

/** The pads that the file gives in numbers. */
export function padsOf(node: NodeView, rank: number): { begin: number[]; end: number[] } {
  const zeros = new Array<number>(2 * rank).fill(0);
  const pads = checked(node, 'pads', node.ints('pads') ?? zeros, 2 * rank);
  if (pads.some((size) => size < 0))
    node.unsupported(
      `its pads [${pads.join(', ')}] are negative.`,
      'Cut the input with Slice instead.',
    );
  return { begin: pads.slice(0, rank), end: pads.slice(rank) };
}

/** How `auto_pad` is set; `NOTSET` where the pads are given in numbers. */
export function autoPadOf(node: NodeView): 'NOTSET' | 'VALID' | 'SAME_UPPER' | 'SAME_LOWER' {
  const auto = node.string('auto_pad', 'NOTSET');
  if (auto === 'VALID' || auto === 'SAME_UPPER' || auto === 'SAME_LOWER') return auto;
  if (auto === 'NOTSET' || auto === '') return 'NOTSET';
  return node.invalid(
    `its auto_pad "${auto}" is unknown; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known.`,
  );
}

/** Pads of a window from `pads` or `auto_pad`; what ceil mode adds comes on top, see `ceilPads`. */
export function windowOf(node: NodeView, { kernel, spatial }: WindowRequest): PoolAttributes {
  const { strides, dilations } = stepsOf(node, kernel);
  const auto = autoPadOf(node);
  if (auto === 'NOTSET') {
    const { begin, end } = padsOf(node, kernel.length);
    return { kernel, strides, dilations, padsBegin: begin, padsEnd: end };
  }
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
