// Imported by itself: only who writes an explainer loads it.
export { writeOnnxFiles } from '@patternlens/adapter-onnx';
