import { activate, activateBehind, rectifyByParameter } from './activation.js';
import { convolve, convolveTransposed } from './convolution.js';
import { multiplyLast } from './dense.js';
import { multiplyMatrices, transposeLast } from './matrix-product.js';
import { addConstant, scale, together, sum, pair, joined, concatenate } from './elementwise.js';
import { join } from './join.js';
import {
  dropAxes,
  addAxes,
  flatten,
  permute,
  pad,
  padByRepeating,
  slice,
  split,
  gather,
  gatherBy,
  tile,
  expand,
} from './layout.js';
import { normaliseBatch, normaliseResponses, standardise, divideByRoot } from './normalisation.js';
import { pool, reduce } from './pooling.js';
import { reductions } from './reductions.js';
import { regarded, reshape, wantedShape } from './reshape.js';
import { mapAxes, resize, resizeOver } from './resize.js';
import { passAbove, shrink } from './thresholds.js';
import { runningSum } from './running.js';
import { topK } from './top-k.js';
import { keepBand } from './triangle.js';
import { pickEntries, sampleRows } from './entries.js';

/** What builds layers: functions of the context, the place, the values that are read, and what is done with them in terms of the model's axes. */
export const build = {
  addConstant,
  scale,
  together,
  sum,
  pair,
  joined,
  concatenate,
  join,
  reshape,
  regarded,
  wantedShape,
  dropAxes,
  addAxes,
  flatten,
  permute,
  pad,
  padByRepeating,
  slice,
  split,
  gather,
  gatherBy,
  tile,
  expand,
  normaliseBatch,
  normaliseResponses,
  standardise,
  divideByRoot,
  pool,
  reduce,
  reductions,
  activate,
  activateBehind,
  convolve,
  convolveTransposed,
  multiplyLast,
  multiplyMatrices,
  transposeLast,
  rectifyByParameter,
  passAbove,
  shrink,
  resize,
  resizeOver,
  mapAxes,
  runningSum,
  keepBand,
  topK,
  pickEntries,
  sampleRows,
} as const;
