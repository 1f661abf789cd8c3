import {
  BATCH,
  formatShape,
  PatternLensError,
  type Dim,
  type NetworkInput,
} from '@patternlens/core';
import type { ValueInfoProto } from 'onnx-buf';
import { numberType, typeName } from '../read/tensor-values.js';
import { isValueShape, LARGEST_VALUE } from './ops/limits.js';

/** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

interface ReadInput extends NetworkInput {
  readonly batchWasFixed: boolean;
}

type Failure = 'invalid-file' | 'invalid-argument' | 'invalid-shape' | 'unsupported-operation';

function fail(code: Failure, input: string, message: string): never {
  throw new PatternLensError('adapter-onnx', code, `input "${input}": ${message}`, {
    layer: input,
  });
}

/** The sizes of an input's axes as the file has them; undefined where they are free. */
function sizesOf({ name, type }: ValueInfoProto): {
  sizes: (number | undefined)[];
  text: string[];
} {
  if (type?.value.case !== 'tensorType')
    return fail(
      'unsupported-operation',
      name,
      `it is not a tensor${type?.value.case === undefined ? '' : ` but a ${type.value.case.replace('Type', '')}`}. Export the model with tensors as inputs.`,
    );
  const { elemType, shape } = type.value.value;
  if (numberType(elemType) !== 'float')
    fail(
      'unsupported-operation',
      name,
      `its elements are of ${typeName(elemType)}. Only inputs of floats can be explained.`,
    );
  if (!shape)
    return fail(
      'invalid-file',
      name,
      'the file does not say how many axes it has. Export the model with the shapes of its inputs.',
    );
  const sizes = shape.dim.map(({ value }) =>
    value.case === 'dimValue' && value.value > 0n ? Number(value.value) : undefined,
  );
  const text = shape.dim.map(({ value }) => (value.case === undefined ? '?' : String(value.value)));
  return { sizes, text };
}

/** @throws PatternLensError `invalid-argument` where a shape is given for an input that the model does not have. */
export function checkShapes(inputs: readonly string[], shapes: InputShapes = {}): void {
  const unknown = Object.keys(shapes).find((name) => !inputs.includes(name));
  if (unknown !== undefined)
    fail(
      'invalid-argument',
      unknown,
      `a shape is given for it, and the model has no such input. The model's inputs: ${inputs.join(', ')}.`,
    );
}

/** An input of the graph with its batch free and its other axes bound.
 * @throws PatternLensError where an axis is free, or axis 0 is not a batch. */
export function readInput(port: ValueInfoProto, shapes: InputShapes = {}): ReadInput {
  const { name } = port;
  const { sizes, text } = sizesOf(port);
  if (sizes.length === 0)
    fail(
      'invalid-file',
      name,
      'it has no axes. Axis 0 must be the batch; export the model with one.',
    );
  const [first, ...rest] = sizes;
  if (first !== undefined && first !== 1)
    fail(
      'invalid-file',
      name,
      `axis 0 is fixed to ${first}. It must be the batch, free or 1. Export the model with a free batch axis.`,
    );
  const given = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const fits = (size: number, axis: number): boolean =>
    Number.isSafeInteger(size) && size > 0 && (rest[axis] ?? size) === size;
  if (given && (given.length !== rest.length || !given.every(fits)))
    fail(
      'invalid-argument',
      name,
      `the shape ${given.join(',')} does not fit [batch, ${rest.map((size) => size ?? 'free').join(', ')}]. Give each axis behind the batch its size, a whole number above 0.`,
    );
  const bound = rest.map((size, axis): Dim => {
    const own = size ?? given?.[axis];
    if (own !== undefined) return own;
    throw new PatternLensError(
      'adapter-onnx',
      'invalid-shape',
      `input "${name}" has shape [${text.join(', ')}]: axis ${axis + 1} is free. Bind it, for instance with --shape ${name}=${rest.map((r) => r ?? 'SIZE').join(',')}.`,
      { layer: name },
    );
  });
  const shape = [BATCH, ...bound];
  if (!isValueShape(shape))
    fail(
      'invalid-file',
      name,
      `a sample of shape ${formatShape(bound)} is too large; at most ${LARGEST_VALUE} values are supported.`,
    );
  return { name, shape, batchWasFixed: first === 1 };
}
