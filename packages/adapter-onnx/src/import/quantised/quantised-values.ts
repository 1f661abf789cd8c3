import {
  fail,
  type ImportContext,
  type Imported,
  type Made,
  type RuntimeValue,
} from '@patternlens/importing';
import type { NodeProto } from 'onnx-buf';
import { OnnxNode, qualifiedOperator } from '../node-view.js';
import { voice } from '../voice.js';
import { elementsMade } from './element-types.js';
import { isHeld, isPlain, NOTHING, ONE, type Held } from './encoded.js';
import { numbersOf, QuantisedNode, WHOLE_BATCH, type QuantisedMade } from './quantised-node.js';
import { quantisedOperation } from './quantised-operators.js';
import { refuseLookUp, wholeMade } from './whole-numbers.js';

/** The values of a file whose numbers stand for others, beside those that are what they are. */
export class QuantisedValues {
  readonly #context: ImportContext;
  readonly #opset: number;
  readonly #held = new Map<string, Held>();
  readonly #numbers = new Map<Held, RuntimeValue | undefined>();
  readonly #elements = new Map<string, number>();

  /** @param whole The types of the elements of inputs of whole numbers, by the names of the inputs. */
  constructor(context: ImportContext, opset: number, whole: ReadonlyMap<string, number>) {
    this.#context = context;
    this.#opset = opset;
    for (const value of context.inputs()) {
      const elements = whole.get(value.name);
      if (elements !== undefined) this.#keepWhole(value.name, value, elements);
    }
  }

  #keepWhole(name: string, value: RuntimeValue, elements: number): void {
    this.#held.set(name, {
      kind: 'encoded',
      name,
      elements,
      scale: ONE,
      zero: NOTHING,
      real: () => value,
    });
  }

  /** Knows the type of the elements of a stored tensor. */
  store(name: string, elements: number): void {
    this.#elements.set(name, elements);
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  /** The file's own numbers of a value; undefined where they are what the network computes with. */
  numbers(name: string, reader: string): RuntimeValue | undefined {
    const held = this.#held.get(name);
    return (
      held &&
      (this.#numbersOf(held) ??
        fail(voice, 'unsupported-operation', `${reader}: ${WHOLE_BATCH.join(' ')}`, {
          layer: name,
        }))
    );
  }

  #numbersOf(held: Held): RuntimeValue | undefined {
    if (!this.#numbers.has(held)) this.#numbers.set(held, numbersOf(this.#context, held));
    return this.#numbers.get(held);
  }

  /** What a node of a quantised network makes; undefined where it is no different from any other.
   * @param value What it reads otherwise, by its name. */
  make(node: NodeProto, value: (name: string) => Imported): Made | undefined {
    const elements = elementsMade(node, (name) => this.#elements.get(name));
    if (elements !== undefined) this.#elements.set(node.output[0] ?? '', elements);
    const isQuantised = node.input.some((name) => this.#held.has(name));
    const operation = quantisedOperation(qualifiedOperator(node), isQuantised);
    if (!operation) return undefined;
    const reads = node.input.map((name) =>
      name === '' ? undefined : (this.#held.get(name) ?? value(name)),
    );
    const view = new OnnxNode(
      node,
      reads.map((read) => (isHeld(read) ? undefined : read)),
      this.#opset,
    );
    const made = operation(
      new QuantisedNode(view, reads, {
        context: this.#context,
        elements: (name) => this.#elements.get(name),
        numbers: (held) => this.#numbersOf(held),
      }),
    );
    return made && this.#kept(node, made);
  }

  /** Keeps what is quantised; what is not is handed on. */
  #kept(node: NodeProto, made: QuantisedMade): Made {
    const all = (Array.isArray(made) ? made : [made]) as readonly (Imported | Held | undefined)[];
    return all.map((value, at) => {
      if (!isHeld(value)) return value;
      this.#held.set(node.output[at]!, value);
      return undefined;
    });
  }

  /** Checks what a node does with whole numbers of an input, and keeps in mind that it makes such.
   * @throws PatternLensError naming the node. */
  follow(view: OnnxNode, made: () => Made): Made {
    const whole = view.proto.input.flatMap((name) => {
      const held = this.#held.get(name);
      return held?.kind === 'encoded' && isPlain(held) ? [held.elements] : [];
    });
    const [first] = whole;
    if (first === undefined) return made();
    const looksUp = ['Gather', 'GatherElements', 'GatherND', 'OneHot'].includes(view.kind);
    if (looksUp && this.#held.has(view.proto.input[view.kind === 'OneHot' ? 0 : 1] ?? ''))
      refuseLookUp(view);
    const elements = wholeMade(view, first);
    const value = made();
    const [output] = view.outputs;
    if (
      elements !== undefined &&
      output !== undefined &&
      'kind' in value &&
      value.kind === 'runtime'
    )
      this.#keepWhole(output, value, elements);
    return value;
  }
}
