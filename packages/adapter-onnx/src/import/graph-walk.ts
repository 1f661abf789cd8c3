import { messageOf, PatternLensError, type LayerImports } from '@patternlens/core';
import type { GraphProto, NodeProto } from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';
import { checkOperators, qualifiedOperator } from './check-operators.js';
import { importForeign } from './import-foreign.js';
import { constantOf } from './constant-node.js';
import { originOf, type ImportContext } from './import-context.js';
import { constant, type Imported } from './imported.js';
import { neededNodes, readBy } from './needed-nodes.js';
import { EXPORT_AGAIN, NodeView } from './node-view.js';
import { folders, handlers } from './ops/handlers.js';
import { ALL_CONSTANTS, TIMES_STORED } from './ops/limits.js';

function invalid(message: string): never {
  throw new PatternLensError('adapter-onnx', 'invalid-file', `${message}`);
}

const titled = (node: NodeProto): string =>
  `${node.opType} "${node.name === '' ? (node.output[0] ?? '') : node.name}"`;

export interface WalkOptions {
  readonly opset: number;
  readonly files: ExternalFiles | undefined;
  /** Nodes with the calls of the file's own functions replaced. */
  readonly expand: (nodes: readonly NodeProto[]) => NodeProto[];
  /** Operators that plug-ins bring. */
  readonly layers: LayerImports;
}

/** Walks nodes in an order in which every node comes after those that it reads. */
export class GraphWalk {
  readonly #context: ImportContext;
  readonly #options: WalkOptions;
  /** The nodes that were imported, by what they make. */
  readonly #makers = new Map<string, NodeProto>();
  /** Elements of constants that may still be computed. */
  #budget = ALL_CONSTANTS;

  constructor(context: ImportContext, options: WalkOptions) {
    this.#context = context;
    this.#options = options;
  }

  async initializers(graph: GraphProto, wanted: ReadonlySet<string>): Promise<void> {
    for (const tensor of graph.initializer.filter(({ name }) => wanted.has(name))) {
      const { type, shape, data } = await readTensor(tensor, this.#options.files);
      this.#budget += TIMES_STORED * data.length;
      this.#context.values.set(
        tensor.name,
        constant({ data, shape }, type, originOf(tensor.name, shape)),
      );
    }
  }

  /** Imports nodes in the file's order; one that comes too early waits until all that it reads is made.
   * @throws PatternLensError `invalid-file` where values are missing, or nodes wait for each other in a circle. */
  async nodes(nodes: readonly NodeProto[]): Promise<void> {
    const { values } = this.#context;
    const waiting = new Map<NodeProto, number>();
    const readers = new Map<string, NodeProto[]>();
    for (const node of nodes) {
      const missing = new Set(readBy(node).filter((name) => !values.has(name)));
      if (missing.size > 0) {
        waiting.set(node, missing.size);
        for (const name of missing) {
          const own = readers.get(name) ?? [];
          own.push(node);
          readers.set(name, own);
        }
        continue;
      }
      const ready = [node];
      for (const own of ready) {
        await this.#import(own);
        const woken = own.output
          .filter((name) => values.has(name))
          .flatMap((name) => readers.get(name) ?? []);
        for (const reader of woken) {
          const left = waiting.get(reader)! - 1;
          waiting.set(reader, left);
          if (left > 0) continue;
          waiting.delete(reader);
          ready.push(reader);
        }
      }
    }
    if (waiting.size > 0) this.#explain([...waiting.keys()]);
  }

  /** @throws PatternLensError saying why a value that is read is missing. */
  missing(name: string, reader: string): never {
    const maker = this.#makers.get(name);
    if (!maker)
      return invalid(
        `${reader} reads "${name}", which nothing in the file makes. The file is damaged; export the model again.`,
      );
    throw new PatternLensError(
      'adapter-onnx',
      'unsupported-operation',
      `${titled(maker)}: its output ${maker.output.indexOf(name)} ("${name}") is read; only its first is supported.`,
      { operation: maker.opType, layer: maker.name },
    );
  }

