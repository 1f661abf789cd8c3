/** The bundled network's files in the page's folder. */
export const DEFAULT_FILES = {
  model: 'models/default.onnx',
  patterns: 'models/default.patterns.safetensors',
} as const;
