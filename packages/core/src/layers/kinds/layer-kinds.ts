import { activation, rectifier } from './activation.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalisation } from './batch-normalisation.js';
import { choice } from './choice.js';
import { compare } from './compare.js';
import { concat } from './concat.js';
import { addConstant, maskConstant } from './constants.js';
import { custom } from './custom.js';
import { expand } from './expand.js';
import { maximumOverAxes, minimumOverAxes } from './extrema-over-axes.js';
import { gather } from './gather.js';
import { linearKinds } from './linear/linear-kinds.js';
import { localResponseNormalisation } from './local-response-normalisation.js';
import { maxPool } from './max-pool.js';
import { mean } from './mean.js';
import { pad } from './pad.js';
import { dropout, identity } from './pass-through.js';
import { pointwise } from './pointwise.js';
import { productOverAxes } from './product-over-axes.js';
import { reshape } from './reshape.js';
import { alongAxes, resize } from './resize.js';
import { slice } from './slice.js';
import { logSoftmax, softmax } from './softmax.js';
import { sum } from './sum.js';
import { topK } from './top-k.js';
import { transpose } from './transpose.js';
import { matrixProduct, maximum, minimum, power, productOfValues, quotient } from './two-values.js';

/** Every kind of layer. Whatever lists them all (types of layers, their attributes) follows from this table. */
export const layerKinds = {
  ...linearKinds,
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
  'minimum-over-axes': minimumOverAxes,
  'product-over-axes': productOverAxes,
  'top-k': topK,
  add,
  concat,
  product: productOfValues,
  quotient,
  'matrix-product': matrixProduct,
  power,
  maximum,
  minimum,
  compare,
  choice,
  pointwise,
  reshape,
  transpose,
  slice,
  pad,
  gather,
  expand,
  resize,
  'along-axes': alongAxes,
  dropout,
  custom,
  identity,
};
