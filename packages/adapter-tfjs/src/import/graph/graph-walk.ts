import { type LayerImports } from '@patternlens/core/network';
import {
  constantValue,
  fail,
  NodeWalk,
  originOf,
  range,
  type ConstantValue,
  type ImportContext,
  type Imported,
  type Made,
} from '@patternlens/importing';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { foreignLayer } from '../foreign-layer.js';
import { voice } from '../voice.js';
import type { GraphNode } from './graph-nodes.js';
import { TfjsNode } from './node-view.js';
import { operators } from './operations.js';

/** Walks the nodes of a graph, each behind those that it reads. */
export class GraphWalk extends NodeWalk<TfjsNode> {
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
