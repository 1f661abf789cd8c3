import { BATCH, formatShape, PatternLensError, type NetworkInput } from '@patternlens/core';
import { fail } from '../read/tfjs-error.js';
import { isValueShape, LARGEST_VALUE } from './limits.js';

/** Sizes of free axes by input name, without the batch: `{ image: [224, 224, 3] }`. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

export interface ReadInput extends NetworkInput {
  readonly batchWasFixed: boolean;
}

/** @throws PatternLensError `invalid-argument` where a shape is given for an input that the model does not have. */
export function checkShapes(inputs: readonly string[], shapes: InputShapes = {}): void {
  const unknown = Object.keys(shapes).find((name) => !inputs.includes(name));
  if (unknown !== undefined)
    fail(
      'invalid-argument',
      `input "${unknown}": a shape is given for it, and the model has no such input. The model's inputs: ${inputs.join(', ')}.`,
      { layer: unknown },
    );
}

/** An input with its batch free and its other axes bound.
 * @param sizes As the file has them, with the batch; undefined where an axis is free.
 * @throws PatternLensError where an axis is free and not bound, or axis 0 is no batch. */
export function boundInput(
  name: string,
  sizes: readonly (number | undefined)[],
  shapes: InputShapes = {},
): ReadInput {
  const subject = { layer: name };
  const [first, ...rest] = sizes;
  if (sizes.length === 0)
    fail(
      'invalid-file',
      `input "${name}": it has no axes. Axis 0 must be the batch; save the model with one.`,
      subject,
    );
  if (first !== undefined && first !== 1)
    fail(
      'invalid-file',
      `input "${name}": axis 0 is fixed to ${first}. It must be the batch, free or 1. Save the model with a free batch axis.`,
      subject,
    );
  const given = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const fits = (size: number, axis: number): boolean =>
    Number.isSafeInteger(size) && size > 0 && (rest[axis] ?? size) === size;
  if (given && (given.length !== rest.length || !given.every(fits)))
    fail(
      'invalid-argument',
      `input "${name}": the shape ${given.join(',')} does not fit [batch, ${rest.map((size) => size ?? 'free').join(', ')}]. Give each axis behind the batch its size, a whole number above 0.`,
      subject,
    );
  const bound = rest.map((size, axis) => {
    const own = size ?? given?.[axis];
    if (own !== undefined) return own;
    throw new PatternLensError(
      'adapter-tfjs',
      'invalid-shape',
      `input "${name}" has shape [${sizes.map((all) => all ?? '?').join(', ')}]: axis ${axis + 1} is free. Bind it, for instance with --shape ${name}=${rest.map((all) => all ?? 'SIZE').join(',')}.`,
      subject,
    );
  });
  const shape = [BATCH, ...bound];
  if (!isValueShape(shape))
    fail(
      'invalid-file',
      `input "${name}": a sample of shape ${formatShape(bound)} is not one; sizes must be whole numbers above 0, and at most ${LARGEST_VALUE} values are supported.`,
      subject,
    );
  return { name, shape, batchWasFixed: first === 1 };
}
