// What programs in Node share that open models and images of their own accord: the command is built on it.
export {
  BACKEND_IDS,
  MEASURED,
  PREFERRED,
  runsHere,
  type BackendId,
  type NodeBackendId,
} from './backends/backend-ids.js';
export { isOnnxBackend, onnxRuntime } from './backends/onnx-runtime.js';
export { openBackend } from './backends/open-backend.js';
export { isTfjsBackend, tfjsRuntime } from './backends/tfjs-runtime.js';
export { checkPreprocessing } from './explain/check-preprocessing.js';
export { drawSample, type DrawOptions } from './explain/draw-sample.js';
export {
  explainSamples,
  type ExplainedSample,
  type Fields,
  type SamplesToExplain,
} from './explain/explain-samples.js';
export { inputRange, withRange, type InputRange } from './explain/input-range.js';
export { lazyDecoder } from './decoders/lazy-decoder.js';
export { diskFile, isFile } from './files/disk-file.js';
export { fileSource, statOf } from './files/file-bytes.js';
export { imagesIn, type FolderImages } from './files/image-folder.js';
export { modelInFolder } from './files/model-path.js';
export { textOf, type NamedFile } from './files/named-file.js';
export { labelOf, numbersOfLabel, type ClassLabels } from './models/class-labels.js';
export { MODEL_FORMATS, type ModelFormat, type ModelFormatId } from './models/model-formats.js';
export { shardsBeside } from './models/model-readers.js';
export {
  openModel,
  type OpenedModel,
  type OpenModelOptions,
  type ReadyModel,
} from './models/open-model.js';
export { openPatterns } from './models/open-patterns.js';
export { classLabels, namesOf, type LabelNames } from './models/parse-labels.js';
export {
  hasNone,
  namedPreprocessing,
  noPreprocessing,
  PIXELS_AS_THEY_ARE,
  preprocessingNote,
  usedPreprocessing,
  type PreprocessingChoice,
  type UsedPreprocessing,
} from './models/preprocessing-choice.js';
export { arraySamples } from './sources/array-samples.js';
export {
  imagesPreprocessing,
  pixelsAsTheyAre,
  preprocessingEntry,
  type PreprocessingEntry,
} from './sources/images-preprocessing.js';
export { joinInputs, type JoinedInputs, type JoinedSample } from './sources/joined-inputs.js';
export { openFile, sampleShapeOf } from './sources/open-file.js';
export type { OpenedSource } from './sources/opened-source.js';
export { samplesFirst } from './sources/samples-first.js';
export type { SourceOptions } from './sources/source-options.js';
