import { PatternLensError } from '@patternlens/core';
import { described } from '@patternlens/core/arguments';
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
import { formatByBytes, notRead } from '../sources/image-formats.js';

type Factory = (typeof import('sharp'))['default'];

/** The library behind what was imported: itself, or a namespace's default export.
 * @throws PatternLensError `invalid-argument` where it is something else. */
function sharpBehind(given: unknown): Factory {
  const candidates = [given, (Object(given) as { readonly default?: unknown }).default];
  const found = candidates.find(
    (candidate) => typeof candidate === 'function' && 'cache' in candidate,
  );
  if (found !== undefined) return found as Factory;
  throw new PatternLensError(
    'explain',
    'invalid-argument',
    `sharpDecoder: expected sharp, got ${described(given)}. Write import sharp from "sharp", and sharpDecoder(sharp).`,
  );
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

const raw = (sharp: Factory, { data, width, height, channels }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

const resized = (image: Sharp, size: ImageSize): Sharp =>
  image.resize({ ...size, fit: 'fill', kernel: 'linear' });

/** Pixels that were decoded elsewhere, resized and cropped as asked. */
async function fitted(sharp: Factory, pixels: Pixels, geometry: Geometry): Promise<Pixels> {
  const { resize, crop } = planGeometry(pixels, geometry);
  const same = resize.width === pixels.width && resize.height === pixels.height;
  if (same) return cropPixels(pixels, crop);
  return pixelsOf(resized(raw(sharp, pixels), resize).extract(crop));
}

async function decodeWithLibrary(
  sharp: Factory,
  bytes: Uint8Array,
  geometry: Geometry,
): Promise<Pixels> {
  const options = { failOn: 'error', limitInputPixels: 2 ** 28 } as const;
  const { autoOrient } = await sharp(bytes, options).metadata();
  const { resize, crop } = planGeometry(autoOrient, geometry);
  const turned = sharp(bytes, options).autoOrient().toColourspace('srgb');
  const same = resize.width === autoOrient.width && resize.height === autoOrient.height;
  return pixelsOf((same ? turned : resized(turned, resize)).extract(crop));
}

/** Decodes images (BMP, JPEG, PNG and what else the library knows), turned as their camera held them.
 * @param sharp The library: `import sharp from 'sharp'`. */
export function sharpDecoder(sharp: unknown): Required<ImageDecoder> {
  const library = sharpBehind(sharp);
  return {
    decode: async (bytes, geometry) => {
      if (isBmp(bytes)) return fitted(library, decodeBmp(bytes), geometry);
      try {
        return await decodeWithLibrary(library, bytes, geometry);
      } catch (cause) {
        const format = formatByBytes(bytes);
        if (cause instanceof PatternLensError || format?.remedy === undefined) throw cause;
        throw notRead('image', format.name, format.remedy);
      }
    },
    resizePixels: async (pixels, size) => pixelsOf(resized(raw(library, pixels), size)),
  };
}
