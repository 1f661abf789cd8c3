import { PatternLensError, type Shape, type Tensor } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { firstNotFinite } from '@patternlens/core/tensor';
import { arraySource, imageSource, type Preprocessing } from '@patternlens/data';
import { openOwnArray } from './open-own-array.js';
import { decodeChecked } from './decode-checked.js';

/** One sample of a file, and what it is to become. */
export interface SampleAsked {
  readonly kind: 'image' | 'array';
  readonly name: string;
  readonly content: Blob;
  /** Its place in the file. */
  readonly index: number;
  /** The model's input, with the batch. */
  readonly input: {
    readonly shape: Shape;
    readonly axes: InputAxes;
    readonly batchAxis?: number | undefined;
  };
  /** For pixels. */
  readonly preprocessing: Preprocessing;
}

function imageOf({ name, content, input, preprocessing }: SampleAsked): Promise<Tensor> {
  const bytes = async (): Promise<Uint8Array> => new Uint8Array(await content.arrayBuffer());
  const source = imageSource([{ name, bytes }], {
    decode: decodeChecked(name),
    inputShape: input.shape,
    axes: input.axes,
    preprocessing,
  });
  return source.read(0, 1);
}

async function rowOf({ name, content, index, input, preprocessing }: SampleAsked): Promise<Tensor> {
  const array = await openOwnArray(name, content, input.batchAxis);
  const source = arraySource(array, {
    inputShape: input.shape,
    axes: input.axes,
    preprocessing,
  });
  return source.read(index, 1);
}

/** Reads one sample as a model takes it, by the code that the command reads it by.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function readOwnSample(asked: SampleAsked): Promise<Tensor> {
  const values = await (asked.kind === 'image' ? imageOf(asked) : rowOf(asked));
  const place = firstNotFinite(values);
  if (place < 0) return values;
  throw new PatternLensError(
    'explorer',
    'invalid-file',
    `${asked.name} holds ${values.data[place]!} in sample ${asked.index}, value ${place}. Repair that sample, or leave it out.`,
    { file: asked.name },
  );
}
