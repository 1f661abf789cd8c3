export { canvasDecoder } from '@patternlens/data';
