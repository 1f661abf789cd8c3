export {
  channelsFirst,
  inOrder,
  isModelOrder,
  modelOrder,
  range,
  type AxisOrder,
} from './values/axis-order.js';
export {
  constantValue,
  dimsOf,
  isKnown,
  isScalar,
  knownShape,
  knownSizes,
  originOf,
  parameterOf,
  scalarParameter,
  shapeOf,
  type ConstantValue,
  type Imported,
  type KnownValue,
  type NumberType,
  type RuntimeValue,
  type SizesValue,
} from './values/values.js';
export { LARGEST_VALUE } from './values/limits.js';
export { fail, type Voice } from './place/voice.js';
export { Place, SAMPLES_ALONE, type PlaceNames } from './place/place.js';
export { NodeView } from './place/node-view.js';
export { boundInput, checkShapes, type BoundInput, type InputShapes } from './place/input-shape.js';
export { ImportContext, type ContextParts, type Parameters } from './network/import-context.js';
export {
  activate,
  activateBehind,
  clipBetween,
  rectifyByParameter,
  SELU,
  smooth,
  type Activation,
} from './layers/activation.js';
export { convolve, convolveTransposed, type ConvolutionParts } from './layers/convolution.js';
export { multiplyLast } from './layers/dense.js';
export {
  addConstant,
  beside,
  concatenate,
  joined,
  mapped,
  pair,
  scale,
  sum,
  type PairKind,
} from './layers/elementwise.js';
export {
  addAxes,
  axisOfSample,
  checkPermutation,
  checkRepeats,
  dropAxes,
  entryAt,
  flatten,
  gather,
  gatherBy,
  pad,
  padByRepeating,
  permute,
  reshape,
  sizeAlong,
  slice,
  split,
  tile,
  withAxes,
  type Borders,
  type RepeatingMode,
  type SliceSpec,
} from './layers/layout.js';
export {
  divideByRoot,
  normaliseBatch,
  standardise,
  type BatchNormalisationSpec,
} from './layers/normalisation.js';
export { pool, reduce, type PoolSpec, type Reduction } from './layers/pooling.js';
export { reshapeTo } from './layers/reshape-to.js';
export { resize, type ResizedAxis } from './layers/resize.js';
export {
  placesOf,
  sliceRange,
  wholeAxis,
  type SliceLimits,
  type SliceRange,
} from './layers/slice-ranges.js';
export {
  channelsOf,
  checkSizes,
  halves,
  samePads,
  spansOf,
  spatialOf,
  windowOf,
  type Padding,
  type WindowSpec,
} from './layers/windows.js';
export { knownArithmetic } from './known/arithmetic.js';
export {
  knownConcat,
  knownExpand,
  knownGather,
  knownReshape,
  knownReshaped,
  knownSlice,
  knownTile,
  knownTransposed,
  placeInto,
} from './known/layout.js';
export { limitElements, limitShape } from './known/limit-elements.js';
export {
  knownCast,
  knownFill,
  knownRange,
  knownReduce,
  type KnownReduction,
} from './known/shapes.js';
export * as elementwise from './operators/elementwise.js';
export { checkKnown, type Knowing } from './walk/check-known.js';
export { importForeign, type ForeignParts } from './walk/import-foreign.js';
export { NodeWalk } from './walk/node-walk.js';
export {
  entryOf,
  type Folder,
  type Made,
  type Operation,
  type OperatorTable,
} from './walk/operation.js';
export { orderNodes, type Reading } from './walk/order-nodes.js';
