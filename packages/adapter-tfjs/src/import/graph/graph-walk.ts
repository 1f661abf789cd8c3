import { type LayerImports } from '@patternlens/core/network';
import { isBatch, type Dim } from '@patternlens/core/tensor';
import {
  constantValue,
  fail,
  isKnown,
  NodeWalk,
  originOf,
  range,
  SAMPLES_ALONE,
  type ConstantValue,
  type ImportContext,
  type Imported,
  type Made,
  type RuntimeValue,
} from '@patternlens/importing';
import type { Weights } from '../../read/read-weights.js';
import { invalidFile } from '../../read/tfjs-error.js';
import { foreignLayer } from '../foreign-layer.js';
import { voice } from '../voice.js';
import type { GraphNode } from './graph-nodes.js';
import { TfjsNode } from './node-view.js';
import { operators, ROWWISE } from './operations.js';

/** A value whose rows are the samples' own rows, one behind another: `[L * N, C]` out of `[N, L, C]`. */
interface Rows {
  readonly value: RuntimeValue;
  readonly shape: readonly [Dim, Dim];
}

/** Walks the nodes of a graph, each behind those that it reads. */
export class GraphWalk extends NodeWalk<TfjsNode> {
  readonly #rows = new Map<string, Rows>();
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
    const rows = this.#rows.get(node.inputs[0] ?? '');
    if (rows && ROWWISE.includes(node.op)) {
      this.#importRows(node, view, rows);
      return;
    }
    if (rows && node.op !== 'Reshape') this.#mixed(view);
    const reshapes = node.op === 'Reshape' && view.input(0).kind === 'runtime';
    if (reshapes && this.#isRows(node, view, rows)) return;
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

  /** Whether a reshape spreads the samples over rows, as a product over the last axis of more than two does, or undoes that. */
  #isRows(node: GraphNode, view: TfjsNode, before: Rows | undefined): boolean {
    const x = before?.value ?? view.runtime(0);
    const wanted = view.dimsAt(1, 'shape');
    const last = x.shape.at(-1);
    const batches = x.shape.slice(0, -1).reduce<Dim | undefined>(rowsOf, 1);
    const [first, second] = wanted;
    const spreads =
      wanted.length === 2 &&
      x.shape.length > 2 &&
      second === last &&
      isBatch(batches) &&
      (first === -1 || (isBatch(first) && first.batch === batches.batch));
    if (spreads && batches.batch > 1) {
      this.#setRows(node, { value: x, shape: [batches, last!] });
      return true;
    }
    if (before) this.#keep(node, new TfjsNode(node, [x, view.input(1)]));
    return before !== undefined;
  }

  #importRows(node: GraphNode, view: TfjsNode, { value, shape }: Rows): void {
    const others = view.inputs.slice(1);
    if (others.some((input) => input && !isKnown(input))) this.#mixed(view);
    const made = this.make(new TfjsNode(node, [value, ...others]));
    const first = (Array.isArray(made) ? made[0] : made) as RuntimeValue;
    this.#setRows(node, { value: first, shape: [shape[0], first.shape.at(-1)!] });
  }

  #setRows(node: GraphNode, rows: Rows): void {
    this.#rows.set(node.name, rows);
    this.values.set(node.name, { ...rows.value, shape: rows.shape });
  }

  #mixed(view: TfjsNode): never {
    return view.unsupported(
      'it reads the samples of a batch as rows of one matrix.',
      SAMPLES_ALONE,
    );
  }
}

const rowsOf = (total: Dim | undefined, dim: Dim): Dim | undefined => {
  if (total === undefined || (isBatch(total) && isBatch(dim))) return undefined;
  if (isBatch(total)) return { batch: total.batch * (dim as number) };
  return isBatch(dim) ? { batch: dim.batch * total } : total * dim;
};
