// What an image becomes, as digests to compare between programs and pages: this file runs in Node and in workers of pages.
import { imageSource, preprocessPixels } from '@patternlens/data';

const hex = (bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const digest = async (values) =>
  hex(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(values.buffer))).slice(0, 16);

/** Inputs of networks that take the image in another size, in colour and in grey. */
const WAYS = [
  { channels: 3, preprocessing: { resize: 40, crop: [24, 20] } },
  { channels: 3, preprocessing: { resize: [24, 20], resample: 'bicubic' } },
  { channels: 1, preprocessing: { resample: 'nearest', scale: 1 / 255 } },
];

/** The size of a decoded image, the digest of its pixels, and digests of what networks are given; the error's code and message
 * where it is refused. */
export async function pixelDigests({ decode }, name, bytes) {
  const inputOf = async ({ channels, preprocessing }) => {
    const options = { decode, inputShape: [{ batch: 1 }, channels, 24, 20], preprocessing };
    const { data } = await imageSource([{ name, bytes: async () => bytes }], options).read(0, 1);
    return digest(data);
  };
  try {
    const inputs = await Promise.all(WAYS.map(inputOf));
    const pixels = await decode(bytes);
    return {
      size: [pixels.width, pixels.height],
      pixels: await digest(preprocessPixels(pixels, {}, 'channels-last', 3)),
      inputs,
    };
  } catch (thrown) {
    return { code: thrown.code, message: thrown.message };
  }
}
