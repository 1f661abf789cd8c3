import {
  inspectNetwork,
  type LayerReport,
  type MethodDefinition,
  type MethodReport,
  type ParameterSpec,
  type ResolvedNetwork,
  type Shape,
} from '@patternlens/core';
import { explainedName, isLinear, valueChannels, type InputAxes } from '@patternlens/core/network';

/** A method, and whether it can explain the model. */
export interface MethodFacts {
  readonly id: string;
  readonly group: MethodDefinition['group'];
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** It runs a program many times. */
  readonly isDriver: boolean;
  readonly needsPatterns: boolean;
  readonly report: MethodReport;
}

/** What the page knows of a model. Plain data. */
export interface ModelFacts {
  readonly key: string;
  readonly name: string;
  readonly format: 'onnx' | 'tfjs';
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly axes: InputAxes;
    /** Where arrays of the model's own layout have the batch, if not at axis 0. */
    readonly batchAxis?: number | undefined;
  }[];
  /** Inputs of the file that what is explained does not depend on. */
  readonly unusedInputs: readonly string[];
  /** Names of all outputs of the file. */
  readonly outputs: readonly string[];
  /** The output that is explained. */
  readonly explainedOutput: string;
  /** Its shape, with the batch. */
  readonly outputShape: Shape;
  readonly layers: readonly LayerReport[];
  /** The axis of channels of the explained output, and of every layer's value by the layer's name. */
  readonly channelAxes: {
    readonly output: number;
    readonly layers: Readonly<Record<string, number>>;
  };
  /** Names of the layers that patterns belong to. */
  readonly linearLayers: readonly string[];
  readonly parameters: number;
  readonly macs: number;
  /** What was done to the network before it is explained, in sentences. */
  readonly changes: readonly string[];
  readonly methods: readonly MethodFacts[];
}

const defaultsOf = (parameters: MethodFacts['parameters']): Record<string, never> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, spec]) =>
      spec.default === undefined ? [] : [[name, spec.default as never]],
    ),
  );

function methodFacts(definition: MethodDefinition, report: MethodReport): MethodFacts {
  const { id, group, parameters, driver, needsPatterns } = definition;
  return {
    id,
    group,
    parameters,
    isDriver: driver !== undefined,
    needsPatterns: needsPatterns?.(defaultsOf(parameters)) ?? false,
    report,
  };
}

/** What the page is told of a network. */
export function modelFacts(
  { key, name, format }: Pick<ModelFacts, 'key' | 'name' | 'format'>,
  network: ResolvedNetwork,
  methods: readonly MethodDefinition[],
): ModelFacts {
  const report = inspectNetwork(network);
  return {
    key,
    name,
    format,
    inputs: network.inputs.map((input) => ({
      name: input.name,
      shape: input.shape,
      axes: network.axes.get(input.name)!,
      batchAxis: input.batchAxis,
    })),
    unusedInputs: network.unusedInputs ?? [],
    outputs: (network.fileOutputs ?? []).map((output) => output.name),
    explainedOutput: explainedName(network),
    outputShape: network.shapes.get(network.outputs[0]!)!,
    layers: report.layers,
    channelAxes: {
      output: valueChannels(network, network.outputs[0]!),
      layers: Object.fromEntries(
        network.layers.map((layer) => [layer.name, valueChannels(network, layer.output)]),
      ),
    },
    linearLayers: network.layers.filter(isLinear).map((layer) => layer.name),
    parameters: report.parameters,
    macs: report.macs,
    changes: report.changes,
    methods: methods.map((method) => methodFacts(method, report.methods[method.id]!)),
  };
}
