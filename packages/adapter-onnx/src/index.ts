export { readOnnx, type ReadOnnxOptions } from './read-onnx.js';
export type { ExternalFile, ExternalFiles } from './read/external-data.js';
export {
  onnxBackend,
  type OnnxBackend,
  type OnnxBackendOptions,
  type OnnxDescription,
} from './run/onnx-backend.js';
export {
  writeOnnx,
  writeOnnxFiles,
  type OnnxFiles,
  type WriteOnnxOptions,
} from './write/write-onnx.js';
export { openOnnxModel, type OnnxModel } from './run/onnx-model.js';
export { doubleProducts, type DoubleProducts } from './run/double-products.js';
