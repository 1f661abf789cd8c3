export { readOnnx, type ReadOnnxOptions } from './read-onnx.js';
