import { type Network } from '@patternlens/core';
import { type Program, ProgramBuilder } from '@patternlens/core/backend';
import { type FittedLayer, linearForward } from '@patternlens/core/network';
import { traceForward } from '@patternlens/core/tracing';

/** Where a program hands out what a layer reads, and its pre-activation. */
export interface LayerPort {
  readonly layer: FittedLayer;
  readonly x: string;
  /** Without the bias. */
  readonly y: string;
}

/** A forward pass that hands out the inputs and pre-activations of some layers. Layers that read the same value share an output. */
export function traceLayerValues(
  network: Network,
  layers: readonly FittedLayer[],
): { readonly program: Program; readonly ports: readonly LayerPort[] } {
  const ops = new ProgramBuilder();
  const forward = traceForward(ops, network);
  const handed = new Set<string>();
  const ports = layers.map((layer): LayerPort => {
    const read = layer.inputs[0]!;
    const port = { layer, x: `x:${read}`, y: `y:${layer.name}` };
    if (!handed.has(port.x)) ops.output(port.x, forward.values.get(read)!);
    handed.add(port.x);
    ops.output(port.y, linearForward(layer, forward.scopes.get(layer)!).y);
    return port;
  });
  return { program: ops.build(), ports };
}
