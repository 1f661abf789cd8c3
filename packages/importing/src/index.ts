export { range, type AxisOrder } from './values/axis-order.js';
export {
  constantValue,
  dimsOf,
  isKnown,
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
} from './values/values.js';
export { fail, type NamedPlace, type Voice } from './place/voice.js';
export { Place, SAMPLES_ALONE, type PlaceNames } from './place/place.js';
export { NodeView } from './place/node-view.js';
export type { StatedInput } from './place/batch-axis.js';
export {
  boundInputs,
  checkShapes,
  type BoundInput,
  type InputShapes,
} from './place/input-shape.js';
export { type ExplainableFile, readExplained } from './network/explainable-output.js';
export type { FilePorts } from './network/file-ports.js';
export { ImportContext, QUANTISED } from './network/import-context.js';
export { readModel, readModelInParts } from './network/read-model.js';
export { clipBetween, SELU, smooth, type Activation } from './layers/activation.js';
export { axisOfSample, entryAt, sizeAlong, withAxes } from './layers/axes.js';
export { build } from './layers/build.js';
export { checkFixed, sampleSizes } from './layers/entries.js';
export { bandMask } from './layers/triangle.js';
export type { ConvolutionParts } from './layers/convolution.js';
export type { PairKind } from './layers/elementwise.js';
export type { Borders } from './layers/layout.js';
export { beside, mapped } from './layers/parameters.js';
export { poolPads, type PoolSpec, type Reduction } from './layers/pooling.js';
export type { ReductionName, ReductionSteps } from './layers/reductions.js';
export { cubicWeight } from './layers/cubic-weight.js';
export type { ResizedAxis } from './layers/resize.js';
export { placesOf, sliceRange, wholeAxis, type SliceRange } from './layers/slice-ranges.js';
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
export { known } from './known/known.js';
export { limitMatrix, limitShape } from './known/limit-elements.js';
export type { KnownReduction } from './known/shapes.js';
export { commonFolders, commonOperations } from './operators/common.js';
export * as choice from './operators/choice.js';
export * as comparisons from './operators/comparisons.js';
export * as division from './operators/division.js';
export { einsum } from './operators/einsum.js';
export { gatherElements, gatherVectors } from './operators/indexing.js';
export {
  isScatterMode,
  scatterElements,
  scatterVectors,
  valueAt,
  type ScatterMode,
} from './operators/scatter.js';
export * as elementwise from './operators/elementwise.js';
export * as extrema from './operators/extrema.js';
export * as steps from './operators/steps.js';
export { checkKnown, supportedBy, type Supported } from './walk/check-known.js';
export { importForeign, type ForeignParts } from './walk/import-foreign.js';
export { NodeWalk } from './walk/node-walk.js';
export { type Folder, type Made, type Operation, type OperatorTable } from './walk/operation.js';
export { orderNodes } from './walk/order-nodes.js';
