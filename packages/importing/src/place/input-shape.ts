import { type NetworkInput } from '@patternlens/core';
import { BATCH, formatShape } from '@patternlens/core/tensor';
import type { AxisOrder } from '../values/axis-order.js';
import { isValueShape, LARGEST_VALUE } from '../values/limits.js';
import { fail, Verb, type Voice } from './voice.js';

/** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

export interface BoundInput extends NetworkInput {
  /** The number of samples that the file fixes the batch to, which is left free. */
  readonly fixedBatch?: number | undefined;
  /** How the network's axes, of which the first is the batch, stand in the model; without it in the same order. */
  readonly order?: AxisOrder;
}

/** @throws PatternLensError `invalid-argument` where a shape is given for an input that the model does not have. */
export function checkShapes(
  voice: Voice,
  inputs: readonly string[],
  shapes: InputShapes = {},
): void {
  const unknown = Object.keys(shapes).find((name) => !inputs.includes(name));
  if (unknown !== undefined)
    fail(
      voice,
      'invalid-argument',
      `input "${unknown}": a shape is given for it, and the model has no such input. The model's inputs: ${inputs.join(', ')}.`,
      { layer: unknown },
    );
}

/** An input with its batch free and its other axes bound.
 * @param sizes As the file has them, with the batch; undefined where an axis is free.
 * @param text The same as the file writes them, for errors.
 * @throws PatternLensError where an axis is free and not bound, or axis 0 is no batch. */
export function boundInput(
  voice: Voice,
  name: string,
  sizes: readonly (number | undefined)[],
  shapes: InputShapes = {},
  text: readonly string[] = sizes.map((size) => String(size ?? '?')),
): BoundInput {
  const refuse = (code: 'invalid-file' | 'invalid-argument' | 'invalid-shape', sentence: string) =>
    fail(voice, code, `input "${name}"${sentence}`, { layer: name });
  const [first, ...rest] = sizes;
  if (sizes.length === 0)
    refuse(
      'invalid-file',
      `: it has no axes. Axis 0 must be the batch; ${voice.verb} the model with one.`,
    );
  if (first !== undefined && !(first >= 1))
    refuse(
      'invalid-file',
      `: axis 0 is fixed to ${first}. It must be the batch, free or 1. ${Verb(voice)} the model with a free batch axis.`,
    );
  const given = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const fits = (size: number, axis: number): boolean =>
    Number.isSafeInteger(size) && size > 0 && (rest[axis] ?? size) === size;
  if (given && (given.length !== rest.length || !given.every(fits)))
    refuse(
      'invalid-argument',
      `: the shape ${given.join(',')} does not fit [batch, ${rest.map((size) => size ?? 'free').join(', ')}]. Give each axis behind the batch its size, a whole number above 0.`,
    );
  const bound = rest.map(
    (size, axis) =>
      size ??
      given?.[axis] ??
      refuse(
        'invalid-shape',
        ` has shape [${text.join(', ')}]: axis ${axis + 1} is free. Bind it, for instance with --shape ${name}=${rest.map((other) => other ?? 'SIZE').join(',')}.`,
      ),
  );
  const shape = [BATCH, ...bound];
  if (!isValueShape(shape)) {
    const whole = bound.every((size) => Number.isInteger(size) && size > 0);
    refuse(
      'invalid-file',
      `: a sample of shape ${formatShape(bound)} is ${whole ? 'too large' : 'not one'}; sizes must be whole numbers above 0, and at most ${LARGEST_VALUE} values are supported.`,
    );
  }
  return { name, shape, ...(first === undefined ? {} : { fixedBatch: first }) };
}
