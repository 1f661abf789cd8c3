import { PatternLensError } from '@patternlens/core';
import { described } from '@patternlens/core/arguments';
import {
  checkImageSize,
  decodeBmp,
  isBmp,
  overWhite,
  readImageHeader,
  type ImageDecoder,
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

/** What is cut off is refused, and colours are left as the file has them: so networks' training data were read. */
const OPTIONS = { failOn: 'error', ignoreIcc: true, limitInputPixels: false } as const;

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
    channels: info.channels,
  };
}

async function decodeWithLibrary(sharp: Factory, bytes: Uint8Array): Promise<Pixels> {
  const { autoOrient, space } = await sharp(bytes, OPTIONS).metadata();
  checkImageSize(autoOrient);
  const upright = sharp(bytes, OPTIONS).autoOrient();
  if (space === 'cmyk')
    return withoutInks(await pixelsOf(upright.pipelineColourspace('cmyk').toColourspace('cmyk')));
  return overWhite(await pixelsOf(upright.toColourspace('srgb')));
}

/** Cyan, magenta, yellow and black as light that they leave, cut to whole numbers: what Chromium shows. */
function withoutInks({ data, width, height }: Pixels): Pixels {
  const light = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const rest = 255 - data[pixel * 4 + 3]!;
    for (let colour = 0; colour < 3; colour++)
      light[pixel * 3 + colour] = Math.floor(((255 - data[pixel * 4 + colour]!) * rest) / 255);
  }
  return { data: light, width, height, channels: 3 };
}

/** Decodes images (BMP, JPEG, PNG and what else the library knows), turned as their camera held them.
 * @param sharp The library: `import sharp from 'sharp'`.
 * @throws PatternLensError `invalid-argument` for another; decoding throws `invalid-file` for what is no image that is read. */
export function sharpDecoder(sharp: unknown): ImageDecoder {
  const library = sharpBehind(sharp);
  return {
    decode: async (bytes) => {
      const header = readImageHeader(bytes);
      if (header) checkImageSize(header);
      if (isBmp(bytes)) return overWhite(decodeBmp(bytes));
      try {
        return await decodeWithLibrary(library, bytes);
      } catch (cause) {
        const format = formatByBytes(bytes);
        if (cause instanceof PatternLensError || format?.remedy === undefined) throw cause;
        throw notRead('image', format.name, format.remedy);
      }
    },
  };
}
