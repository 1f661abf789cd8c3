import type { Shape } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import { GENERATOR, inputLayout } from '@patternlens/data';
import type { ModelFacts } from '../compute/model-facts.js';
import { OPEN_WORDS } from '../words/open.js';

type Input = ModelFacts['inputs'][number];

/** Whether an input takes images of 1 or 3 channels. */
export function takesImages({ name, shape, axes }: Input): boolean {
  try {
    inputLayout(name, shape, { axes });
    return shape.length > 2;
  } catch {
    return false;
  }
}

/** [height, width] of the images that an input takes. */
export function imageSizeOf({ name, shape, axes }: Input): readonly [number, number] {
  const { height, width } = inputLayout(name, shape, { axes });
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

/** How many classes the explained output has, flattened. */
export const classCount = (shape: Shape): number =>
  shape.slice(1).reduce<number>((product, size) => product * (size as number), 1);

/** What a model takes, in a sentence. */
export function readsSentence({ inputs }: ModelFacts): string {
  const all = inputs.map(({ name, shape }) =>
    inputs.length > 1 ? `${name} ${formatShape(shape)}` : formatShape(shape),
  );
  return OPEN_WORDS.reads(all.join(' and '), inputs.some(takesImages));
}
