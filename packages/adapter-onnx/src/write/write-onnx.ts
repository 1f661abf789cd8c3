import { PatternLensError, type TracedMethod } from '@patternlens/core';
import { dropDeadLines, optimise, type Program } from '@patternlens/core/backend';
import { explainedName } from '@patternlens/core/network';
import {
  checkArgument,
  checkOptions,
  expects,
  type OptionKinds,
} from '@patternlens/core/arguments';
import { create } from '@bufbuild/protobuf';
import {
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType as DataType,
  type GraphProto,
} from 'onnx-buf';
import { emitProgram, portDims } from './emit-program.js';
import { GraphBuilder } from './graph-builder.js';
import { modelBytes } from './model-bytes.js';

export interface WriteOnnxOptions {
  /** The channel that is explained when `target` is negative: of neurons of a layer its strongest position; of channels, which are what `target` counts then, it in
   * place of the one with the largest sum. */
  readonly channel?: number | undefined;
  /** How images became inputs, as `{ name, values, hash }`: kept in the explainer's metadata. */
  readonly preprocessing?: unknown;
}

const KINDS: OptionKinds<WriteOnnxOptions & { readonly externalAbove?: number }> = {
  channel: expects.whole(0),
  preprocessing: expects.anything,
  externalAbove: expects.between(0, Infinity),
};

const TRACED = expects.required(
  expects.having(
    'a traced method',
    ['program', 'ports', 'network'],
    'Write writeOnnx(traceMethod(network, { method })).',
  ),
);

/** An explainer as files: the model, and beside it the weights where they are too large to lie in it. */
export interface OnnxFiles {
  readonly model: Uint8Array;
  /** Pieces of the data file, in order; absent where the model holds all of its weights. */
  readonly data?: readonly Uint8Array[];
}

/** Bytes of weights beyond which they lie beside the model. */
const EXTERNAL_ABOVE = 1.5e9;
/** Weights smaller than this always stay in the model. */
const SMALL = 1024;

function onlyOutputs(program: Program, names: readonly string[]): Program {
  return dropDeadLines(
    program.instructions,
    program.inputs,
    program.outputs.filter(({ name }) => names.includes(name)),
  );
}

/** The graph of an explainer: the network's own inputs and `target` (int64), relevance, `output`, `target_used` (int64) and `exponent` (int32). */
function explainerGraph(traced: TracedMethod, { channel = -1 }: WriteOnnxOptions): GraphProto {
  const { ports, layer } = traced;
  if (layer !== undefined && channel < 0) {
    throw new PatternLensError(
      'adapter-onnx',
      'invalid-argument',
      `explainer: it explains neurons of layer "${layer}"; say which channel.`,
      { layer },
    );
  }
  const program = optimise(
    onlyOutputs(traced.program, [
      ...ports.relevance.values(),
      ports.output,
      ports.targetUsed,
      ports.exponent,
    ]),
  );
  const graph = new GraphBuilder();
  const values = emitProgram(program, graph, (name, shape) => {
    if (name === ports.target) {
      const given = graph.node('Cast', [graph.input(name, ['batch'], DataType.INT64)], {
        to: DataType.FLOAT,
      });
      if (!traced.channels || channel < 0) return given;
      const none = graph.node('Less', [given, graph.scalar(0)]);
      return graph.node('Where', [none, graph.scalar(channel), given]);
    }
    if (name === ports.channel) {
      const size = graph.node('Shape', [traced.network.inputs[0]!.name], { start: 0, end: 1 });
      return graph.node('Expand', [graph.scalar(channel), size]);
    }
    return graph.input(name, named(portDims(shape)));
  });
  const integers: Readonly<Record<string, number>> = {
    [ports.targetUsed]: DataType.INT64,
    [ports.exponent]: DataType.INT32,
  };
  for (const { name, value } of program.outputs) {
    const type = integers[name];
    const floats = values.get(name)!.floats();
    if (type === undefined) graph.node('Identity', [floats], {}, name);
    else graph.node('Cast', [floats], { to: type }, name);
    graph.output(name, named(portDims(program.instructions[value]!.shape)), type ?? DataType.FLOAT);
  }
  return graph.build('explainer');
}

const named = (dims: readonly (number | string)[]): (number | string)[] =>
  dims.map((dim) => (dim === 'N' ? 'batch' : dim));

/** How the explainer was made, and what it needs. */
function metadata(
  traced: TracedMethod,
  { preprocessing }: WriteOnnxOptions,
): Record<string, string> {
  const { method, start, rules, network, layer, channels, patternSamples } = traced;
  const recipe = {
    method: method.id,
    parameters: method.parameters,
    group: method.group,
    start,
    ...(rules.length === 0 ? {} : { rules }),
    changes: network.changes,
    ...(layer === undefined ? { explainedOutput: explainedName(network) } : { layer }),
    ...(channels ? { channels } : {}),
    ...(patternSamples === undefined ? {} : { patternSamples }),
    ...(preprocessing === undefined ? {} : { preprocessing }),
  };
  return { patternlens: JSON.stringify(recipe) };
}

/** Moves the graph's weights out of it: each initializer then says where in the data file its bytes lie. */
function moveOut(graph: GraphProto, location: string): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of graph.initializer.filter(({ rawData }) => rawData.length >= SMALL)) {
    const { rawData } = tensor;
    tensor.externalData = Object.entries({ location, offset, length: rawData.length }).map(
      ([key, value]) => create(StringStringEntryProtoSchema, { key, value: String(value) }),
    );
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.rawData = new Uint8Array(0);
    pieces.push(rawData);
    offset += rawData.length;
  }
  return pieces;
}

/** Writes a traced method as a portable explainer, its weights beside the model where they exceed 1.5 GB.
 * @param dataName Name of the file that the weights would lie in, beside the model. */
export function writeOnnxFiles(
  traced: TracedMethod,
  dataName: string,
  options: WriteOnnxOptions & { readonly externalAbove?: number } = {},
): OnnxFiles {
  checkArgument('adapter-onnx', 'writeOnnx: traced', traced, TRACED);
  checkArgument('adapter-onnx', 'writeOnnx: dataName', dataName, expects.required(expects.text));
  checkOptions('adapter-onnx', 'writeOnnx', options, KINDS);
  const graph = explainerGraph(traced, options);
  const bytes = graph.initializer.reduce((sum, { rawData }) => sum + rawData.length, 0);
  if (bytes <= (options.externalAbove ?? EXTERNAL_ABOVE))
    return { model: modelBytes(graph, metadata(traced, options)) };
  const data = moveOut(graph, dataName);
  return { model: modelBytes(graph, metadata(traced, options)), data };
}

/** Writes a traced method as one ONNX file that any ONNX Runtime can run: the network's own inputs and `target` to `relevance`
 * (`relevance:INPUT` for each of several), `output`, `target_used` and `exponent`.
 * @throws PatternLensError `invalid-argument` where its weights are too large for one file; use `writeOnnxFiles`. */
export function writeOnnx(traced: TracedMethod, options: WriteOnnxOptions = {}): Uint8Array {
  const { model, data } = writeOnnxFiles(traced, 'explainer.data', options);
  if (data === undefined) return model;
  throw new PatternLensError(
    'adapter-onnx',
    'invalid-argument',
    'explainer: its weights exceed 1.5 GB and do not fit one file. Use writeOnnxFiles, which keeps them in a second one.',
  );
}
