export {
  readGraphModel,
  readLayersModel,
  readTfjsModel,
  type ReadTfjsOptions,
} from './read-tfjs.js';
export type { InputShapes } from './import/input-shape.js';
export type { LoadedGraphModel, LoadedLayersModel, LoadedTensor } from './read/loaded-models.js';
export type { ShardReader, TfjsFiles } from './read/model-files.js';
export {
  openTfjsModel,
  type TfjsModel,
  type TfjsModelOptions,
  type TfjsModelRuntime,
} from './run/tfjs-model.js';
