import { product } from '@patternlens/core/tensor';
import {
  build,
  poolPads,
  range,
  scalarParameter,
  spatialOf,
  type ImportContext,
  type Operation,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { windowSpec } from './windows.js';

/** `|x|^p` of every value. */
function powers(context: ImportContext, place: Place, x: RuntimeValue, p: number): RuntimeValue {
  if (p === 2) return build.pair(context, place, 'product', [x, x]);
  const size = context.layer(p === 1 ? place : place.part('size'), 'pointwise', [x], {
    function: 'abs',
  });
  return p === 1
    ? size
    : context.layer(place, 'power', [size], {}, { exponent: scalarParameter(p) });
}

/** The p-th root of every value. */
function root(context: ImportContext, place: Place, x: RuntimeValue, p: number): RuntimeValue {
  if (p === 1) return context.layer(place, 'identity', [x], {});
  return p === 2
    ? context.layer(place, 'pointwise', [x], { function: 'sqrt' })
    : context.layer(place, 'power', [x], {}, { exponent: scalarParameter(1 / p) });
}

function powerOf(node: OnnxNode): number {
  const p = node.opset < 2 ? node.float('p', 2) : node.int('p', 2);
  return p >= 1 ? p : node.invalid(`its p ${p} must be a number from 1.`);
}

/** The p-norm of each window; what lies around the input counts as 0. */
export const LpPool: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const spatial = spatialOf(node, x.shape, false);
  const kernel = node.ints('kernel_shape') ?? node.invalid('its kernel_shape is missing.');
  const spec = windowSpec(node, spatial.length);
  const ceil = node.int('ceil_mode', 0) === 1;
  const { padsBegin, padsEnd } = poolPads(node, x, { ...spec, kernel, ceil });
  const p = powerOf(node);
  const powered = powers(context, node.part('power'), x, p);
  const lead = [0, 0];
  const padded = build.pad(context, node.part('pad'), powered, {
    begin: [...lead, ...padsBegin],
    end: [...lead, ...padsEnd],
  });
  const mean = build.pool(context, node.part('mean'), padded, 'average-pool', {
    ...spec,
    kernel,
    padding: 'valid',
  });
  const count = scalarParameter(product(kernel));
  return root(context, node, build.scale(context, node.part('sum'), mean, count), p);
};

/** The p-norm of all positions. */
export const GlobalLpPool: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const p = powerOf(node);
  const powered = powers(context, node.part('power'), x, p);
  const axes = range(x.shape.length).slice(2);
  const total = build.reduce(context, node.part('sum'), powered, 'sum', axes);
  return root(context, node, total, p);
};
