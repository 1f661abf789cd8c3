import {
  planGeometry,
  type ImageArea,
  type ImageDecoder,
  type ImageSize,
  type Pixels,
} from '@patternlens/data';

/** A part of an image that the browser scales, on a canvas of its own. */
function drawn(image: CanvasImageSource, size: ImageSize, part: ImageArea): Pixels {
  const { left, top, width, height } = part;
  const context = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'srgb' })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, -left, -top, size.width, size.height);
  const { data } = context.getImageData(0, 0, width, height);
  return { data, width, height, channels: 4 };
}

/** The browser's own decoder, in pages and in their workers. */
export const canvasDecoder = (): Required<ImageDecoder> => ({
  decode: async (bytes, geometry) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
    try {
      const { resize, crop } = planGeometry(image, geometry);
      return drawn(image, resize, crop);
    } finally {
      image.close();
    }
  },
  resizePixels: () => Promise.reject(new Error('TODO')),
});
