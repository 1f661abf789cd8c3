import {
  BATCH,
  PatternLensError,
  type Dim,
  type Network,
  type NetworkInput,
} from '@patternlens/core';
import type { GraphProto, NodeProto, ValueInfoProto } from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import type { ParsedModel } from '../read/parse-model.js';
import { numberType, readTensor, typeName } from '../read/tensor-values.js';
import { expandFunctions } from './expand-functions.js';
import { ImportContext, originOf } from './import-context.js';
import { constant, type Imported } from './imported.js';
import { NodeView } from './node-view.js';
import { folders, handlers, STRUCTURAL, SUPPORTED_OPERATORS } from './ops/handlers.js';

export interface ImportOptions {
  /** Sizes of free axes by input name, without the batch: `{ data: [3, 48, 192] }`. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly externalFiles?: ExternalFiles | undefined;
}

function invalid(message: string): never {
  throw new PatternLensError('invalid-file', `[adapter-onnx] ${message}`);
}

interface ReadInput extends NetworkInput {
  readonly batchWasFixed: boolean;
}

/** An input of the graph with its batch free and its other axes bound.
 * @throws PatternLensError where an axis is free, or axis 0 is not a batch. */
function readInput({ name, type }: ValueInfoProto, shapes: ImportOptions['shapes']): ReadInput {
  const tensorType =
    type?.value.case === 'tensorType'
      ? type.value.value
      : invalid(`input "${name}": it is not a tensor.`);
  if (numberType(tensorType.elemType) !== 'float') {
    throw new PatternLensError(
      'unsupported-operation',
      `[adapter-onnx] input "${name}": its elements are of ${typeName(tensorType.elemType)}. Only inputs of floats can be explained.`,
    );
  }
  const dims =
    tensorType.shape?.dim ??
    invalid(`input "${name}": the file does not say how many axes it has.`);
  const sizes = dims.map(({ value }) =>
    value.case === 'dimValue' && value.value > 0n ? Number(value.value) : undefined,
  );
  if (sizes.length === 0) invalid(`input "${name}": it has no axes; axis 0 must be the batch.`);
  const [first, ...rest] = sizes;
  if (first !== undefined && first !== 1)
    invalid(
      `input "${name}": axis 0 is fixed to ${first}. It must be the batch, free or 1. Export the model with a free batch axis.`,
    );
  const given = shapes?.[name];
  if (
    given &&
    (given.length !== rest.length ||
      rest.some((size, axis) => size !== undefined && size !== given[axis]))
  ) {
    throw new PatternLensError(
      'invalid-argument',
      `[adapter-onnx] input "${name}": the shape ${given.join(',')} does not fit [batch, ${rest.map((size) => size ?? 'free').join(', ')}].`,
    );
  }
  const bound = rest.map((size, axis): Dim => {
    const own = size ?? given?.[axis];
    if (own !== undefined) return own;
    const named = dims.map(({ value }) =>
      value.case === 'dimParam'
        ? value.value
        : value.case === 'dimValue'
          ? String(value.value)
          : '?',
    );
    throw new PatternLensError(
      'invalid-shape',
      `[adapter-onnx] input "${name}" has shape [${named.join(', ')}]: axis ${axis + 1} is free. Bind it, for instance with --shape ${name}=${rest.map((r) => r ?? 'SIZE').join(',')}.`,
      { layer: name },
    );
  });
  return { name, shape: [BATCH, ...bound], batchWasFixed: first === 1 };
}

/** The nodes that the given outputs depend on, in the file's order. */
function neededNodes(nodes: readonly NodeProto[], outputs: readonly string[]): NodeProto[] {
  const makers = new Map(
    nodes.flatMap((node) => node.output.map((output) => [output, node] as const)),
  );
  const needed = new Set<NodeProto>();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    open.push(...node.input, ...subgraphInputs(node));
  }
  return nodes.filter((node) => needed.has(node));
}

/** Values of the outer graph that a node's subgraphs may read. */
const subgraphInputs = (node: NodeProto): string[] =>
  node.attribute.flatMap(({ g }) =>
    g
      ? [
          ...g.node.flatMap((own) => [...own.input, ...subgraphInputs(own)]),
          ...g.output.map(({ name }) => name),
        ]
      : [],
  );

const isKnownOperator = (node: NodeProto): boolean =>
  (node.domain === '' || node.domain === 'ai.onnx') &&
  (node.opType in handlers || node.opType in folders || STRUCTURAL.includes(node.opType));

