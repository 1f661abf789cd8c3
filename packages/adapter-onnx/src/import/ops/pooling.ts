import type { PoolAttributes } from '@patternlens/core';
import type { Handler } from '../handler.js';
import { ceilPads, spatialOf, windowOf } from './windows.js';
import type { NodeView } from '../node-view.js';

/** Positions of a window that can be counted one by one: 4096 x 4096. */
const MOST_POSITIONS = 2 ** 24;

function kernelOf(node: NodeView, rank: number): number[] {
  const kernel = node.ints('kernel_shape');
  if (kernel?.length !== rank)
    return node.invalid(
      `its kernel_shape [${kernel?.join(', ') ?? ''}] does not fit ${rank} spatial axes.`,
    );
  return kernel;
}

/** A window of a pool: none may lie in the padding alone, where there is nothing to pool. */
function poolWindow(node: NodeView, spatial: readonly number[]): PoolAttributes {
  const window = windowOf(node, { kernel: kernelOf(node, spatial.length), spatial });
  const { kernel, dilations, padsBegin, padsEnd } = window;
  const spans = kernel.map((size, axis) => (size - 1) * dilations[axis]! + 1);
  if (spans.some((span, axis) => padsBegin[axis]! >= span || padsEnd[axis]! >= span))
    node.invalid(
      `its pads [${[...padsBegin, ...padsEnd].join(', ')}] are not smaller than its kernel [${kernel.join(', ')}].`,
    );
  const positions = spatial.map(
    (size, axis) =>
      (size + padsBegin[axis]! + padsEnd[axis]! - spans[axis]!) / window.strides[axis]! + 1,
  );
  if (positions.reduce((total, count) => total * count, 1) > MOST_POSITIONS)
    node.invalid(
      `its window has more than ${MOST_POSITIONS} positions in an input of [${spatial.join(', ')}].`,
    );
  return window;
}

export const MaxPool: Handler = (node, context) => {
  const x = node.runtime(0);
  if (node.outputs.length > 1 && node.outputs[1] !== '')
    node.unsupported('its second output (indices).');
  if (node.int('storage_order', 0) !== 0) node.unsupported('column-major storage order.');
  const spatial = spatialOf(node, x.shape);
  const window = poolWindow(node, spatial);
  const padsEnd = node.int('ceil_mode', 0) === 1 ? ceilPads(window, spatial) : window.padsEnd;
  context.layer(node, 'max-pool', [x], { ...window, padsEnd });
};

export const AveragePool: Handler = (node, context) => {
  const x = node.runtime(0);
  const spatial = spatialOf(node, x.shape);
  const window = poolWindow(node, spatial);
  const counts = node.int('count_include_pad', 0) === 1;
  const none = spatial.map(() => 0);
  context.layer(node, 'average-pool', [x], {
    ...window,
    padsEnd: node.int('ceil_mode', 0) === 1 ? ceilPads(window, spatial) : window.padsEnd,
    countedBegin: counts ? window.padsBegin : none,
    countedEnd: counts ? window.padsEnd : none,
  });
};

const spatialAxes = (node: NodeView): number[] =>
  node
    .runtime(0)
    .shape.map((_, axis) => axis)
    .slice(2);

export const GlobalAveragePool: Handler = (node, context) => {
  context.layer(node, 'mean', [node.runtime(0)], { axes: spatialAxes(node) });
};

export const GlobalMaxPool: Handler = (node, context) => {
  context.layer(node, 'maximum-over-axes', [node.runtime(0)], { axes: spatialAxes(node) });
};
