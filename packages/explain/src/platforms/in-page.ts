import { type ExplainImages, explainImagesOn } from '../call/explain-images.js';
import { fitImagesOn, type FitImagesOptions, type FittedImages } from '../call/fit-images.js';
import type { GivenImages, GivenModel } from '../call/model-options.js';
import { pagePlatform } from './page-platform.js';

/** Explains what a model sees in images: opens both, preprocesses and explains the images, and draws pictures.
 * @param model A model file, all files of a model, or a network.
 * @param images One image or several; by input name for a network of several inputs.
 * @returns a map of every image for every method, raw and as a picture, and what was done: backend, preprocessing, targets, recipes, warnings.
 * @throws PatternLensError `invalid-argument` for options and arguments that are none; `invalid-file` naming a file; `empty-data`; `backend-unavailable` with what to install;
 * `missing-pattern`, `pattern-mismatch`, `unsupported-layer` as `createExplainer` says them; `cancelled`. */
export const explainImages = ((model, images, options) =>
  explainImagesOn(pagePlatform, model, images, options)) as ExplainImages;

/** Fits patterns on images: opens the model and the images as `explainImages` does.
 * @returns the patterns, and their file.
 * @throws PatternLensError as `explainImages` and `fitPatterns` do. */
export const fitImages = (
  model: GivenModel,
  images: GivenImages,
  options?: FitImagesOptions,
): Promise<FittedImages> => fitImagesOn(pagePlatform, model, images, options);
