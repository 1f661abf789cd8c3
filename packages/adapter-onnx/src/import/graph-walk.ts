import type { LayerImports } from '@patternlens/core/network';
import {
  constantValue,
  fail,
  NodeWalk,
  orderNodes,
  originOf,
  type ImportContext,
  type Imported,
  type Made,
} from '@patternlens/importing';
import type { GraphProto, NodeProto } from 'onnx-buf';
import type { ExternalFiles } from '../read/external-data.js';
import { readTensor } from '../read/tensor-values.js';
import { checkElementTypes } from './check-element-types.js';
import { checkOperators } from './check-operators.js';
import { constantOf } from './constant-node.js';
import { foreignNode } from './foreign-node.js';
import { circle, neededNodes, readBy, titled } from './needed-nodes.js';
import { outputTypes, type ElementType } from './element-types.js';
import { isStandard, OnnxNode, qualifiedOperator } from './node-view.js';
import { operators } from './ops/operators.js';
import { QuantisedValues } from './quantised/quantised-values.js';
import { naming, voice } from './voice.js';

export interface WalkOptions {
  readonly opset: number;
  readonly files: ExternalFiles | undefined;
  /** Nodes with the calls of the file's own functions replaced. */
  readonly expand: (nodes: readonly NodeProto[]) => NodeProto[];
  /** Operators that plug-ins bring. */
  readonly layers: LayerImports;
  /** Of the graph's inputs, by name. */
  readonly elementTypes: ReadonlyMap<string, ElementType>;
  /** The types of the elements of inputs of whole numbers, by the names of the inputs. */
  readonly whole: ReadonlyMap<string, number>;
}

/** Imports the nodes of a graph, each behind those that it reads. */
export class GraphWalk {
  readonly #walk: NodeWalk<OnnxNode>;
  readonly #options: WalkOptions;
  readonly #elementTypes: Map<string, ElementType>;
  readonly #quantised: QuantisedValues;
  /** The nodes of the graph and of its branches, by what they make. */
  readonly #makers = new Map<string, NodeProto>();

  constructor(context: ImportContext, options: WalkOptions) {
    this.#walk = new NodeWalk(context, operators);
    this.#options = options;
    this.#elementTypes = new Map(options.elementTypes);
    this.#quantised = new QuantisedValues(context, options.opset, options.whole);
  }

  /** Imports what the given outputs of a graph depend on.
   * @param nodes Those, in the file's order.
   * @throws PatternLensError `invalid-file` where values are missing, or nodes wait for each other in a circle. */
  async graph(
    graph: GraphProto,
    nodes: readonly NodeProto[],
    outputs: readonly string[],
  ): Promise<void> {
    const wanted = new Set([...outputs, ...nodes.flatMap(readBy)]);
    for (const tensor of graph.initializer.filter(({ name }) => wanted.has(name))) {
      const { type, elements, shape, data } = await readTensor(tensor, this.#options.files);
      this.#quantised.store(tensor.name, elements);
      const origin = originOf(tensor.name, shape);
      this.#elementTypes.set(tensor.name, tensor.dataType);
      this.#walk.store(tensor.name, constantValue({ tensor: { data, shape }, origin }, type));
    }
    for (const node of nodes) for (const output of node.output) this.#makers.set(output, node);
    const read = (node: NodeProto): NodeProto[] =>
      readBy(node).flatMap((name) =>
        this.#has(name) ? [] : (this.#makers.get(name) ?? this.#missing(name, titled(node))),
      );
    for (const node of orderNodes(nodes, { read, circle })) await this.#import(node);
  }

  /** A value of the graph.
   * @throws PatternLensError saying why it is missing. */
  value(name: string, reader: string): Imported {
    return (
      this.#walk.values.get(name) ??
      this.#quantised.numbers(name, reader) ??
      this.#missing(name, reader)
    );
  }

  #has(name: string): boolean {
    return this.#walk.values.has(name) || this.#quantised.has(name);
  }

  #missing(name: string, reader: string): never {
    const maker = this.#makers.get(name);
    return maker
      ? fail(
          voice,
          'unsupported-operation',
          `${titled(maker)}: its output ${maker.output.indexOf(name)} ("${name}") is read; only its first is supported.`,
          { operation: maker.opType, layer: maker.name },
        )
      : fail(
          voice,
          'invalid-file',
          `${reader} reads "${name}", which nothing in the file makes. The file is damaged; export the model again.`,
        );
  }

  #keepTypes(node: NodeProto, types: readonly ElementType[]): void {
    if (!isStandard(node)) return;
    outputTypes(node, types).forEach((type, index) => {
      this.#elementTypes.set(node.output[index]!, type);
    });
  }

  async #import(node: NodeProto): Promise<void> {
    const reader = titled(node);
    const value = (name: string): Imported => this.value(name, reader);
    const types = node.input.map((name) => this.#elementTypes.get(name));
    try {
      const quantised = this.#quantised.make(node, value);
      if (quantised) {
        this.#walk.keep(node.output, quantised);
        this.#keepTypes(node, types);
        return;
      }
      const inputs = node.input.map((name) => (name === '' ? undefined : value(name)));
      const view = new OnnxNode(node, inputs, this.#options.opset, types);
      if (isStandard(node)) checkElementTypes(view);
      this.#walk.keep(view.outputs, await this.#make(view));
      this.#keepTypes(node, types);
    } catch (cause) {
      throw naming(new OnnxNode(node, [], this.#options.opset), cause);
    }
  }

  async #make(view: OnnxNode): Promise<Made> {
    const { files, layers } = this.#options;
    const plugin = layers.get(qualifiedOperator(view.proto));
    if (plugin) return foreignNode(plugin, view, this.#walk.context, files);
    if (view.kind === 'Constant') return constantOf(view, files);
    return view.kind === 'If'
      ? this.#branch(view)
      : this.#quantised.follow(view, () => this.#walk.make(view));
  }

  /** What the branch makes that a condition of the file chooses. */
  async #branch(view: OnnxNode): Promise<Made> {
    const known = view.input(0);
    if (known.kind !== 'constant')
      return view.unsupported(
        'control flow. Which of its branches is taken is decided while the network runs; only a condition that the file decides is supported.',
        'Export the model with one of its branches alone.',
      );
    const condition = known.tensor.data[0];
    const graph =
      view.graph(condition === 0 ? 'else_branch' : 'then_branch') ??
      view.invalid('its branch is missing.');
    const outputs = graph.output.map(({ name }) => name);
    const nodes = neededNodes(this.#options.expand(graph.node), outputs);
    checkOperators(nodes, this.#options.layers);
    await this.graph(graph, nodes, outputs);
    outputs.forEach((name, index) =>
      this.#elementTypes.set(view.outputs[index]!, this.#elementTypes.get(name)),
    );
    return outputs.map((name) => this.value(name, `If "${view.name}"`));
  }
}
