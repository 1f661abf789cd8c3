import { knownArithmetic } from './arithmetic.js';
import { gatherElements, gatherVectors } from './indexing.js';
import { reshaped, reshape, transposed, gather, concat, slice, expand, tile } from './layout.js';
import { cast, fill, range, reduce } from './shapes.js';

/** What can be computed while a file is read: folders of arithmetic, and functions of a node, its known values and its arguments. */
export const known = {
  ...knownArithmetic,
  reshaped,
  reshape,
  transposed,
  gather,
  gatherElements,
  gatherVectors,
  concat,
  slice,
  expand,
  tile,
  cast,
  fill,
  range,
  reduce,
} as const;
