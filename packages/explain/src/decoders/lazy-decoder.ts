import type { ImageDecoder } from '@patternlens/data';

/** A decoder whose library is loaded when the first image is decoded, and once; what fails is tried again. */
export function lazyDecoder(load: () => Promise<ImageDecoder>): ImageDecoder {
  let loaded: Promise<ImageDecoder> | undefined;
  const decoder = (): Promise<ImageDecoder> =>
    (loaded ??= load().catch((cause: unknown) => {
      loaded = undefined;
      throw cause;
    }));
  return { decode: async (bytes) => (await decoder()).decode(bytes) };
}
