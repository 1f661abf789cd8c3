/** The names of TensorFlow.js' backends that programs can run on. */
export const TFJS_BACKENDS = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;
export type TfjsBackendName = (typeof TFJS_BACKENDS)[number];

/** What is known of the kernels of a backend. */
export interface Traits {
  /** Arg max takes the first of equal values. WebGL's takes the last. */
  readonly firstArgMax: boolean;
  /** Slices with steps cost no more than others. Those of cpu and wasm do, many times over. */
  readonly quickSteps: boolean;
  /** Comparisons, maxima and minima cost no more than sums. Those of wasm do, twenty times over; its differences keep the smallest numbers, so that
   * the sign of a difference tells as much. */
  readonly quickComparisons: boolean;
  /** A cast of booleans makes numbers. WebGPU's gives the same memory another name, which its `Transpose` then has no shader for. */
  readonly castsBooleans: boolean;
  /** Sines and cosines are right to float32. Shaders may compute them to a few decimal places only. */
  readonly fullMath: boolean;
}

export function traitsOf(name: TfjsBackendName): Traits {
  return {
    firstArgMax: name === 'cpu' || name === 'wasm',
    quickSteps: name !== 'wasm' && name !== 'cpu',
    quickComparisons: name !== 'wasm',
    castsBooleans: name !== 'webgpu',
    fullMath: name === 'cpu' || name === 'wasm',
  };
}
