import type { BrowserBackendId } from '@patternlens/page';

/** What a backend's files take, in MB, as they are on the server: measured on the built page. */
export const DOWNLOAD_MB: Readonly<Record<BrowserBackendId, number>> = {
  'onnx:wasm': 14.4,
  'onnx:webgpu': 26.9,
  'tfjs:wasm': 0.9,
  'tfjs:webgl': 0.8,
  'tfjs:webgpu': 0.8,
  'tfjs:cpu': 0.5,
  'gpujs:webgl2': 0.7,
  'gpujs:webgpu': 0.7,
  'gpujs:wasm': 0.7,
  'gpujs:cpu': 0.7,
};

/** `14.4 MB` */
export const downloadText = (id: BrowserBackendId): string => `${DOWNLOAD_MB[id]} MB`;
