import { planGeometry, type ImageDecoder, type ImageSize, type Pixels } from '@patternlens/data';
import type { Sharp } from 'sharp';

type Factory = (typeof import('sharp'))['default'];

let loaded: Promise<Factory> | undefined;

/** The image library, loaded when the first image is. */
async function library(): Promise<Factory> {
  loaded ??= import('sharp').then(({ default: sharp }) => sharp);
  return loaded;
}

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
    channels: info.channels,
  };
}

/** Decodes images (JPEG, PNG and what else the library knows), turned as their camera held them. */
export const sharpDecoder: Required<ImageDecoder> = {
  decode: async (bytes, geometry) => {
    const sharp = await library();
    const options = { failOn: 'error', limitInputPixels: 2 ** 28 } as const;
    const { autoOrient } = await sharp(bytes, options).metadata();
    const { resize, crop } = planGeometry(autoOrient, geometry);
    const turned = sharp(bytes, options).autoOrient().toColourspace('srgb');
    const same = resize.width === autoOrient.width && resize.height === autoOrient.height;
    const scaled = same ? turned : turned.resize({ ...resize, fit: 'fill', kernel: 'linear' });
    return pixelsOf(scaled.extract(crop));
  },
  resizePixels: async ({ data, width, height, channels }: Pixels, size: ImageSize) => {
    const sharp = await library();
    return pixelsOf(
      sharp(data, { raw: { width, height, channels } }).resize({
        ...size,
        fit: 'fill',
        kernel: 'linear',
      }),
    );
  },
};
