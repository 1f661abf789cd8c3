import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import { ALL_CONSTANTS, TIMES_STORED } from '../values/limits.js';
import { isKnown, type ConstantValue, type Imported } from '../values/values.js';
import { computeConstants } from './compute-constants.js';
import { entryOf, type Made, type Operation, type OperatorTable } from './operation.js';

/** What the nodes of a graph make, one after another. */
export class NodeWalk<N extends NodeView> {
  readonly context: ImportContext;
  readonly values = new Map<string, Imported>();
  readonly #table: OperatorTable<N>;
  /** Elements of constants that may still be computed. */
  #budget: number;

  constructor(context: ImportContext, table: OperatorTable<N>, budget = ALL_CONSTANTS) {
    this.context = context;
    this.#table = table;
    this.#budget = budget;
    for (const input of context.inputs()) this.values.set(input.name, input);
  }

  /** Keeps a constant that the file stores. */
  store(name: string, value: ConstantValue): void {
    this.#budget += TIMES_STORED * value.tensor.data.length;
    this.values.set(name, value);
  }

  /** What a node makes: computed where all that it reads is known, else by layers. */
  make(node: N): Made {
    const known = node.inputs.every((input) => input === undefined || isKnown(input));
    const folded = known ? entryOf(this.#table.folders, node.kind)?.(node) : undefined;
    if (folded) return this.#counted(node, folded);
    const operation = entryOf(this.#table.operations, node.kind);
    if (operation) return known ? this.#known(node, operation) : operation(node, this.context);
    const reason = entryOf(this.#table.reasons ?? {}, node.kind);
    return node.unsupported(
      `it computes with values that exist only when the network runs; only shapes and constants are supported there${reason === undefined ? '' : `: ${reason}`}.`,
    );
  }

  /** What an operation makes of known values that no folder computes. */
  #known(node: N, operation: Operation<N>): Made {
    const [first] = node.inputs;
    try {
      return operation(node, this.context);
    } catch (cause) {
      // Few operations know constants: the others ask for a computed value.
      if (first?.kind !== 'constant') throw cause;
      const made = computeConstants(node, operation, first);
      const all = Array.isArray(made) ? (made as readonly (Imported | undefined)[]) : [made];
      for (const value of all) if (value) this.#counted(node, value as Imported);
      return made;
    }
  }

  /** Keeps what a node makes under the names of its outputs. */
  keep(outputs: readonly string[], made: Made): void {
    const all = Array.isArray(made)
      ? (made as readonly (Imported | undefined)[])
      : [made as Imported];
    all.forEach((value, index) => {
      const name = outputs[index];
      if (value && name !== undefined) this.values.set(name, value);
    });
  }

  /** Constants that take memory of their own are counted: a small file can have any number of them computed. */
  #counted(node: N, folded: Imported): Imported {
    if (folded.kind !== 'constant') return folded;
    const { data } = folded.tensor;
    const shared = node.inputs.some(
      (input) => input?.kind === 'constant' && input.tensor.data === data,
    );
    if (!shared) this.#budget -= data.length;
    if (this.#budget < 0)
      node.invalid(
        'with it, the file has constants computed that are far larger than what it stores.',
      );
    return folded;
  }
}
