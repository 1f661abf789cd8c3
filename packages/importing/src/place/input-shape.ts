import { type NetworkInput } from '@patternlens/core';
import { BATCH, formatShape } from '@patternlens/core/tensor';
import { range, type AxisOrder } from '../values/axis-order.js';
import { isValueShape, LARGEST_VALUE } from '../values/limits.js';
import { batchAxis, type StatedInput } from './batch-axis.js';
import { fail, Verb, type Voice } from './voice.js';

/** Sizes of free axes by input name, without the batch, `{ data: [3, 48, 192] }`; or of all axes, with `N` for the batch: `{ state: [2, 'N', 64] }`. */
export type InputShapes = Readonly<Record<string, readonly (number | 'N')[]>>;

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

/** What is asked for of one input: where its batch is, and sizes for its other axes. */
interface Asked {
  readonly axis: number;
  readonly sizes: readonly number[] | undefined;
}

function askedOf(
  stated: StatedInput,
  all: readonly StatedInput[],
  given: InputShapes[string] | undefined,
): Asked {
  const sizes = given?.filter((size) => size !== 'N');
  return given?.includes('N') === true
    ? { axis: given.indexOf('N'), sizes }
    : { axis: batchAxis(stated, all), sizes };
}

/** The inputs of a model with their batch free and their other axes bound.
 * @throws PatternLensError where an axis is free and not bound, or inputs have their batch fixed to different sizes. */
export function boundInputs(
  voice: Voice,
  stated: readonly StatedInput[],
  shapes: InputShapes = {},
): BoundInput[] {
  const bound = stated.map((input) => {
    const given = Object.hasOwn(shapes, input.name) ? shapes[input.name] : undefined;
    return boundInput(voice, input, askedOf(input, stated, given));
  });
  const fixed = bound.filter(({ fixedBatch }) => fixedBatch !== undefined);
  const other = fixed.find(({ fixedBatch }) => fixedBatch !== fixed[0]!.fixedBatch);
  if (other)
    fail(
      voice,
      'unsupported-operation',
      `input "${other.name}": its batch is fixed to ${other.fixedBatch}, that of "${fixed[0]!.name}" to ${fixed[0]!.fixedBatch}. Say which axis is the batch, for instance with --shape ${other.name}=SIZE,N,SIZE.`,
      { layer: other.name },
    );
  return bound;
}

function boundInput(voice: Voice, { name, sizes, text }: StatedInput, asked: Asked): BoundInput {
  const refuse = (code: 'invalid-file' | 'invalid-argument' | 'invalid-shape', sentence: string) =>
    fail(voice, code, `input "${name}"${sentence}`, { layer: name });
  if (sizes.length === 0)
    refuse(
      'invalid-file',
      `: it has no axes. One of them must be the batch; ${voice.verb} the model with one.`,
    );
  const { axis: batch, sizes: given } = asked;
  const count = sizes[batch];
  if (count !== undefined && !(Number.isSafeInteger(count) && count > 0))
    refuse(
      'invalid-file',
      `: axis ${batch}, the batch, is of size ${count}. ${Verb(voice)} the model with a free batch axis.`,
    );
  const rest = sizes.filter((_, axis) => axis !== batch);
  const fits = (size: number, at: number): boolean =>
    Number.isSafeInteger(size) && size > 0 && (rest[at] ?? size) === size;
  if (given && (given.length !== rest.length || !given.every(fits)))
    refuse(
      'invalid-argument',
      `: the shape ${given.join(',')} does not fit [${sizes.map((size, axis) => (axis === batch ? 'batch' : (size ?? 'free'))).join(', ')}]. Give each axis but the batch its size, a whole number above 0.`,
    );
  const order = [batch, ...range(sizes.length).filter((axis) => axis !== batch)];
  const samples = rest.map(
    (size, at) =>
      size ??
      given?.[at] ??
      refuse(
        'invalid-shape',
        ` has shape [${text.join(', ')}]: axis ${order[at + 1]!} is free. Bind it, for instance with --shape ${name}=${boundWords(sizes, batch).join(',')}.`,
      ),
  );
  const shape = [BATCH, ...samples];
  if (!isValueShape(shape)) {
    const whole = samples.every((size) => Number.isInteger(size) && size > 0);
    refuse(
      'invalid-file',
      `: a sample of shape ${formatShape(samples)} is ${whole ? 'too large' : 'not one'}; sizes must be whole numbers above 0, and at most ${LARGEST_VALUE} values are supported.`,
    );
  }
  return {
    name,
    shape,
    ...(batch === 0 ? {} : { order, batchAxis: batch }),
    ...(count === undefined ? {} : { fixedBatch: count }),
  };
}

/** What to write for each axis to bind the free ones: the batch is left out where it is the first. */
const boundWords = (sizes: readonly (number | undefined)[], batch: number): (number | string)[] =>
  sizes.map((size, axis) => (axis === batch ? 'N' : (size ?? 'SIZE'))).slice(batch === 0 ? 1 : 0);
