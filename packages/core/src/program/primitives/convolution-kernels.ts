import { filled, type Tensor, type TensorData } from '../../tensor/tensor.js';
import type { ConvAttributes } from '../window.js';
import { addMatrixProduct, addTransposedProduct, addProductWithTransposed } from './matrix.js';
import { pairLists, windowOf, type Window } from './window-pairs.js';

type Kernel = (
  operands: readonly [Tensor, Tensor],
  attributes: ConvAttributes,
  shape: readonly number[],
) => Tensor;

/** One sample's part of one group: what the three convolutions are made of. */
interface Part {
  readonly window: Window;
  readonly lists: ReturnType<typeof pairLists>;
  /** Where the group's input channels, output channels and weights begin. */
  readonly input: number;
  readonly output: number;
  readonly weights: number;
  readonly channels: number;
  readonly outputs: number;
}

/** Calls `visit` for every sample and group of a convolution. */
function forEachPart(
  a: ConvAttributes,
  input: readonly number[],
  output: readonly number[],
  weights: readonly number[],
  visit: (part: Part) => void,
): void {
  const [allOutputs, channels, ...kernel] = weights as [number, number, ...number[]];
  const window = windowOf(input.slice(2), output.slice(2), { ...a, kernel });
  const lists = pairLists(window);
  const outputs = allOutputs / a.groups;
  for (let n = 0; n < input[0]!; n++) {
    for (let group = 0; group < a.groups; group++) {
      visit({
        window,
        lists,
        channels,
        outputs,
        input: (n * input[1]! + group * channels) * window.inputSize,
        output: (n * allOutputs + group * outputs) * window.outputSize,
        weights: group * outputs * channels * window.offsets,
      });
    }
  }
}

/** The patches of a sample, one row for each weight of a neuron, one column for each position; padding is zero. */
function patches({ window, lists, input, channels }: Part, x: TensorData): Float64Array {
  const columns = new Float64Array(channels * window.offsets * window.outputSize);
  for (let c = 0; c < channels; c++) {
    lists.forEach(({ outputs, inputs }, offset) => {
      const row = (c * window.offsets + offset) * window.outputSize;
      const plane = input + c * window.inputSize;
      for (let p = 0; p < outputs.length; p++) columns[row + outputs[p]!] = x[plane + inputs[p]!]!;
    });
  }
  return columns;
}

/** The transpose of `patches`: every entry is added to where it was read. */
function addPatches(
  { window, lists, input, channels }: Part,
  columns: Float64Array,
  x: TensorData,
): void {
  for (let c = 0; c < channels; c++) {
    lists.forEach(({ outputs, inputs }, offset) => {
      const row = (c * window.offsets + offset) * window.outputSize;
      const plane = input + c * window.inputSize;
      for (let p = 0; p < outputs.length; p++)
        x[plane + inputs[p]!]! += columns[row + outputs[p]!]!;
    });
  }
}

const weightsOf = (part: Part): number => part.outputs * part.channels * part.window.offsets;

/** `y = w patches(x)`. */
export const product: Kernel = ([x, w], attributes, shape) => {
  const y = filled(shape, 0);
  forEachPart(attributes, x.shape, shape, w.shape, (part) => {
    const { outputs, channels, window } = part;
    const weights = w.data.subarray(part.weights, part.weights + weightsOf(part));
    const into = y.data.subarray(part.output, part.output + outputs * window.outputSize);
    addMatrixProduct(
      weights,
      patches(part, x.data),
      into,
      outputs,
      channels * window.offsets,
      window.outputSize,
    );
  });
  return y;
};

/** `x = patches'(w' r)`. */
export const inputGradient: Kernel = ([r, w], attributes, shape) => {
  const back = filled(shape, 0);
  forEachPart(attributes, shape, r.shape, w.shape, (part) => {
    const { outputs, channels, window } = part;
    const columns = new Float64Array(channels * window.offsets * window.outputSize);
    const weights = w.data.subarray(part.weights, part.weights + weightsOf(part));
    const from = r.data.subarray(part.output, part.output + outputs * window.outputSize);
    addTransposedProduct(
      weights,
      from,
      columns,
      outputs,
      channels * window.offsets,
      window.outputSize,
    );
    addPatches(part, columns, back.data);
  });
  return back;
};

/** `w = r patches(x)'`, summed over samples. */
export const weightGradient: Kernel = ([x, r], attributes, shape) => {
  const gradient = filled(shape, 0);
  forEachPart(attributes, x.shape, r.shape, shape, (part) => {
    const { outputs, channels, window } = part;
    const from = r.data.subarray(part.output, part.output + outputs * window.outputSize);
    const into = gradient.data.subarray(part.weights, part.weights + weightsOf(part));
    addProductWithTransposed(
      from,
      patches(part, x.data),
      into,
      outputs,
      window.outputSize,
      channels * window.offsets,
    );
  });
  return gradient;
};
