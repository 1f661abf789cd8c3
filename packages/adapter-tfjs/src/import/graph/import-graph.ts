import { type Network } from '@patternlens/core';
import { layerImports, type LayerImports } from '@patternlens/core/network';
import {
  boundInputs,
  checkKnown,
  checkShapes,
  constantValue,
  fail,
  type ImportContext,
  NodeWalk,
  originOf,
  range,
  readModel,
  type ConstantValue,
  type Imported,
  type Made,
  type StatedInput,
} from '@patternlens/importing';
import { fieldOf, isObject } from '../../read/json-object.js';
import type { ParsedModel } from '../../read/parse-model.js';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { foreignLayer } from '../foreign-layer.js';
import type { ReadTfjsOptions } from '../read-options.js';
import { voice } from '../voice.js';
import { neededNodes, nodeOf, parseNodes, type GraphNode } from './graph-nodes.js';
import { TfjsNode } from './node-view.js';
import { operators, SUPPORTED_OPERATIONS } from './operations.js';
import { graphPorts, protoShape, type GraphPorts } from './signature.js';

function readInput({ node, shape }: GraphPorts['inputs'][number]): StatedInput {
  const view = new TfjsNode(node, []);
  const type = view.type('dtype');
  if (type !== 'DT_FLOAT')
    fail(
      voice,
      'unsupported-operation',
      `input "${node.name}": its elements are of ${type}. Only inputs of floats can be explained.`,
      { layer: node.name },
    );
  const attribute = fieldOf(node.attributes, 'shape');
  const stated = isObject(attribute) ? fieldOf(attribute, 'shape') : undefined;
  const sizes = protoShape(stated) ?? protoShape(shape);
  return sizes
    ? { name: node.name, sizes, text: sizes.map((size) => String(size ?? '?')) }
    : invalidFile(
        `input "${node.name}": the file does not say how many axes it has. Convert the model with the shapes of its inputs.`,
      );
}

/** Walks the nodes of a graph, each behind those that it reads. */
class GraphWalk extends NodeWalk<TfjsNode> {
  readonly #weights: Weights;
  readonly #layers: LayerImports;

  constructor(context: ImportContext, weights: Weights, layers: LayerImports) {
    super(context, operators);
    this.#weights = weights;
    this.#layers = layers;
  }

  import(node: GraphNode): void {
    if (this.values.has(node.name) || node.op === 'NoOp') return;
    if (node.op === 'Const') {
      this.store(node.name, this.#constant(node));
      return;
    }
    const view = new TfjsNode(
      node,
      node.inputs.map((name) => this.#read(node, name)),
    );
    this.#keep(node, view);
  }

  override make(view: TfjsNode): Made {
    const plugin = this.#layers.get(view.kind);
    if (!plugin) return super.make(view);
    return foreignLayer(plugin, view, this.context, {
      inputs: view.inputs,
      config: view.plainAttributes(),
      constant: (which) => view.storedAt(Number(which)),
    });
  }

  #read(node: GraphNode, name: string): Imported {
    return (
      this.values.get(name) ??
      fail(
        voice,
        'unsupported-operation',
        `${node.op} "${node.name}": it reads "${name}", which is not computed. Only the first output of most operations is supported.`,
        { layer: node.name, operation: node.op },
      )
    );
  }

  #constant({ name }: GraphNode): ConstantValue {
    const stored = this.#weights.get(name);
    if (!stored)
      return invalidFile(
        `Const "${name}": its values are not among the ${this.#weights.names.length} weights of the file. Convert the model again.`,
      );
    const { tensor, dtype } = stored;
    const float = dtype === 'float32' || dtype === 'float16';
    const type = float ? 'float' : dtype === 'bool' ? 'boolean' : 'integer';
    return constantValue({ tensor, origin: originOf(name, tensor.shape) }, type);
  }

  /** Keeps what a node makes: its first output goes by its name. */
  #keep({ name }: GraphNode, view: TfjsNode): void {
    const made = this.make(view);
    const count = Array.isArray(made) ? made.length : 1;
    this.keep(
      range(count).map((index) => (index === 0 ? name : `${name}:${index}`)),
      made,
    );
  }
}

/** Turns the graph of a graph model into a network: the part that its first output depends on.
 * @throws PatternLensError `unsupported-operation` or `invalid-file`, naming operations and nodes. */
export function importGraph(
  { topology, signature }: Pick<ParsedModel, 'topology' | 'signature'>,
  weights: Weights,
  { shapes, plugins }: ReadTfjsOptions,
): Network {
  const nodes = parseNodes(topology);
  const { inputs: ports, outputs } = graphPorts(nodes, signature);
  const [explained, ...others] = outputs as [string, ...string[]];
  const needed = neededNodes(nodes, explained);
  const layers = layerImports('tfjs', SUPPORTED_OPERATIONS, plugins);
  const named = needed.map(({ op, name }) => [op, name] as const);
  checkKnown(voice, 'operation', named, SUPPORTED_OPERATIONS, layers);
  const names = ports.map(({ node }) => node.name);
  checkShapes(voice, names, shapes);
  const inputs = boundInputs(voice, ports.map(readInput), shapes);
  const parts = { format: 'tfjs-graph', voice, inputs, namesValues: false };
  return readModel(parts, (context) => {
    const walk = new GraphWalk(context, weights, layers);
    for (const node of needed) walk.import(node);
    const output = walk.values.get(explained);
    if (output?.kind !== 'runtime')
      return invalidFile(
        `its output "${explained}" depends on no input. Convert the model with another output first.`,
      );
    for (const other of others)
      context.changes.push(`output "${nodeOf(other)}" left out: the first output is explained`);
    return context.build(output, explained);
  });
}
