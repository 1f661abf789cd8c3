import {
  isBatch,
  layerImports,
  type Dim,
  type LayerImports,
  type Network,
  type Shape,
} from '@patternlens/core';
import { fieldOf, isObject } from '../../read/json-object.js';
import type { ParsedModel } from '../../read/parse-model.js';
import type { Weights } from '../../read/read-weights.js';
import { fail, invalidFile } from '../../read/tfjs-error.js';
import { ImportContext } from '../import-context.js';
import { importForeign } from '../import-foreign.js';
import type { ReadTfjsOptions } from '../read-options.js';
import { boundInput, checkShapes, type InputShapes, type ReadInput } from '../input-shape.js';
import { ALL_CONSTANTS } from '../limits.js';
import { originOf, type Imported, type RuntimeValue } from '../values.js';
import { checkOperations, neededNodes, nodeOf, parseNodes, type GraphNode } from './graph-nodes.js';
import { isKnown, parameterOf } from './known-values.js';
import { NodeView } from './node-view.js';
import { folders, operations, ROWWISE, SUPPORTED_OPERATIONS } from './operations.js';
import { graphPorts, protoShape, type GraphPorts } from './signature.js';

/** A value whose rows are the samples' own rows, one behind another: `[L * N, C]` out of `[N, L, C]`. */
interface Rows {
  readonly value: RuntimeValue;
  readonly shape: Shape;
}

function readInput(
  { node, shape }: GraphPorts['inputs'][number],
  shapes: InputShapes | undefined,
): ReadInput {
  const view = new NodeView(node, []);
  const type = view.type('dtype');
  if (type !== 'DT_FLOAT')
    fail(
      'unsupported-operation',
      `input "${node.name}": its elements are of ${type}. Only inputs of floats can be explained.`,
      { layer: node.name },
    );
  const attribute = fieldOf(node.attributes, 'shape');
  const own = isObject(attribute) ? fieldOf(attribute, 'shape') : undefined;
  const sizes = protoShape(own) ?? protoShape(shape);
  return sizes
    ? boundInput(node.name, sizes, shapes)
    : invalidFile(
        `input "${node.name}": the file does not say how many axes it has. Convert the model with the shapes of its inputs.`,
      );
}

/** Walks the nodes of a graph, each behind those that it reads. */
class GraphWalk {
  readonly values = new Map<string, Imported>();
  readonly #rows = new Map<string, Rows>();
  readonly #context: ImportContext;
  readonly #weights: Weights;
  readonly #layers: LayerImports;
  #budget = ALL_CONSTANTS;

  constructor(context: ImportContext, weights: Weights, layers: LayerImports) {
    this.#context = context;
    this.#weights = weights;
    this.#layers = layers;
  }

  import(node: GraphNode): void {
    if (this.values.has(node.name) || node.op === 'NoOp') return;
    if (node.op === 'Const') {
      this.values.set(node.name, this.#constant(node));
      return;
    }
    const view = new NodeView(
      node,
      node.inputs.map((name) => this.#read(node, name)),
    );
    const rows = this.#rows.get(node.inputs[0] ?? '');
    if (rows && ROWWISE.includes(node.op)) {
      this.#importRows(node, view, rows);
      return;
    }
    if (rows && node.op !== 'Reshape') this.#mixed(view);
    if (node.op === 'Reshape' && this.#isRows(node, view, rows)) return;
    this.#keep(node, this.#made(view));
  }

  #read(node: GraphNode, name: string): Imported {
    return (
      this.values.get(name) ??
      fail(
        'unsupported-operation',
        `${node.op} "${node.name}": it reads "${name}", which is not computed. Only the first output of most operations is supported.`,
        { layer: node.name, operation: node.op },
      )
    );
  }

  #constant({ name }: GraphNode): Imported {
    const stored = this.#weights.get(name);
    if (!stored)
      return invalidFile(
        `Const "${name}": its values are not among the ${this.#weights.names.length} weights of the file. Convert the model again.`,
      );
    const { tensor, dtype } = stored;
    this.#budget += 8 * tensor.data.length;
    const integer = dtype !== 'float32' && dtype !== 'float16';
    return { kind: 'constant', tensor, integer, origin: originOf(name, tensor.shape) };
  }

  #made(view: NodeView): Imported | readonly Imported[] {
    const known = view.inputs.length > 0 && view.inputs.every(isKnown);
    const folded = known ? folders[view.kind]?.(view) : undefined;
    if (folded !== undefined) return this.#counted(view, folded);
    const own = this.#layers.get(view.kind);
    if (own)
      return importForeign(own, view, this.#context, {
        inputs: view.inputs,
        attributes: view.plainAttributes(),
        constant: (which) => {
          const input = view.inputs[Number(which)];
          return input?.kind === 'constant' ? parameterOf(input) : undefined;
        },
      });
    const operation = operations[view.kind];
    return operation
      ? operation(view, this.#context)
      : view.unsupported('it computes with values that exist only when the network runs.');
  }

