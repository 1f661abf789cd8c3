import { PatternLensError } from '../errors/patternlens-error.js';
import { definitionOf } from '../layers/definition-of.js';
import { layerScope } from '../layers/layer-scope.js';
import type { Layer } from '../layers/layer.js';
import { ProgramBuilder, type Value } from '../program/program-builder.js';
import { BATCH, formatShape, sameDim, type Shape } from '../tensor/shape.js';
import { concerning } from './concerning.js';

/** Infers shapes layer by layer, in the order in which layers are added. */
export interface ShapeTracer {
  readonly shapes: ReadonlyMap<string, Shape>;
  /** @throws PatternLensError where axis 0 is not the batch. */
  readonly addInput: (name: string, shape: Shape) => void;
  /** The shape of the layer's value.
   * @throws PatternLensError naming the layer whose sizes do not agree, or whose axis 0 is not the batch. */
  readonly addLayer: (layer: Layer) => Shape;
}

/** Shapes are found by tracing the forward pass of each layer, so they are defined nowhere else. */
export function shapeTracer(): ShapeTracer {
  const ops = new ProgramBuilder();
  const values = new Map<string, Value>();
  const shapes = new Map<string, Shape>();
  const keep = (name: string, value: Value): Shape => {
    values.set(name, value);
    shapes.set(name, value.shape);
    return value.shape;
  };
  return {
    shapes,
    addInput: (name, shape) => {
      if (!sameDim(shape[0], BATCH)) {
        throw new PatternLensError(
          'core',
          'invalid-network',
          `input "${name}": axis 0 of ${formatShape(shape)} must be the batch.`,
        );
      }
      keep(name, ops.input(name, shape));
    },
    addLayer: (layer) => {
      const value = concerning(layer, () =>
        definitionOf(layer).forward(layer, layerScope(ops, layer, values)),
      );
      if (sameDim(value.shape[0], BATCH)) return keep(layer.output, value);
      throw new PatternLensError(
        'core',
        'invalid-network',
        `layer "${layer.name}" (${layer.kind}): axis 0 of its value ${formatShape(value.shape)} is not the batch. Only networks that keep the batch at axis 0 can be explained.`,
        { layer: layer.name },
      );
    },
  };
}
