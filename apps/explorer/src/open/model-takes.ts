import type { Shape } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import { GENERATOR, inputLayout } from '@patternlens/data';
import type { ModelFacts } from '../compute/model-facts.js';
import { OPEN_WORDS } from '../words/open.js';

type Input = ModelFacts['inputs'][number];

/** Flat inputs of fewer values are no images. */
const SMALLEST_IMAGE = 64;

/** Whether an input can be given images of 1 or 3 channels, also flat ones. */
function canTakeImages({ name, shape, axes }: Input): boolean {
  if (classCount(shape) < SMALLEST_IMAGE) return false;
  try {
    inputLayout(name, shape, { axes });
    return true;
  } catch {
    return false;
  }
}

/** Whether an input is made for images. */
const takesImages = (input: Input): boolean => input.shape.length > 2 && canTakeImages(input);

/** [height, width] of the images that a model takes, of its first input that is made for images, or can take some; undefined where none can. */
export function modelImageSize({ inputs }: ModelFacts): readonly [number, number] | undefined {
  const input = inputs.find(takesImages) ?? inputs.find(canTakeImages);
  if (!input) return undefined;
  const { height, width } = inputLayout(input.name, input.shape, { axes: input.axes });
  return [height, width];
}

/** Whether samples of the generated data fit a model. */
export function takesGenerated({ inputs }: ModelFacts): boolean {
  const [input, another] = inputs;
  return (
    another === undefined &&
    input !== undefined &&
    formatShape(input.shape.slice(1)) === formatShape(GENERATOR.shape)
  );
}

/** Whether a model is made for images. */
export const isForImages = ({ inputs }: ModelFacts): boolean => inputs.some(takesImages);

/** How many values a sample of this shape has: the classes of an output. */
export const classCount = (shape: Shape): number =>
  shape.slice(1).reduce<number>((product, size) => product * (size as number), 1);

/** What a model takes, in a sentence. */
export function readsSentence({ inputs }: ModelFacts): string {
  const all = inputs.map(({ name, shape }) =>
    inputs.length > 1 ? `${name} ${formatShape(shape)}` : formatShape(shape),
  );
  return OPEN_WORDS.reads(all.join(' and '), inputs.some(takesImages));
}