  /** Constants that take memory of their own are counted: a small file can have any number of them computed. */
  #counted<T extends Imported | readonly Imported[]>(view: NodeView, folded: T): T {
    const all = Array.isArray(folded) ? (folded as readonly Imported[]) : [folded as Imported];
    for (const value of all) {
      if (value.kind !== 'constant' || value.origin) continue;
      this.#budget -= value.tensor.data.length;
      if (this.#budget < 0)
        view.invalid('with it, far larger constants are computed than the file stores.');
    }
    return folded;
  }

  #keep(node: GraphNode, made: Imported | readonly Imported[]): void {
    const all = Array.isArray(made) ? (made as readonly Imported[]) : [made as Imported];
    all.forEach((value, index) =>
      this.values.set(index === 0 ? node.name : `${node.name}:${index}`, value),
    );
  }

  /** Whether a reshape spreads the samples over rows, as a product over the last axis of more than two does, or undoes that. */
  #isRows(node: GraphNode, view: NodeView, before: Rows | undefined): boolean {
    const x = before?.value ?? view.runtime(0);
    const wanted = view.dims(1, 'shape');
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
    if (before) {
      const unspread = new NodeView(node, [x, view.input(1)]);
      this.#keep(node, this.#made(unspread));
    }
    return before !== undefined;
  }

  #importRows(node: GraphNode, view: NodeView, { value, shape }: Rows): void {
    if (view.inputs.slice(1).some((input) => !isKnown(input))) this.#mixed(view);
    const made = this.#made(new NodeView(node, [value, ...view.inputs.slice(1)]));
    const own = (Array.isArray(made) ? made[0] : made) as RuntimeValue;
    this.#setRows(node, { value: own, shape: [shape[0]!, own.shape.at(-1)!] });
  }

  #setRows(node: GraphNode, rows: Rows): void {
    this.#rows.set(node.name, rows);
    this.values.set(node.name, { ...rows.value, shape: rows.shape });
  }

  #mixed(view: NodeView): never {
    return view.unsupported(
      'it reads the samples of a batch as rows of one matrix.',
      'Only networks that treat every sample alone can be explained.',
    );
  }
}

const rowsOf = (total: Dim | undefined, dim: Dim): Dim | undefined => {
  if (total === undefined || (isBatch(total) && isBatch(dim))) return undefined;
  if (isBatch(total)) return { batch: total.batch * (dim as number) };
  return isBatch(dim) ? { batch: dim.batch * total } : total * dim;
};

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
  checkOperations(needed, SUPPORTED_OPERATIONS, layers);
  checkShapes(
    ports.map(({ node }) => node.name),
    shapes,
  );
  const inputs = ports.map((port) => readInput(port, shapes));
  const context = new ImportContext(
    'tfjs-graph',
    inputs.map(({ name, shape }) => ({ name, shape })),
    inputs.some(({ batchWasFixed }) => batchWasFixed),
  );
  const walk = new GraphWalk(context, weights, layers);
  inputs.forEach(({ name }, index) => walk.values.set(name, context.input(index)));
  for (const node of needed) walk.import(node);
  const output = walk.values.get(explained);
  if (output?.kind !== 'runtime')
    return invalidFile(
      `its output "${explained}" depends on no input. Convert the model with another output first.`,
    );
  for (const other of others)
    context.changes.push(`output "${nodeOf(other)}" left out: the first output is explained`);
  return context.build(output, explained);
}
