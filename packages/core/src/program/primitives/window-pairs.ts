import type { PoolAttributes } from '../window.js';

/** A window over up to three spatial axes; missing leading axes have size 1. */
export interface Window {
  readonly input: readonly [number, number, number];
  readonly output: readonly [number, number, number];
  readonly kernel: readonly [number, number, number];
  readonly inputSize: number;
  readonly outputSize: number;
  readonly offsets: number;
  readonly attributes: PoolAttributes;
}

type Three = [number, number, number];

const three = (values: readonly number[], missing: number): Three =>
  [...new Array<number>(3 - values.length).fill(missing), ...values] as Three;

export function windowOf(
  inputSpatial: readonly number[],
  outputSpatial: readonly number[],
  attributes: PoolAttributes,
): Window {
  const input = three(inputSpatial, 1),
    output = three(outputSpatial, 1),
    kernel = three(attributes.kernel, 1);
  return {
    input,
    output,
    kernel,
    inputSize: input[0] * input[1] * input[2],
    outputSize: output[0] * output[1] * output[2],
    offsets: kernel[0] * kernel[1] * kernel[2],
    attributes: {
      kernel,
      strides: three(attributes.strides, 1),
      dilations: three(attributes.dilations, 1),
      padsBegin: three(attributes.padsBegin, 0),
      padsEnd: three(attributes.padsEnd, 0),
    },
  };
}

/** Where an output position reads its input along one axis for one offset of the kernel; outside means padding. */
function place(window: Window, axis: number, output: number, offset: number): number {
  const { strides, dilations, padsBegin } = window.attributes;
  return output * strides[axis]! + offset * dilations[axis]! - padsBegin[axis]!;
}

/** Calls `visit` for every pair of an output position and an input position that one kernel offset joins; padding is left out. */
function forEachPair(
  window: Window,
  offset: number,
  visit: (output: number, input: number) => void,
): void {
  const [, kh, kw] = window.kernel;
  const at = [Math.floor(offset / (kh * kw)), Math.floor(offset / kw) % kh, offset % kw] as const;
  const [od, oh, ow] = window.output;
  const [id, ih, iw] = window.input;
  for (let d = 0; d < od; d++) {
    const z = place(window, 0, d, at[0]);
    if (z < 0 || z >= id) continue;
    for (let h = 0; h < oh; h++) {
      const y = place(window, 1, h, at[1]);
      if (y < 0 || y >= ih) continue;
      for (let w = 0; w < ow; w++) {
        const x = place(window, 2, w, at[2]);
        if (x >= 0 && x < iw) visit((d * oh + h) * ow + w, (z * ih + y) * iw + x);
      }
    }
  }
}

/** The pairs of every kernel offset, as lists of output and input positions. */
export function pairLists(
  window: Window,
): { readonly outputs: Int32Array; readonly inputs: Int32Array }[] {
  return Array.from({ length: window.offsets }, (_, offset) => {
    const outputs: number[] = [],
      inputs: number[] = [];
    forEachPair(window, offset, (output, input) => {
      outputs.push(output);
      inputs.push(input);
    });
    return { outputs: Int32Array.from(outputs), inputs: Int32Array.from(inputs) };
  });
}
