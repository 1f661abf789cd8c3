// Shapes, and what computes with tensors outside of a program: for importers, backends, and readers of data.
export {
  broadcastSteps,
  commonShape,
  forEachBroadcast,
  mapTensor,
  zipTensors,
} from './tensor/broadcast.js';
export { checkFinite, firstNotFinite } from './tensor/check-finite.js';
export { fromHalf } from './tensor/from-half.js';
export { normals, uniforms } from './tensor/normals.js';
export { modelLayout, samplesFirst } from './tensor/model-layout.js';
export { inversePermutation, permuteTensor } from './tensor/permute-tensor.js';
export {
  type Dim,
  type BatchDim,
  BATCH,
  divideDims,
  formatDim,
  formatShape,
  isBatch,
  multiplyDims,
  resolveShape,
  sameDim,
  sameShape,
  sizeOf,
  product,
  stridesOf,
} from './tensor/shape.js';
export { readRecord } from './tensor/tensor-record.js';
export { filled } from './tensor/tensor.js';
