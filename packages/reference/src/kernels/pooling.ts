import { zeros, size, type Kernel } from './kernel.js';
import { pairLists, windowOf } from './window.js';

export const maxPool: Kernel<'maxPool'> = (operation, [x], shape) => {
  const window = windowOf(x!.shape.slice(2), shape.slice(2), operation);
  const y = zeros(shape);
  y.data.fill(-Infinity);
  const lists = pairLists(window);
  for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
    for (const { outputs, inputs } of lists) {
      for (let p = 0; p < outputs.length; p++) {
        const at = plane * window.outputSize + outputs[p]!;
        y.data[at] = Math.max(y.data[at]!, x!.data[plane * window.inputSize + inputs[p]!]!);
      }
    }
  }
  return y;
};

export const poolSwitches: Kernel<'poolSwitches'> = (operation, [x], shape) => {
  const out = [...shape.slice(0, 2), ...shape.slice(3)];
  const pooled = maxPool({ ...operation, kind: 'maxPool' }, [x!], out);
  const window = windowOf(x!.shape.slice(2), out.slice(2), operation);
  const switches = zeros(shape);
  const taken = new Uint8Array(pooled.data.length);
  const lists = pairLists(window);
  for (let plane = 0; plane < out[0]! * out[1]!; plane++) {
    lists.forEach(({ outputs, inputs }, offset) => {
      for (let p = 0; p < outputs.length; p++) {
        const at = plane * window.outputSize + outputs[p]!;
        if (taken[at] === 1 || x!.data[plane * window.inputSize + inputs[p]!] !== pooled.data[at])
          continue;
        taken[at] = 1;
        switches.data[(plane * window.offsets + offset) * window.outputSize + outputs[p]!] = 1;
      }
    });
  }
  return switches;
};

export const poolBySwitches: Kernel<'poolBySwitches'> = (operation, [x, switches], shape) => {
  const window = windowOf(x!.shape.slice(2), shape.slice(2), operation);
  const y = zeros(shape);
  const lists = pairLists(window);
  for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
    lists.forEach(({ outputs, inputs }, offset) => {
      const own = (plane * window.offsets + offset) * window.outputSize;
      for (let p = 0; p < outputs.length; p++) {
        y.data[plane * window.outputSize + outputs[p]!]! +=
          switches!.data[own + outputs[p]!]! * x!.data[plane * window.inputSize + inputs[p]!]!;
      }
    });
  }
  return y;
};

export const unpool: Kernel<'unpool'> = (operation, [r, switches], shape) => {
  const window = windowOf(operation.inputSpatial, r!.shape.slice(2), operation);
  const back = zeros(shape);
  const lists = pairLists(window);
  for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
    lists.forEach(({ outputs, inputs }, offset) => {
      const own = (plane * window.offsets + offset) * window.outputSize;
      for (let p = 0; p < outputs.length; p++) {
        back.data[plane * window.inputSize + inputs[p]!]! +=
          switches!.data[own + outputs[p]!]! * r!.data[plane * window.outputSize + outputs[p]!]!;
      }
    });
  }
  return back;
};

export const avgPool: Kernel<'avgPool'> = (operation, [x], shape) => {
  const window = windowOf(x!.shape.slice(2), shape.slice(2), operation);
  const y = zeros(shape);
  for (const { outputs, inputs } of pairLists(window)) {
    for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
      for (let p = 0; p < outputs.length; p++) {
        y.data[plane * window.outputSize + outputs[p]!]! +=
          x!.data[plane * window.inputSize + inputs[p]!]!;
      }
    }
  }
  for (let at = 0; at < size(shape); at++) y.data[at]! /= window.offsets;
  return y;
};

export const avgPoolInputGradient: Kernel<'avgPoolInputGradient'> = (operation, [r], shape) => {
  const window = windowOf(operation.inputSpatial, r!.shape.slice(2), operation);
  const back = zeros(shape);
  for (const { outputs, inputs } of pairLists(window)) {
    for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
      for (let p = 0; p < outputs.length; p++) {
        back.data[plane * window.inputSize + inputs[p]!]! +=
          r!.data[plane * window.outputSize + outputs[p]!]! / window.offsets;
      }
    }
  }
  return back;
};