  #explain(blocked: readonly NodeProto[]): never {
    const made = new Set(blocked.flatMap((node) => node.output));
    for (const node of blocked) {
      const missing = readBy(node).find(
        (name) => !this.#context.values.has(name) && !made.has(name),
      );
      if (missing !== undefined) this.missing(missing, titled(node));
    }
    return invalid(
      `the graph has a cycle: ${blocked
        .slice(0, 5)
        .map(titled)
        .join(', ')} wait for each other. Export the model again.`,
    );
  }

  async #import(node: NodeProto): Promise<void> {
    const { values } = this.#context;
    const view = new NodeView(
      node,
      node.input.map((name) => (name === '' ? undefined : values.get(name))),
      this.#options.opset,
    );
    for (const output of node.output) this.#makers.set(output, node);
    try {
      const own = this.#options.layers.get(qualifiedOperator(node));
      if (own) await importForeign(own, node, view, this.#context, this.#options.files);
      else await this.#importView(view);
    } catch (cause) {
      throw naming(view, cause);
    }
  }

  async #importView(view: NodeView): Promise<void> {
    const { values } = this.#context;
    if (view.op === 'Constant') {
      values.set(view.outputs[0]!, await constantOf(view, this.#options.files));
    } else if (view.op === 'If') {
      await this.#branch(view);
    } else {
      const folded = folders[view.op]?.(view);
      if (folded) values.set(view.outputs[0]!, this.#counted(view, folded));
      else if (handlers[view.op]) handlers[view.op]!(view, this.#context);
      else
        view.unsupported(
          'it computes with values that exist only when the network runs; only shapes and constants are supported there.',
        );
    }
  }

  /** Constants that take memory of their own are counted: a small file can have any number of them computed. */
  #counted(view: NodeView, folded: Imported): Imported {
    if (folded.kind !== 'constant') return folded;
    const { data } = folded.tensor;
    const shared = view.inputs.some(
      (input) => input?.kind === 'constant' && input.tensor.data === data,
    );
    if (!shared) this.#budget -= data.length;
    if (this.#budget < 0)
      view.invalid(
        `with it, the file has constants computed that are far larger than what it stores.`,
      );
    return folded;
  }

  /** The branch that a condition of the file chooses. */
  async #branch(view: NodeView): Promise<void> {
    const condition = view.constant(0, 'condition').tensor.data[0];
    const graph =
      view.graph(condition === 0 ? 'else_branch' : 'then_branch') ??
      view.invalid('its branch is missing.');
    const outputs = graph.output.map(({ name }) => name);
    const nodes = neededNodes(this.#options.expand(graph.node), outputs);
    checkOperators(nodes, this.#options.layers);
    await this.initializers(graph, new Set([...outputs, ...nodes.flatMap(readBy)]));
    await this.nodes(nodes);
    outputs.slice(0, view.outputs.length).forEach((name, index) => {
      const value = this.#context.values.get(name) ?? this.missing(name, `If "${view.name}"`);
      this.#context.values.set(view.outputs[index]!, value);
    });
  }
}

/** What was thrown while a node was imported, naming the node: sizes that the file claims can fail anywhere. */
function naming(view: NodeView, cause: unknown): PatternLensError {
  const known = cause instanceof PatternLensError;
  const isShape = known && cause.code === 'invalid-shape';
  if (known && cause.subject.layer !== undefined && !isShape) return cause;
  const message = (known ? cause.sentence : messageOf(cause)).replace(/\.?$/, '.');
  return new PatternLensError(
    'adapter-onnx',
    known ? cause.code : 'invalid-file',
    `${message}${known && (!isShape || cause.subject.plugin !== undefined) ? '' : ` ${EXPORT_AGAIN}`}`,
    {
      ...(known ? cause.subject : {}),
      about: `${view.op} "${view.name}"`,
      operation: view.op,
      layer: view.name,
    },
    cause,
  );
}
