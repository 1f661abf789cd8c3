import {
  messageOf,
  PatternLensError,
  type SampleSource,
  type Shape,
  type Tensor,
} from '@patternlens/core';
import { type InputAxes } from '@patternlens/core/network';
import { formatShape } from '@patternlens/core/tensor';
import { checkRange } from '../errors/check-range.js';
import { fileError, shapeError } from '../errors/data-error.js';
import { channelSteps } from '../preprocessing/channel-steps.js';
import { fitPixels } from '../preprocessing/fit-pixels.js';
import type { ImageDecoder } from '../preprocessing/image-decoder.js';
import { checkPixels, type ImageLayout, type Pixels } from '../preprocessing/pixels.js';
import { preprocessPixels } from '../preprocessing/preprocess-pixels.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { inputLayout, sampleShape, type InputLayout } from './input-layout.js';

/** An image file that is read when its turn comes. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

export interface ImageSourceOptions {
  /** The image library that was handed in. */
  readonly decode: ImageDecoder['decode'];
  /** The network's input as it declares it, the batch first. */
  readonly inputShape: Shape;
  /** Pixels of 0 to 255 in the network's size where not given. */
  readonly preprocessing?: Preprocessing;
  /** Where the network has its channels: `resolveNetwork(network).axes`. */
  readonly axes?: InputAxes | undefined;
  /** Says it for flat inputs, or where no axes are given and both could be meant. */
  readonly layout?: ImageLayout;
}

/** Image files as samples, in the order given. */
export interface ImageSource extends SampleSource {
  /** The files' names, by sample. */
  readonly names: readonly string[];
  readonly read: (first: number, count: number) => Promise<Tensor>;
}

/** Images decoded at once: enough to keep a library's threads busy, few enough to hold. */
const AT_ONCE = 4;

/** Image files as a network takes them: decoded, resized, cropped and preprocessed as they are read.
 * @throws PatternLensError `invalid-shape` where the network takes no images; reading throws `invalid-file` for a file that
 * is no image and `invalid-shape` for one that has not the network's size, naming the file. */
export function imageSource(files: readonly ImageFile[], options: ImageSourceOptions): ImageSource {
  const { decode, inputShape, preprocessing = {}, axes, layout } = options;
  const about = files[0]?.name ?? 'images';
  const target = inputLayout(about, inputShape, { axes, ...(layout ? { layout } : {}) });
  channelSteps(preprocessing, target.channels);
  const { resize, crop, resample } = preprocessing;
  const geometry = {
    ...(resize === undefined ? {} : { resize }),
    ...(crop === undefined ? {} : { crop }),
    ...(resample === undefined ? {} : { resample }),
    fallbackSize: [target.height, target.width],
  } as const;

  const load = async ({ name, bytes }: ImageFile): Promise<Float32Array> => {
    const encoded = await bytes();
    if (encoded.length === 0)
      throw fileError(name, 'an image', 'an empty file', 'Copy or download it again.');
    let pixels: Pixels;
    try {
      pixels = await decode(encoded);
    } catch (thrown) {
      if (thrown instanceof PatternLensError) throw naming(name, thrown);
      throw fileError(
        name,
        'an image that can be decoded',
        messageOf(thrown),
        'Open it in an image viewer: is it whole?',
        thrown,
      );
    }
    checkPixels(pixels, name);
    const fitted = fitPixels(pixels, geometry, name);
    checkSize(name, fitted, target, inputShape);
    return preprocessPixels(fitted, preprocessing, target.layout, target.channels);
  };

  return {
    count: files.length,
    names: files.map(({ name }) => name),
    read: async (first, count) => {
      checkRange(about, first, count, files.length);
      const shape = sampleShape(about, inputShape);
      const each = target.channels * target.height * target.width;
      const data = new Float32Array(count * each);
      for (let done = 0; done < count; done += AT_ONCE) {
        const some = files.slice(first + done, first + Math.min(count, done + AT_ONCE));
        for (const [index, values] of (await Promise.all(some.map(load))).entries())
          data.set(values, (done + index) * each);
      }
      return { data, shape: [count, ...shape] };
    },
  };
}

/** An error about "image", as decoders call the one that they are given, about the file. */
function naming(name: string, cause: PatternLensError): PatternLensError {
  if (cause.subject.file !== 'image') return cause;
  const sentence = cause.sentence.replace(/^"image": /, '');
  return new PatternLensError(
    cause.scope,
    cause.code,
    `"${name}": ${sentence}`,
    { ...cause.subject, file: name },
    cause,
  );
}

function checkSize(name: string, pixels: Pixels, target: InputLayout, inputShape: Shape): void {
  if (pixels.width === target.width && pixels.height === target.height) return;
  throw shapeError(
    name,
    `${target.width} x ${target.height} pixels for the network's input ${formatShape(inputShape)}`,
    `${pixels.width} x ${pixels.height}`,
    'Set "crop" in the preprocessing file to the size that the network takes.',
  );
}
