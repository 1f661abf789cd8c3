import type { Value } from '../program/program-builder.js';
import type { LinearKind, LinearLayer } from './layer.js';
import type { LayerDefinition, LayerScope } from './layer-definition.js';
import { linearOperator } from './linear-operator.js';

/** The pre-activation without and with the layer's bias. */
export function linearForward(
  layer: LinearLayer,
  { ops, inputs, parameter, optional }: LayerScope,
): { y: Value; z: Value } {
  const y = linearOperator(ops, layer, inputs[0]!.shape).forward(inputs[0]!, parameter('weights'));
  const bias = optional('bias');
  return { y, z: bias ? ops.add(y, bias) : y };
}

/** Dense, convolution, transposed convolution and scale, by their linear operator. */
export const linear: LayerDefinition<LinearKind> = {
  forward: (layer, scope) => linearForward(layer as LinearLayer, scope).z,
  gradient: (layer, { ops, inputs, parameter }, _output, r) => [
    linearOperator(ops, layer as LinearLayer, inputs[0]!.shape).transpose(r, parameter('weights')),
  ],
};
