import type { LayerImports } from '@patternlens/core/network';
import { formatShape, multiplyDims } from '@patternlens/core/tensor';
import {
  build,
  orderNodes,
  Place,
  type ImportContext,
  type RuntimeValue,
} from '@patternlens/importing';
import type { Weights } from '../../read/read-weights.js';
import { isObject } from '../../read/json-object.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { foreignLayer } from '../foreign-layer.js';
import { voice } from '../voice.js';
import { TIME_STEPS, wrappedBy } from './check-classes.js';
import { LayerConfig } from './layer-config.js';
import { layerImporters } from './layer-importers.js';
import { layerWeights } from './layer-weights.js';
import type { LayerSpec, ModelSpec, TensorRef } from './model-config.js';

/** What all models of a file share while it is imported. */
export interface ModelScope {
  readonly context: ImportContext;
  /** Classes that plug-ins bring. */
  readonly layers: LayerImports;
  readonly weights: Weights;
  /** How often each layer was applied so far, by its full name. */
  readonly uses: Map<string, number>;
  /** What each application of a layer made, by its name in the network. */
  readonly made: Map<string, RuntimeValue>;
  /** Names that layers of several models have. */
  readonly shared: ReadonlySet<string>;
}

interface Application {
  readonly spec: LayerSpec;
  readonly node: number;
  values?: readonly RuntimeValue[];
}

const keyOf = (layer: string, node: number): string => `${node}/${layer}`;

function importLayer(
  scope: ModelScope,
  spec: LayerSpec,
  inputs: readonly RuntimeValue[],
  path: readonly string[],
): RuntimeValue {
  const { context, uses } = scope;
  const full = scope.shared.has(spec.name) ? [...path, spec.name].join('/') : spec.name;
  const use = (uses.get(full) ?? 0) + 1;
  uses.set(full, use);
  const wrapped = spec.className === 'TimeDistributed' ? wrappedBy(spec) : spec;
  const config = isObject(wrapped.config) ? wrapped.config : {};
  const className = String(wrapped.className);
  const name = use === 1 ? full : `${full}#${use}`;
  const place = new Place(voice, { kind: className, name, isLayer: true });
  const names = [spec.name, ...(typeof config['name'] === 'string' ? [config['name']] : [])];
  const [first, ...others] = inputs;
  if (!first) return place.invalid('it reads nothing.');
  const plugin = scope.layers.get(className);
  const kept = (value: RuntimeValue): RuntimeValue => {
    scope.made.set(name, value);
    return value;
  };
  if (plugin)
    return kept(
      foreignLayer(plugin, place, context, {
        inputs,
        config,
        constant: (which) => layerWeights(scope.weights, place, names, path)(String(which)),
      }),
    );
  const make = (...read: [RuntimeValue, ...RuntimeValue[]]): RuntimeValue =>
    layerImporters[className]!({
      context,
      place,
      config: new LayerConfig(config, place),
      inputs: read,
      weight: layerWeights(scope.weights, place, names, path),
    });
  return kept(
    spec.className === 'TimeDistributed' && !TIME_STEPS.includes(className)
      ? stepByStep(context, place, first, make)
      : make(first, ...others),
  );
}

/** What a layer makes of every time step, `[N, T, ...]`: the steps of all samples are samples for it. */
function stepByStep(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  make: (steps: RuntimeValue) => RuntimeValue,
): RuntimeValue {
  const [batch, time, ...rest] = x.shape;
  if (batch === undefined || time === undefined)
    return place.invalid(`its input ${formatShape(x.shape)} has no time steps.`);
  const steps = [multiplyDims(batch, time), ...rest];
  const made = make(build.regarded(context, place.part('steps'), x, steps));
  return build.regarded(context, place.part('series'), made, [batch, time, ...made.shape.slice(1)]);
}

/** Walks the applications of layers that a model's outputs depend on, each behind those that it reads. */
class ModelWalk {
  readonly #scope: ModelScope;
  readonly #model: ModelSpec;
  readonly #path: readonly string[];
  readonly #applications = new Map<string, Application>();

  constructor(scope: ModelScope, model: ModelSpec, path: readonly string[]) {
    this.#scope = scope;
    this.#model = model;
    this.#path = path;
    for (const spec of model.layers) {
      const count = spec.className === 'InputLayer' ? 1 : spec.nodes.length;
      for (let node = 0; node < count; node++)
        this.#applications.set(keyOf(spec.name, node), { spec, node });
    }
  }

  outputs(
    inputs: readonly (RuntimeValue | undefined)[],
    wanted: readonly TensorRef[],
  ): RuntimeValue[] {
    if (inputs.length !== this.#model.inputs.length)
      invalidFile(
        `model "${this.#model.name}": it has ${this.#model.inputs.length} inputs and is given ${inputs.length}. Convert or save the model again.`,
      );
    this.#model.inputs.forEach((ref, at) => {
      const input = this.#find(ref, 'input_layers');
      const given = inputs[at];
      if (given) input.values = [given];
    });
    const ends = wanted.map((ref) => this.#find(ref, 'output_layers'));
    for (const application of this.#ordered(ends)) application.values ??= this.#apply(application);
    return wanted.map((ref) => this.#value(ref, 'output_layers'));
  }

  #ordered(ends: readonly Application[]): readonly Application[] {
    return orderNodes(ends, {
      read: ({ spec, node }) =>
        (spec.nodes[node] ?? []).map((ref) => this.#find(ref, `"${spec.name}"`)),
      circle: (application, read) =>
        invalidFile(
          `model "${this.#model.name}": "${application.spec.name}" and "${read.spec.name}" wait for each other in a circle. Convert or save the model again.`,
        ),
    });
  }

  #find(ref: TensorRef, reader: string): Application {
    return (
      this.#applications.get(keyOf(ref.layer, ref.node)) ??
      invalidFile(
        `model "${this.#model.name}": ${reader} reads application ${ref.node} of "${ref.layer}", which is not there. Convert or save the model again.`,
      )
    );
  }

  #value(ref: TensorRef, reader: string): RuntimeValue {
    return (
      this.#find(ref, reader).values?.[ref.tensor] ??
      invalidFile(
        `model "${this.#model.name}": ${reader} reads output ${ref.tensor} of "${ref.layer}", which has none of that number. Convert or save the model again.`,
      )
    );
  }

  #apply({ spec, node }: Application): readonly RuntimeValue[] {
    if (spec.className === 'InputLayer')
      return invalidFile(
        `model "${this.#model.name}": its input "${spec.name}" is not among its input_layers. Convert or save the model again.`,
      );
    const inputs = (spec.nodes[node] ?? []).map((ref) => this.#value(ref, `"${spec.name}"`));
    return spec.model
      ? applyModel(this.#scope, spec.model, inputs, [...this.#path, spec.name])
      : [importLayer(this.#scope, spec, inputs, this.#path)];
  }
}

/** Applies a model to values; returns its outputs, or those that are asked for.
 * @param inputs Undefined where what is asked for does not depend on one. */
export function applyModel(
  scope: ModelScope,
  model: ModelSpec,
  inputs: readonly (RuntimeValue | undefined)[],
  path: readonly string[],
  wanted: readonly TensorRef[] = model.outputs,
): RuntimeValue[] {
  return new ModelWalk(scope, model, path).outputs(inputs, wanted);
}
