import { type Tensor } from '@patternlens/core';
import { type ConvAttributes, type OperationOf } from '@patternlens/core/backend';
import { permuteTensor } from '@patternlens/core/tensor';
import type { EmittedOutput, Emitter, EmitScope } from './emitter.js';
import { FEW_CHANNELS, quartersToImage, quartersToQuarters } from './phased-convolution.js';
import { groupedConvolution } from './grouped-convolution.js';
import type { Phases } from './quarters.js';
import { stuffedConvolution, turnedWeights } from './stuffed-convolution.js';

export const conv: Emitter<'conv'> = (operation, scope) => {
  const [x, w] = scope.operands;
  const { strides, dilations, padsBegin, padsEnd, groups } = operation;
  return groupedConvolution(scope, x!.floats(), w!.floats(), groups, strides.length, {
    strides,
    dilations,
    pads: [...padsBegin, ...padsEnd],
  });
};

/** The weights of the convolution that goes back: kernels turned round, inputs and outputs exchanged within each group. */
function backwardWeights({ data, shape }: Tensor, groups: number): Tensor {
  const [outputs, inputs, ...kernel] = shape as [number, number, ...number[]];
  const each = kernel.reduce((total, size) => total * size, 1);
  const grouped = permuteTensor(
    { data, shape: [groups, outputs / groups, inputs, each] },
    [0, 2, 1, 3],
  );
  const turned = grouped.data.slice();
  for (let start = 0; start < turned.length; start += each)
    turned.subarray(start, start + each).reverse();
  return { data: turned, shape: [groups * inputs, outputs / groups, ...kernel] };
}

/** A convolution of stride 1 goes back as a convolution with turned kernels, which runtimes are faster at than its transpose. */
function asConvolution(
  operation: ConvAttributes & { readonly inputSpatial: readonly number[] },
  scope: EmitScope,
  weights: Tensor,
): string | undefined {
  const kernel = weights.shape.slice(2);
  const span = kernel.map((size, axis) => (size - 1) * operation.dilations[axis]!);
  const padsBegin = span.map((size, axis) => size - operation.padsBegin[axis]!);
  const output = scope.operands[0]!.shape.slice(2) as number[];
  const padsEnd = operation.inputSpatial.map(
    (size, axis) => size - output[axis]! - padsBegin[axis]! + span[axis]!,
  );
  if (
    operation.strides.some((stride) => stride !== 1) ||
    [...padsBegin, ...padsEnd].some((size) => size < 0)
  )
    return undefined;
  const turned = backwardWeights(weights, operation.groups);
  const w = scope.graph.floats(turned.data, turned.shape);
  const pads = [...padsBegin, ...padsEnd];
  const { strides, dilations, groups } = operation;
  return groupedConvolution(scope, scope.operands[0]!.floats(), w, groups, kernel.length, {
    strides,
    dilations,
    pads,
  });
}

/** Back from an image that is still in quarters, without putting it together; undefined where that is of no use. */
function fromQuarters(
  scope: EmitScope,
  r: Phases,
  weights: Tensor,
  operation: OperationOf<'convInputGradient'>,
): EmittedOutput | undefined {
  if (!r.zerosBehind) return undefined;
  const phases = quartersToQuarters(scope, r, weights, operation);
  if (phases) return { phases };
  return weights.shape[1]! <= FEW_CHANNELS
    ? quartersToImage(scope, r, weights, operation)
    : undefined;
}

export const convInputGradient: Emitter<'convInputGradient'> = (operation, scope) => {
  const {
    graph,
    operands: [r, w],
  } = scope;
  const phased = r!.phases && w!.constant && fromQuarters(scope, r!.phases, w!.constant, operation);
  if (phased) return phased;
  const backwards = w!.constant && asConvolution(operation, scope, w!.constant);
  if (backwards !== undefined) return backwards;
  const kernel = w!.shape.slice(2) as number[];
  const output = r!.shape.slice(2) as number[];
  const several = operation.groups > 1 && (w!.shape[0] as number) > operation.groups;
  if (scope.style === 'shader' && (several || kernel.length > 2)) {
    const constant = w!.constant && backwardWeights(w!.constant, operation.groups);
    const turned = constant
      ? graph.floats(constant.data, constant.shape)
      : turnedWeights(scope, w!, operation.groups);
    return stuffedConvolution(scope, operation, turned, kernel);
  }
  // What the windows did not reach comes back as zeros, behind the last one.
  const rest = operation.inputSpatial.map((size, axis) => {
    const reached =
      (output[axis]! - 1) * operation.strides[axis]! +
      (kernel[axis]! - 1) * operation.dilations[axis]! +
      1;
    return size + operation.padsBegin[axis]! - reached;
  });
  return graph.node('ConvTranspose', [r!.floats(), w!.floats()], {
    strides: operation.strides,
    dilations: operation.dilations,
    group: operation.groups,
    pads: [...operation.padsBegin, ...rest.map((size) => Math.max(0, -size))],
    output_padding: rest.map((size) => Math.max(0, size)),
  });
};
