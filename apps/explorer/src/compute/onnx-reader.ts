// Imported by itself, so that the first model is read without what writes and runs ONNX files.
export { readOnnx } from '@patternlens/adapter-onnx';
