export {
  readGraphModel,
  readLayersModel,
  readTfjsModel,
  type ReadTfjsOptions,
} from './read-tfjs.js';
export type { InputShapes } from '@patternlens/importing';
export type { LoadedGraphModel, LoadedLayersModel, LoadedTensor } from './read/loaded-models.js';
export type { ShardReader, TfjsFiles } from './read/model-files.js';
export {
  openTfjsModel,
  type TfjsModel,
  type TfjsModelOptions,
  type TfjsModelRuntime,
} from './run/tfjs-model.js';
export type { TfjsBackendName } from './kernels/traits.js';
export type { TfjsDescription } from './run/describe.js';
export { tfjsBackend, type TfjsBackend, type TfjsBackendOptions } from './run/tfjs-backend.js';
