import { definitionOf } from '../layers/definition-of.js';
import type { LayerScope } from '../layers/layer-definition.js';
import { type Gates, layerScope } from '../layers/layer-scope.js';
import type { Layer } from '../layers/layer.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { concerning } from './concerning.js';
import type { Network } from './network.js';

/** A network's forward pass in a program: every value, and what each layer saw. */
export interface ForwardPass {
  readonly values: ReadonlyMap<string, Value>;
  readonly scopes: ReadonlyMap<Layer, LayerScope>;
}

/** Records the forward pass of a network. The program's inputs are the network's. */
export function traceForward(ops: ProgramBuilder, network: Network, gates?: Gates): ForwardPass {
  const values = new Map<string, Value>(
    network.inputs.map(({ name, shape }) => [name, ops.input(name, shape)]),
  );
  const scopes = new Map<Layer, LayerScope>();
  for (const layer of network.layers) {
    const scope = layerScope(ops, layer, values, gates);
    scopes.set(layer, scope);
    values.set(
      layer.output,
      ops.inLayer(layer.name, () =>
        concerning(layer, () => definitionOf(layer).forward(layer, scope)),
      ),
    );
  }
  return { values, scopes };
}
