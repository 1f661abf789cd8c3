import { expects } from '../arguments/argument-kind.js';

/** What a backend is, as an argument. */
export const BACKEND = expects.required(
  expects.having(
    'a backend',
    ['compile', 'dispose', 'id'],
    'Make one: onnxBackend({ ort }), tfjsBackend({ tf }), gpujsBackend() or referenceBackend().',
  ),
);
