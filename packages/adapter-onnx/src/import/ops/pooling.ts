import {
  build,
  poolPads,
  range,
  spatialOf,
  type Operation,
  type PoolSpec,
  type Reduction,
  type RuntimeValue,
} from '@patternlens/importing';
import { GlobalLpPool, LpPool } from './lp-pool.js';
import type { OnnxNode } from '../node-view.js';
import { windowSpec } from './windows.js';

const pooling =
  (kind: 'max-pool' | 'average-pool'): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    const rank = spatialOf(node, x.shape, false).length;
    const kernel = node.ints('kernel_shape');
    if (kernel?.length !== rank)
      return node.invalid(
        `its kernel_shape [${kernel?.join(', ') ?? ''}] does not fit ${rank} spatial axes.`,
      );
    const spec: PoolSpec = {
      ...windowSpec(node, rank),
      kernel,
      ceil: node.int('ceil_mode', 0) === 1,
      countsPads: node.int('count_include_pad', 0) === 1,
    };
    if (kind === 'average-pool') checkOverhang(node, x, spec);
    return build.pool(context, node, x, kind, spec);
  };

/** A last window that is only begun, where dilated windows count what they pad with. */
function checkOverhang(node: OnnxNode, x: RuntimeValue, spec: PoolSpec): void {
  if (spec.ceil !== true || spec.countsPads !== true || spec.dilations.every((step) => step === 1))
    return;
  const whole = poolPads(node, x, { ...spec, ceil: false });
  const more = poolPads(node, x, spec);
  if (more.padsEnd.some((size, axis) => size > whole.padsEnd[axis]!))
    node.unsupported(
      'dilated windows that count their padding hang over its end: the standard and the runtimes divide by different counts.',
    );
}

const globalPooling =
  (kind: Reduction): Operation<OnnxNode> =>
  (node, context) => {
    const x = node.runtime(0);
    return build.reduce(context, node, x, kind, range(x.shape.length).slice(2));
  };

export const pools: Readonly<Record<string, Operation<OnnxNode>>> = {
  AveragePool: pooling('average-pool'),
  GlobalAveragePool: globalPooling('mean'),
  GlobalLpPool,
  GlobalMaxPool: globalPooling('maximum-over-axes'),
  LpPool,
  MaxPool: pooling('max-pool'),
};
