import { build, range, spatialOf, type Operation, type Reduction } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { windowSpec } from './windows.js';

const pooling =
  (kind: 'max-pool' | 'average-pool'): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    if (node.outputs[1] !== undefined && node.outputs[1] !== '')
      node.unsupported('its second output (indices).');
    if (node.int('storage_order', 0) !== 0) node.unsupported('column-major storage order.');
    const rank = spatialOf(node, x.shape, false).length;
    const kernel = node.ints('kernel_shape');
    if (kernel?.length !== rank)
      return node.invalid(
        `its kernel_shape [${kernel?.join(', ') ?? ''}] does not fit ${rank} spatial axes.`,
      );
    return build.pool(context, node, x, kind, {
      ...windowSpec(node, rank),
      kernel,
      ceil: node.int('ceil_mode', 0) === 1,
      countsPads: node.int('count_include_pad', 0) === 1,
    });
  };

const globalPooling =
  (kind: Reduction): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    return build.reduce(context, node, x, kind, range(x.shape.length).slice(2));
  };

export const pools: Readonly<Record<string, Operation<OnnxNode>>> = {
  AveragePool: pooling('average-pool'),
  GlobalAveragePool: globalPooling('mean'),
  GlobalMaxPool: globalPooling('maximum-over-axes'),
  MaxPool: pooling('max-pool'),
};
