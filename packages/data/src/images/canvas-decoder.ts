import { messageOf } from '@patternlens/core';
import { isBmp } from '../bmp/bmp-header.js';
import { decodeBmp } from '../bmp/decode-bmp.js';
import { fileError } from '../errors/data-error.js';
import type { ImageDecoder } from '../preprocessing/image-decoder.js';
import { overWhite } from '../preprocessing/over-white.js';
import type { Pixels } from '../preprocessing/pixels.js';
import { checkImageSize } from './image-limit.js';
import { readImageHeader } from './read-image-header.js';
import { turnPixels } from './turn-pixels.js';
import { withoutOrientation } from './without-orientation.js';

/** Sides of the parts that are drawn: canvases have a largest size, and a whole image would be held twice. */
const TILE = 1024;

/** The browser's decoder, in pages and in workers. What it draws is read part by part; BMP, orientation and transparency are
 * not left to it, since browsers differ there.
 * `decode` throws PatternLensError `invalid-file` for what the browser does not read. */
export const canvasDecoder: ImageDecoder = {
  decode: async (bytes) => {
    const header = readImageHeader(bytes);
    if (header) checkImageSize(header);
    if (isBmp(bytes)) return overWhite(decodeBmp(bytes));
    const bitmap = await bitmapOf(header ? withoutOrientation(bytes, header) : bytes.slice());
    try {
      checkImageSize(bitmap);
      return turnPixels(drawn(bitmap), header?.orientation?.value ?? 1);
    } finally {
      bitmap.close();
    }
  },
};

async function bitmapOf(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes]), {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    const remedy = 'Save it as PNG or JPEG; if it is one, it is not whole: copy it again.';
    throw fileError('image', 'an image that this browser reads', messageOf(cause), remedy, cause);
  }
}

/** The pixels of a bitmap, over white. */
function drawn(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const side = { width: Math.min(TILE, width), height: Math.min(TILE, height) };
  const canvas = new OffscreenCanvas(side.width, side.height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true })!;
  // Parts replace what was drawn before, transparency included.
  context.globalCompositeOperation = 'copy';
  const data = new Uint8Array(width * height * 3);
  for (let top = 0; top < height; top += side.height)
    for (let left = 0; left < width; left += side.width) {
      const part = {
        width: Math.min(side.width, width - left),
        height: Math.min(side.height, height - top),
      };
      context.drawImage(bitmap, -left, -top);
      const { data: values } = context.getImageData(0, 0, part.width, part.height);
      const opaque = overWhite({ data: values, ...part, channels: 4 }).data;
      const length = part.width * 3;
      for (let row = 0; row < part.height; row++)
        data.set(
          opaque.subarray(row * length, (row + 1) * length),
          ((top + row) * width + left) * 3,
        );
    }
  return { data, width, height, channels: 3 };
}
