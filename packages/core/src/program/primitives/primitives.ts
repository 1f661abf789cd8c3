import { argMax } from './arg-max.js';
import { avgPool, avgPoolInputGradient } from './average-pool.js';
import { binary } from './binary.js';
import { broadcast } from './broadcast.js';
import { compare } from './compare.js';
import { concat } from './concat.js';
import { conv, convInputGradient, convWeightGradient } from './convolution.js';
import { gather } from './gather.js';
import { matmul } from './matmul.js';
import { maxPool, poolBySwitches, poolSwitches, unpool } from './max-pool.js';
import { oneHot } from './one-hot.js';
import { pad } from './pad.js';
import { constant, input } from './ports.js';
import { reduceMax, reduceSum } from './reduce.js';
import { reshape } from './reshape.js';
import { select } from './select.js';
import { slice } from './slice.js';
import { transpose } from './transpose.js';
import { unary } from './unary.js';

/** Every primitive operation. Whatever lists them all (types of operations, kernels of backends) follows from this table. */
export const primitives = {
  input,
  constant,
  ...unary,
  ...binary,
  compare,
  select,
  matmul,
  conv,
  convInputGradient,
  convWeightGradient,
  maxPool,
  poolSwitches,
  poolBySwitches,
  unpool,
  avgPool,
  avgPoolInputGradient,
  reshape,
  transpose,
  broadcast,
  pad,
  slice,
  concat,
  reduceSum,
  reduceMax,
  argMax,
  oneHot,
  gather,
};
