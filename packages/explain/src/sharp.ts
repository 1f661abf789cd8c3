export { sharpDecoder } from './decoders/sharp-decoder.js';
