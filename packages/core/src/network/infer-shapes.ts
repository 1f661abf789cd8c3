import { PatternLensError } from '../errors.js';
import { definitionOf } from '../layers/definitions.js';
import type { Layer } from '../layers/layer.js';
import { ProgramBuilder } from '../program/program-builder.js';
import type { Value } from '../program/program-builder.js';
import { BATCH, formatShape, sameDim, type Shape } from '../tensor/shape.js';
import { layerScope } from '../tracing/layer-scope.js';
import { concerning } from './concerning.js';
import type { NetworkInput } from './network.js';

/** The shape of every value of a network, found by tracing its forward pass.
 * @throws PatternLensError naming the first layer whose sizes do not agree, or whose axis 0 is not the batch. */
export function inferShapes(
  inputs: readonly NetworkInput[],
  layers: readonly Layer[],
): Map<string, Shape> {
  const ops = new ProgramBuilder();
  const values = new Map<string, Value>(
    inputs.map(({ name, shape }) => [name, ops.input(name, shape)]),
  );
  for (const { name, shape } of inputs) {
    if (!sameDim(shape[0], BATCH)) {
      throw new PatternLensError(
        'invalid-network',
        `[core] input "${name}": axis 0 of ${formatShape(shape)} must be the batch.`,
      );
    }
  }
  for (const layer of layers) {
    const value = concerning(layer, () =>
      definitionOf(layer).forward(layer, layerScope(ops, layer, values)),
    );
    if (!sameDim(value.shape[0], BATCH)) {
      throw new PatternLensError(
        'invalid-network',
        `[core] layer "${layer.name}" (${layer.kind}): axis 0 of its value ${formatShape(value.shape)} is not the batch. Only networks that keep the batch at axis 0 can be explained.`,
        { layer: layer.name },
      );
    }
    values.set(layer.output, value);
  }
  return new Map([...values].map(([name, value]) => [name, value.shape]));
}
