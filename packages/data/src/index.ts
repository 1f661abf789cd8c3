export { alexNet } from './architectures/alex-net.js';
export {
  allCnn,
  type AllCnnModel,
  type AllCnnOptions,
  type AllCnnVariant,
} from './architectures/all-cnn.js';
export type { ArchitectureOptions } from './architectures/architecture-options.js';
export { vgg16, vgg19 } from './architectures/vgg.js';
export type { WeightSource } from './architectures/weight-source.js';
export { zfNet } from './architectures/zf-net.js';
export type { ArrayFormat, OpenedArray } from './arrays/opened-array.js';
export { openArray, type OpenArrayOptions } from './arrays/open-array.js';
export { isBmp } from './bmp/bmp-header.js';
export { decodeBmp } from './bmp/decode-bmp.js';
export {
  generateBatch,
  generatedData,
  type GeneratedBatch,
  type GeneratedDataOptions,
} from './generated/generated-data.js';
export { generatedSource } from './generated/generated-source.js';
export { DEFAULT_NETWORK } from './default-network/default-network.js';
export { generateSample, type GeneratedSample } from './generated/generate-sample.js';
export { GENERATOR, type GeneratorOptions } from './generated/generator.js';
export { canvasDecoder } from './images/canvas-decoder.js';
export { checkImageSize } from './images/image-limit.js';
export { readImageHeader } from './images/read-image-header.js';
export type { ImageHeader } from './images/image-header.js';
export type { Orientation, StoredOrientation } from './images/exif-orientation.js';
export { readIdxLabels } from './idx/read-idx-labels.js';
export { linearTask, type LinearTask, type LinearTaskOptions } from './linear-task/linear-task.js';
export { plainFileName, sampleNumber, uniqueNames } from './names/file-names.js';
export { encodeNpy, npyHeader } from './npy/encode-npy.js';
export { readNpy } from './npy/read-npy.js';
export { cropPixels } from './preprocessing/crop-pixels.js';
export { fitPixels } from './preprocessing/fit-pixels.js';
export type { ImageDecoder } from './preprocessing/image-decoder.js';
export { overWhite } from './preprocessing/over-white.js';
export { checkPreprocessing, parsePreprocessing } from './preprocessing/parse-preprocessing.js';
export { pixelRange, type PixelRange } from './preprocessing/pixel-range.js';
export type { ImageLayout, Pixels } from './preprocessing/pixels.js';
export {
  planGeometry,
  type Geometry,
  type GeometryPlan,
  type ImageArea,
  type ImageSize,
} from './preprocessing/plan-geometry.js';
export { preprocessPixels } from './preprocessing/preprocess-pixels.js';
export type { ChannelOrder, Extent, Preprocessing } from './preprocessing/preprocessing.js';
export {
  PREPROCESSING_PRESET_IDS,
  PREPROCESSING_PRESETS,
  presetPreprocessing,
  type PreprocessingPreset,
  type PreprocessingPresetId,
} from './preprocessing/preprocessing-presets.js';
export { preprocessingHash } from './preprocessing/preprocessing-hash.js';
export { restorePixels } from './preprocessing/restore-pixels.js';
export { RESAMPLE_FILTERS, type ResampleFilter } from './resize/resample-filter.js';
export { resizePixels } from './resize/resize-pixels.js';
export { arraySource, type ArraySource } from './sources/array-source.js';
export type { ArraySourceOptions } from './sources/array-source-options.js';
export {
  imageSource,
  type ImageFile,
  type ImageSource,
  type ImageSourceOptions,
} from './sources/image-source.js';
export { inputLayout, type InputLayout, type InputLayoutOptions } from './sources/input-layout.js';
export {
  measureToyModel,
  measureToys,
  type MeasureToyOptions,
  type ToyMeasurement,
} from './toy/measure-toy.js';
export { sameFunctionTwice, type SameFunctionTwice } from './toy/same-function-twice.js';
export { toyClosedForms, type ToyClosedForms } from './toy/toy-closed-forms.js';
export type { PlaneVector, ToyModel } from './toy/toy-model.js';
export { TOY_MODELS, turnedDistractor, type NamedToyModel } from './toy/toy-models.js';
export { toyNeuron, type ToyNeuron } from './toy/toy-neuron.js';
export { toySamples, type ToySamples, type ToySamplesOptions } from './toy/toy-samples.js';
