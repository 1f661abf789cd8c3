/** Backends that may run in a page, the quick ones first. */
export const BROWSER_BACKENDS = [
  'onnx:wasm',
  'onnx:webgpu',
  'tfjs:wasm',
  'tfjs:webgl',
  'tfjs:webgpu',
  'tfjs:cpu',
  'gpujs:webgl2',
  'gpujs:webgpu',
  'gpujs:wasm',
  'gpujs:cpu',
] as const;

export type BrowserBackendId = (typeof BROWSER_BACKENDS)[number];
