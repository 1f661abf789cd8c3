// Imported by itself: only who opens a model of TensorFlow.js loads it.
export { readTfjsModel } from '@patternlens/adapter-tfjs';
