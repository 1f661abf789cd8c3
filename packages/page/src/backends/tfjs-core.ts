import {
  backend,
  engine,
  env,
  findBackendFactory,
  getBackend,
  memory,
  setBackend,
  tensor,
  version_core,
} from '@tensorflow/tfjs-core';

/** What the adapter uses of TensorFlow.js' core, by name, so that bundlers leave the rest out: half of it is never loaded. */
export const tfjsCore = {
  ...{ backend, engine, env, findBackendFactory, getBackend, memory, setBackend, tensor },
  version_core,
};
