import { gpujsBackend } from '@patternlens/adapter-gpujs';
import { onnxBackend } from '@patternlens/adapter-onnx';
import { tfjsBackend } from '@patternlens/adapter-tfjs';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import GPU from 'gpu.js';
import * as ortNode from 'onnxruntime-node';
import * as ortWeb from 'onnxruntime-web';

tf.enableProdMode();

/** Every backend that runs in Node. */
export const backends = [
  onnxBackend({ ort: ortNode }),
  onnxBackend({ ort: ortWeb, executionProvider: 'wasm' }),
  await tfjsBackend({ tf, backend: 'cpu' }),
  await tfjsBackend({ tf, backend: 'wasm' }),
  await gpujsBackend({ mode: 'cpu', gpujs: GPU }),
  await gpujsBackend({ mode: 'wasm', gpujs: GPU }),
];
