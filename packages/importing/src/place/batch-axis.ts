/** An input as a file states it. */
export interface StatedInput {
  readonly name: string;
  /** With the batch; undefined where an axis is free. */
  readonly sizes: readonly (number | undefined)[];
  /** The same as the file writes them: free axes may have names. */
  readonly text: readonly string[];
}

/** Names that exporters and people give to a batch. */
const CALLED_BATCH = /^(n|b|bs|nb|samples?|num_?samples?)$|batch/i;

const isFree = ({ sizes }: StatedInput, axis: number): boolean => sizes[axis] === undefined;

/** The axis that is the only one of some. */
function only(input: StatedInput, fits: (axis: number) => boolean): number | undefined {
  const found = input.sizes.map((_, axis) => axis).filter(fits);
  return found.length === 1 ? found[0] : undefined;
}

/** The axis of an input's samples, by what the file says of it and of its other inputs: axis 0, unless another is free or named as the batch is. */
export function batchAxis(input: StatedInput, all: readonly StatedInput[]): number {
  const { sizes, text } = input;
  const others = all.filter((other) => other !== input);
  const names = others.filter((other) => isFree(other, 0)).map((other) => other.text[0]!);
  const isCalled = (axis: number): boolean => isFree(input, axis) && CALLED_BATCH.test(text[axis]!);
  const isShared = (axis: number): boolean =>
    isFree(input, axis) && text[axis] !== '?' && names.includes(text[axis]!);
  if (isCalled(0) || isShared(0)) return 0;
  const named = only(input, isShared) ?? only(input, isCalled);
  if (named !== undefined) return named;
  if (isFree(input, 0) || sizes[0] === 1) return 0;
  const free = only(input, (axis) => isFree(input, axis));
  if (free !== undefined) return free;
  // All inputs have as many samples as the others have along axis 0.
  const fixed = new Set(others.map((other) => other.sizes[0] ?? 1));
  const [count] = fixed;
  if (others.length === 0 || fixed.size !== 1 || sizes[0] === count) return 0;
  return only(input, (axis) => sizes[axis] === count) ?? 0;
}
