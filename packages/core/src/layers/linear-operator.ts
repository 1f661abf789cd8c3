import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { product, sizeOf, type Shape } from '../tensor/shape.js';
import { linearDefinitionOf } from './definition-of.js';
import {
  preActivation,
  type LinearOperator,
  type NeuronLayout,
} from './kinds/linear/linear-definition.js';
import type { LayerScope } from './layer-definition.js';
import type { LinearLayer } from './layer.js';

/** The operator of a linear layer whose input has the given shape. */
export function linearOperator(
  ops: ProgramBuilder,
  layer: LinearLayer,
  input: Shape,
): LinearOperator {
  return linearDefinitionOf(layer).operator(ops, layer.attributes, input);
}

/** The pre-activation without and with the layer's bias. */
export function linearForward(layer: LinearLayer, scope: LayerScope): { y: Value; z: Value } {
  return preActivation(linearOperator(scope.ops, layer, scope.inputs[0]!.shape), scope);
}

export function neuronLayout(layer: LinearLayer): NeuronLayout {
  const { shape } = layer.parameters['weights']!.tensor;
  return linearDefinitionOf(layer).neurons(shape, layer.attributes);
}

/** Multiplications and additions of one forward pass for one sample. */
export function multiplyAdds(layer: LinearLayer, input: Shape, output: Shape): number {
  const elements = (shape: Shape): number => sizeOf(shape.slice(1)) as number;
  if (layer.kind === 'transposed-convolution') {
    return elements(input) * product(layer.parameters['weights']!.tensor.shape.slice(1));
  }
  return elements(output) * neuronLayout(layer).inputs;
}
