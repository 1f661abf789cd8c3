export { canvasDecoder } from './decoders/canvas-decoder.js';
