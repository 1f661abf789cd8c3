import { activation, rectifier } from './activation.js';
import { add, concat } from './combining.js';
import { addConstant, maskConstant } from './constants.js';
import { custom } from './custom.js';
import type { Layer, LayerKind } from './layer.js';
import type { LayerDefinition } from './layer-definition.js';
import {
  dropout,
  expand,
  gather,
  identity,
  pad,
  reshape,
  resize,
  slice,
  transpose,
} from './layout.js';
import { linear } from './linear.js';
import { batchNormalisation, localResponseNormalisation } from './normalisation.js';
import { pointwise } from './pointwise.js';
import { averagePool, maxPool } from './pooling.js';
import { maximumOverAxes, mean, sum } from './reductions.js';
import { logSoftmax, softmax } from './softmax.js';
import { matrixProduct, maximum, minimum, power, productOfValues, quotient } from './two-values.js';

const definitions: { readonly [K in LayerKind]: LayerDefinition<K> } = {
  dense: linear,
  convolution: linear,
  'transposed-convolution': linear,
  scale: linear,
  'batch-normalisation': batchNormalisation,
  'local-response-normalisation': localResponseNormalisation,
  'add-constant': addConstant,
  'mask-constant': maskConstant,
  rectifier,
  activation,
  softmax,
  'log-softmax': logSoftmax,
  'max-pool': maxPool,
  'average-pool': averagePool,
  mean,
  sum,
  'maximum-over-axes': maximumOverAxes,
  add,
  concat,
  product: productOfValues,
  quotient,
  'matrix-product': matrixProduct,
  power,
  maximum,
  minimum,
  pointwise,
  reshape,
  transpose,
  slice,
  pad,
  gather,
  expand,
  resize,
  dropout,
  custom,
  identity,
};

/** What a layer computes and how a gradient passes back through it. */
export function definitionOf(layer: Layer): LayerDefinition<LayerKind> {
  return definitions[layer.kind] as unknown as LayerDefinition<LayerKind>;
}