/** @throws PatternLensError `unsupported-operation` naming every operator that is not understood, with its nodes. */
function checkOperators(nodes: readonly NodeProto[]): void {
  const unknown = new Map<string, string[]>();
  for (const node of nodes.filter((own) => !isKnownOperator(own))) {
    const op =
      node.domain === '' || node.domain === 'ai.onnx'
        ? node.opType
        : `${node.domain}.${node.opType}`;
    unknown.set(op, [
      ...(unknown.get(op) ?? []),
      node.name === '' ? (node.output[0] ?? '?') : node.name,
    ]);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(
    ([op, names]) => `${op} ${names.map((name) => `"${name}"`).join(', ')}`,
  );
  throw new PatternLensError(
    'unsupported-operation',
    `[adapter-onnx] model: ${unknown.size === 1 ? 'an operator is' : `${unknown.size} operators are`} not supported: ${list.join('; ')}. Supported: ${SUPPORTED_OPERATORS.join(', ')}.`,
    { operation: [...unknown.keys()].join(', ') },
  );
}

/** Walks nodes in an order in which every node comes after those that it reads. */
class GraphWalk {
  readonly #context: ImportContext;
  readonly #opset: number;
  readonly #files: ExternalFiles | undefined;

  constructor(context: ImportContext, opset: number, files: ExternalFiles | undefined) {
    this.#context = context;
    this.#opset = opset;
    this.#files = files;
  }

  async initializers(graph: GraphProto, wanted: ReadonlySet<string>): Promise<void> {
    for (const tensor of graph.initializer.filter(({ name }) => wanted.has(name))) {
      const { type, shape, data } = await readTensor(tensor, this.#files);
      this.#context.values.set(
        tensor.name,
        constant({ data, shape }, type, originOf(tensor.name, shape)),
      );
    }
  }

  /** @throws PatternLensError `invalid-file` where values are missing, or nodes wait for each other in a circle. */
  async nodes(nodes: readonly NodeProto[]): Promise<void> {
    let waiting = nodes;
    while (waiting.length > 0) {
      const blocked: NodeProto[] = [];
      for (const node of waiting) {
        const ready = [...node.input, ...(node.opType === 'If' ? [] : [])].every(
          (name) => name === '' || this.#context.values.has(name),
        );
        if (ready) await this.#import(node);
        else blocked.push(node);
      }
      if (blocked.length === waiting.length) this.#explain(blocked);
      waiting = blocked;
    }
  }

  #explain(blocked: readonly NodeProto[]): never {
    const made = new Set(blocked.flatMap((node) => node.output));
    for (const node of blocked) {
      const missing = node.input.find(
        (name) => name !== '' && !this.#context.values.has(name) && !made.has(name),
      );
      if (missing !== undefined)
        invalid(
          `${node.opType} "${node.name}": it reads "${missing}", which nothing in the file makes.`,
        );
    }
    return invalid(
      `the graph has a cycle: ${blocked
        .slice(0, 5)
        .map((node) => `${node.opType} "${node.name}"`)
        .join(', ')} wait for each other.`,
    );
  }

  async #import(node: NodeProto): Promise<void> {
    const { values } = this.#context;
    const view = new NodeView(
      node,
      node.input.map((name) => (name === '' ? undefined : values.get(name))),
      this.#opset,
    );
    if (node.opType === 'Constant') {
      values.set(view.outputs[0]!, await this.#constant(view));
    } else if (node.opType === 'If') {
      await this.#branch(view);
    } else {
      const folded = folders[node.opType]?.(view);
      if (folded) values.set(view.outputs[0]!, folded);
      else if (handlers[node.opType]) handlers[node.opType]!(view, this.#context);
      else
        view.unsupported(
          'it computes with values that exist only when the network runs; only shapes and constants are supported there.',
        );
    }
  }

  async #constant(view: NodeView): Promise<Imported> {
    const stored = view.tensorAttribute('value');
    if (stored) {
      const { type, shape, data } = await readTensor(stored, this.#files);
      return constant({ data, shape }, type, originOf(view.outputs[0]!, shape));
    }
    const list = view.floats('value_floats') ?? view.ints('value_ints') ?? [];
    const floats = view.has('value_float') || view.has('value_floats');
    if (view.has('value_floats') || view.has('value_ints'))
      return constant(
        { data: Float64Array.from(list), shape: [list.length] },
        floats ? 'float' : 'integer',
      );
    if (!floats && !view.has('value_int'))
      return view.unsupported('its value is neither a tensor nor numbers.');
    return constant(
      {
        data: Float64Array.of(floats ? view.float('value_float', 0) : view.int('value_int', 0)),
        shape: [],
      },
      floats ? 'float' : 'integer',
    );
  }

  /** The branch that a condition of the file chooses. */
  async #branch(view: NodeView): Promise<void> {
    const condition = view.constant(0, 'condition').tensor.data[0];
    const graph =
      view.graph(condition === 0 ? 'else_branch' : 'then_branch') ??
      view.invalid('its branch is missing.');
    checkOperators(graph.node);
    await this.initializers(graph, new Set(graph.initializer.map(({ name }) => name)));
    await this.nodes(graph.node);
    graph.output.forEach(({ name }, index) => {
      const value =
        this.#context.values.get(name) ?? view.invalid(`its branch does not make "${name}".`);
      this.#context.values.set(view.outputs[index]!, value);
    });
  }
}

/** Turns a parsed ONNX file into a network: the part that its first output depends on.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operators and nodes. */
export async function importGraph(
  { model, graph, opset }: ParsedModel,
  options: ImportOptions,
): Promise<Network> {
  const [explained, ...others] = graph.output.map(({ name }) => name) as [string, ...string[]];
  const nodes = neededNodes(expandFunctions(model, graph.node), [explained]);
  checkOperators(nodes);
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input
    .filter(({ name }) => !stored.has(name))
    .map((input) => readInput(input, options.shapes));
  if (inputs.length === 0) invalid('model: all its inputs are constants.');
  const context = new ImportContext(
    inputs.map(({ name, shape }) => ({ name, shape })),
    inputs.some(({ batchWasFixed }) => batchWasFixed),
  );
  const walk = new GraphWalk(context, opset, options.externalFiles);
  const read = new Set([
    explained,
    ...nodes.flatMap((node) => [...node.input, ...subgraphInputs(node)]),
  ]);
  await walk.initializers(graph, read);
  await walk.nodes(nodes);
  const output =
    context.values.get(explained) ??
    invalid(`nothing in the file makes its output "${explained}".`);
  if (output.kind !== 'runtime') return invalid(`its output "${explained}" is a constant.`);
  for (const other of others)
    context.changes.push(`output "${other}" left out: the first output is explained`);
  return context.build([output.name]);
}
