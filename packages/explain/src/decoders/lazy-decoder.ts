import type { ImageDecoder } from '@patternlens/data';

/** A decoder whose library is loaded when the first image is decoded. */
export function lazyDecoder(load: () => Promise<ImageDecoder>): ImageDecoder {
  let loaded: Promise<ImageDecoder> | undefined;
  return {
    decode: async (bytes) => (await (loaded ??= load())).decode(bytes),
  };
}
