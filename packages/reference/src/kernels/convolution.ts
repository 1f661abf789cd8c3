import type { ConvAttributes } from '@patternlens/core';
import { zeros, type Kernel, type Value } from './kernel.js';
import { pairLists, windowOf } from './window.js';

/** One weight's pairs: what joins `output` plane `[n, o]` with `input` plane `[n, c]` over one kernel offset. */
type Visit = (
  outputAt: number,
  inputAt: number,
  weightAt: number,
  pairs: { outputs: Int32Array; inputs: Int32Array },
) => void;

/** Calls `visit` for every sample and every weight of a convolution. */
function forEachWeight(
  a: ConvAttributes,
  input: readonly number[],
  output: readonly number[],
  weights: readonly number[],
  visit: Visit,
): void {
  const [outputs, perGroup, ...kernel] = weights as [number, number, ...number[]];
  const window = windowOf(input.slice(2), output.slice(2), { ...a, kernel });
  const lists = pairLists(window);
  const outputsPerGroup = outputs / a.groups;
  for (let n = 0; n < input[0]!; n++) {
    for (let o = 0; o < outputs; o++) {
      const group = Math.floor(o / outputsPerGroup);
      for (let c = 0; c < perGroup; c++) {
        const outputAt = (n * outputs + o) * window.outputSize;
        const inputAt = (n * input[1]! + group * perGroup + c) * window.inputSize;
        lists.forEach((pairs, offset) => {
          visit(outputAt, inputAt, (o * perGroup + c) * window.offsets + offset, pairs);
        });
      }
    }
  }
}

/** `y[o] = sum over c, k of w[o, c, k] x[c]`, at every position. */
export const conv: Kernel<'conv'> = (operation, [x, w], shape) => {
  const y = zeros(shape);
  forEachWeight(
    operation,
    x!.shape,
    shape,
    w!.shape,
    (outputAt, inputAt, weightAt, { outputs, inputs }) => {
      const weight = w!.data[weightAt]!;
      for (let p = 0; p < outputs.length; p++)
        y.data[outputAt + outputs[p]!]! += weight * x!.data[inputAt + inputs[p]!]!;
    },
  );
  return y;
};

export const convInputGradient: Kernel<'convInputGradient'> = (operation, [r, w], shape) => {
  const back = zeros(shape);
  forEachWeight(
    operation,
    shape,
    r!.shape,
    w!.shape,
    (outputAt, inputAt, weightAt, { outputs, inputs }) => {
      const weight = w!.data[weightAt]!;
      for (let p = 0; p < outputs.length; p++)
        back.data[inputAt + inputs[p]!]! += weight * r!.data[outputAt + outputs[p]!]!;
    },
  );
  return back;
};

export const convWeightGradient: Kernel<'convWeightGradient'> = (operation, [x, r], shape) => {
  const gradient: Value = zeros(shape);
  forEachWeight(
    operation,
    x!.shape,
    r!.shape,
    shape,
    (outputAt, inputAt, weightAt, { outputs, inputs }) => {
      let sum = 0;
      for (let p = 0; p < outputs.length; p++)
        sum += r!.data[outputAt + outputs[p]!]! * x!.data[inputAt + inputs[p]!]!;
      gradient.data[weightAt]! += sum;
    },
  );
  return gradient;
};
