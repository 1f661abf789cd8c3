import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { outputsOf } from '../../canonizers/choose-output.js';
import { applyComposite, missingFirst } from '../../composites/apply-composite.js';
import { ruleNotes } from '../../composites/rule-notes.js';
import { kindOf } from '../../layers/definition-of.js';
import { isLinear, type Layer } from '../../layers/layer.js';
import { multiplyAdds } from '../../layers/linear-operator.js';
import { chooseMethod, exampleOf } from '../../methods/method-choice.js';
import type { MethodDefinition } from '../../methods/method-definition.js';
import { resolveMethod } from '../../methods/resolve-method.js';
import type { FileOutput, Network } from '../../network/network.js';
import { requiredParameters } from '../../parameters/resolve-parameters.js';
import type { MethodExtensions } from '../../plugins/extensions.js';
import { resolveNetwork, type ResolveOptions } from '../../plugins/resolve-network.js';
import type { Shape } from '../../tensor/shape.js';

/** One layer of the canonical network. */
export interface LayerReport {
  readonly name: string;
  /** The kind of layer; of an activation the name of its function. */
  readonly kind: string;
  /** The shape of its first input. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** The name of the weight tensor in the model file. */
  readonly weights?: string;
  /** How many numbers its parameters hold. */
  readonly parameters: number;
  /** Multiply-accumulate operations of the forward pass of one sample; 0 for layers that are not linear. */
  readonly macs: number;
}

/** A remark about a layer, or about an input of the network. */
export interface LayerRemark {
  /** The name of the layer or input. */
  readonly layer: string;
  readonly reason: string;
}

/** Whether a method can explain a network. */
export interface MethodReport {
  /** There are no problems. */
  readonly supported: boolean;
  /** All layers that the method has no rule for, with the reason. */
  readonly problems: readonly LayerRemark[];
  /** What to know about layers that it can be applied to, and about parameters that have to be given. */
  readonly notes: readonly LayerRemark[];
}

/** What is in a network, and which methods it can be explained with. */
export interface NetworkReport {
  /** The format of the file: `onnx`, `tfjs-layers`, ... */
  readonly format: string;
  readonly inputs: readonly { readonly name: string; readonly shape: Shape }[];
  /** All outputs of the file, and which of them is explained, perhaps without its head; a value inside that is explained instead stands last. */
  readonly outputs: readonly FileOutput[];
  readonly layers: readonly LayerReport[];
  /** The sum over all layers. */
  readonly parameters: number;
  /** The sum over all layers. */
  readonly macs: number;
  /** What was changed since the file was read, in sentences. */
  readonly changes: readonly string[];
  /** By the id of the method, those of plug-ins included. */
  readonly methods: Readonly<Record<string, MethodReport>>;
}

function reportLayer(network: Network, layer: Layer): LayerReport {
  const inputShape = network.shapes.get(layer.inputs[0]!)!;
  const outputShape = network.shapes.get(layer.output)!;
  const parameters = Object.values(layer.parameters);
  const weights = layer.parameters['weights']?.origin?.tensor;
  return {
    name: layer.name,
    kind: kindOf(layer),
    inputShape,
    outputShape,
    ...(weights === undefined ? {} : { weights }),
    parameters: parameters.reduce((sum, { tensor }) => sum + tensor.data.length, 0),
    macs: isLinear(layer) ? multiplyAdds(layer, inputShape, outputShape) : 0,
  };
}

/** Parameters about the network's inputs that have to be given, as one remark an input. */
function missingParameters(
  network: Network,
  definition: MethodDefinition | undefined,
): LayerRemark[] {
  const names = definition ? requiredParameters(definition.parameters) : [];
  if (names.length === 0) return [];
  const reason = `${names.join(' and ')} have to be given: what the input lies between`;
  return network.inputs.map(({ name }) => ({ layer: name, reason }));
}

/** The layers of a network that a method has no rule for, and remarks on the others. */
export function reportMethod(
  network: CanonicalNetwork<MethodExtensions>,
  id: string,
): MethodReport {
  const { methods } = network.extensions;
  const definition = methods.find((candidate) => candidate.id === id);
  const { composite } = resolveMethod(
    definition ? exampleOf(definition) : chooseMethod(id),
    methods,
  );
  const { rules, problems } = applyComposite(composite, network);
  const unreached = missingFirst(composite, network);
  const remarks = [
    ...[...problems].map(([{ name }, reason]) => ({ layer: name, reason })),
    ...(unreached?.names ?? []).map((layer) => ({ layer, reason: unreached!.reason })),
  ];
  const notes = [
    ...missingParameters(network, definition),
    ...ruleNotes(composite, rules, network),
  ];
  return { supported: remarks.length === 0, problems: remarks, notes };
}

/** Reports on a whole network before anything runs: the layers of its canonical form, what was changed, and the problems of every method.
 * @throws PatternLensError `invalid-plugin`, or `invalid-argument` where a resolved network is given `ResolveOptions` again. */
export function inspectNetwork(network: Network, options: ResolveOptions = {}): NetworkReport {
  const canonical = resolveNetwork(network, options);
  const layers = canonical.layers.map((layer) => reportLayer(canonical, layer));
  return {
    format: network.format,
    inputs: canonical.inputs,
    outputs: outputsOf(canonical).map((output) =>
      output.explained ? { ...output, shape: canonical.shapes.get(canonical.outputs[0]!) } : output,
    ),
    layers,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    macs: layers.reduce((sum, layer) => sum + layer.macs, 0),
    changes: canonical.changes,
    methods: Object.fromEntries(
      canonical.extensions.methods.map(({ id }) => [id, reportMethod(canonical, id)]),
    ),
  };
}
