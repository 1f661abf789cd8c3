export type { GivenLabels } from './call/given-settings.js';
export type { ExplainedImages, ExplainImages } from './call/explain-images.js';
export type { ExplainImagesOptions, ImagesProgress } from './call/explain-options.js';
export type { FitImagesOptions, FittedImages } from './call/fit-images.js';
export type { ImageFiles, ModelFiles, PickedFile } from './call/given-files.js';
export type {
  GivenImages,
  GivenModel,
  GivenPreprocessing,
  ModelImageOptions,
} from './call/model-options.js';
export type { ImageMap, RelevanceMap } from './call/relevance-map.js';
export type { UsedBackend } from './call/used-backend.js';
export type { UsedPreprocessing } from './models/preprocessing-choice.js';
export type { PreprocessingEntry } from './sources/images-preprocessing.js';
export { explainImages, fitImages } from './platforms/in-node.js';
