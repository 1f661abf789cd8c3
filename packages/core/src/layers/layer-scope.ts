import { PatternLensError } from '../errors/patternlens-error.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { LayerScope } from './layer-definition.js';
import type { Layer } from './layer.js';

/** Where 0/1 decisions of layers come from. */
export interface Gates {
  readonly mask: (layer: Layer, name: string, make: () => Value) => Value;
  readonly given: boolean;
}

const computedGates: Gates = { mask: (_layer, _name, make) => make(), given: false };

/** What a layer sees while it is traced into a program. */
export function layerScope(
  ops: ProgramBuilder,
  layer: Layer,
  values: ReadonlyMap<string, Value>,
  gates: Gates = computedGates,
): LayerScope {
  const optional = (name: string): Value | undefined => {
    const parameter = layer.parameters[name];
    return parameter && ops.constant(parameter.tensor);
  };
  return {
    ops,
    inputs: layer.inputs.map((input) => values.get(input)!),
    optional,
    parameter: (name) => {
      const value = optional(name);
      if (value) return value;
      throw new PatternLensError(
        'core',
        'invalid-network',
        `layer "${layer.name}": it has no parameter "${name}".`,
        { layer: layer.name },
      );
    },
    mask: (name, make) => gates.mask(layer, name, make),
    masksGiven: gates.given,
  };
}
