import { PatternLensError } from '@patternlens/core';
import {
  cropPixels,
  decodeBmp,
  isBmp,
  planGeometry,
  type Geometry,
  type ImageDecoder,
  type ImageSize,
  type Pixels,
} from '@patternlens/data';
import type { Sharp } from 'sharp';
import { formatByBytes, notRead } from './image-formats.js';

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

async function raw({ data, width, height, channels }: Pixels): Promise<Sharp> {
  const sharp = await library();
  return sharp(data, { raw: { width, height, channels } });
}

const resized = (image: Sharp, size: ImageSize): Sharp =>
  image.resize({ ...size, fit: 'fill', kernel: 'linear' });

/** Pixels that were decoded elsewhere, resized and cropped as asked. */
async function fitted(pixels: Pixels, geometry: Geometry): Promise<Pixels> {
  const { resize, crop } = planGeometry(pixels, geometry);
  const same = resize.width === pixels.width && resize.height === pixels.height;
  if (same) return cropPixels(pixels, crop);
  return pixelsOf(resized(await raw(pixels), resize).extract(crop));
}

async function decodeWithLibrary(bytes: Uint8Array, geometry: Geometry): Promise<Pixels> {
  const sharp = await library();
  const options = { failOn: 'error', limitInputPixels: 2 ** 28 } as const;
  const { autoOrient } = await sharp(bytes, options).metadata();
  const { resize, crop } = planGeometry(autoOrient, geometry);
  const turned = sharp(bytes, options).autoOrient().toColourspace('srgb');
  const same = resize.width === autoOrient.width && resize.height === autoOrient.height;
  return pixelsOf((same ? turned : resized(turned, resize)).extract(crop));
}

/** Decodes images (BMP, JPEG, PNG and what else the library knows), turned as their camera held them. */
export const sharpDecoder: Required<ImageDecoder> = {
  decode: async (bytes, geometry) => {
    if (isBmp(bytes)) return fitted(decodeBmp(bytes), geometry);
    try {
      return await decodeWithLibrary(bytes, geometry);
    } catch (cause) {
      const format = formatByBytes(bytes);
      if (cause instanceof PatternLensError || format?.remedy === undefined) throw cause;
      throw notRead('image', format.name, format.remedy);
    }
  },
  resizePixels: async (pixels, size) => pixelsOf(resized(await raw(pixels), size)),
};
