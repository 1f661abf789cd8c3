import {
  isLinear,
  linearOperator,
  ProgramBuilder,
  traceForward,
  type Layer,
  type Network,
  type Program,
} from '@patternlens/core';

export const positiveName = (layer: Layer): string => `positive:${layer.name}`;
export const negativeName = (layer: Layer): string => `negative:${layer.name}`;

/** The positive and the negative contributions to z of some linear layers, without bias, as the outputs of a program. */
export function signParts(network: Network, layers: ReadonlySet<Layer>): Program {
  const ops = new ProgramBuilder();
  const { scopes } = traceForward(ops, network);
  for (const layer of network.layers) {
    if (!layers.has(layer) || !isLinear(layer)) continue;
    const scope = scopes.get(layer)!;
    const x = scope.inputs[0]!,
      w = scope.parameter('weights');
    const { forward } = linearOperator(ops, layer, x.shape);
    const [above, below] = [ops.positivePart(x), ops.negativePart(x)];
    const [raising, lowering] = [ops.positivePart(w), ops.negativePart(w)];
    ops.output(positiveName(layer), ops.add(forward(above, raising), forward(below, lowering)));
    ops.output(negativeName(layer), ops.add(forward(above, lowering), forward(below, raising)));
  }
  return ops.build();
}
