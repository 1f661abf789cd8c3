import type { ImageDecoder } from '@patternlens/data';

/** A decoder whose library is loaded when the first image is decoded. */
export function lazyDecoder(load: () => Promise<Required<ImageDecoder>>): Required<ImageDecoder> {
  let loaded: Promise<Required<ImageDecoder>> | undefined;
  const decoder = (): Promise<Required<ImageDecoder>> => (loaded ??= load());
  return {
    decode: async (bytes, geometry) => (await decoder()).decode(bytes, geometry),
    resizePixels: async (pixels, size) => (await decoder()).resizePixels(pixels, size),
  };
}
