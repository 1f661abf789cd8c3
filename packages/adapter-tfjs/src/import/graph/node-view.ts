import { NodeView, type Imported } from '@patternlens/importing';
import { fieldOf, isObject, shown, type JsonObject } from '../../read/json-object.js';
import { voice } from '../voice.js';
import type { GraphNode } from './graph-nodes.js';

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return atob(value);
  } catch {
    return value;
  }
}

const numberOf = (value: unknown): number =>
  typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;

/** A node of the graph as its operation's importer sees it. */
export class TfjsNode extends NodeView {
  readonly #attributes: JsonObject;
  readonly #node: GraphNode;

  constructor(node: GraphNode, inputs: readonly (Imported | undefined)[]) {
    super(voice, { kind: node.op, name: node.name }, inputs);
    this.#attributes = node.attributes;
    this.#node = node;
  }

  override withInputs(inputs: readonly (Imported | undefined)[]): TfjsNode {
    return new TfjsNode(this.#node, inputs);
  }

  #attribute(name: string, field: string): unknown {
    const attribute = fieldOf(this.#attributes, name);
    return isObject(attribute) ? fieldOf(attribute, field) : undefined;
  }

  #list(name: string, field: string): readonly unknown[] | undefined {
    const list = this.#attribute(name, 'list');
    const values = isObject(list) ? fieldOf(list, field) : undefined;
    return Array.isArray(values) ? (values as unknown[]) : undefined;
  }

  int(name: string, missing: number): number {
    const value = this.#attribute(name, 'i');
    if (value === undefined) return missing;
    const number = numberOf(value);
    return Number.isSafeInteger(number)
      ? number
      : this.invalid(`its ${name} is not a whole number.`);
  }

  float(name: string, missing: number): number {
    const value = this.#attribute(name, 'f');
    if (value === undefined) return missing;
    const number = numberOf(value);
    return Number.isFinite(number) ? number : this.invalid(`its ${name} is not a number.`);
  }

  flag(name: string, missing = false): boolean {
    const value = this.#attribute(name, 'b');
    return typeof value === 'boolean' ? value : missing;
  }

  string(name: string, missing: string): string {
    return textOf(this.#attribute(name, 's')) ?? missing;
  }

  type(name: string): string {
    const type = this.#attribute(name, 'type') ?? 'DT_FLOAT';
    return typeof type === 'string' ? type : shown(type);
  }

  strings(name: string): string[] {
    return (this.#list(name, 's') ?? []).map((value) => textOf(value) ?? '');
  }

  ints(name: string): number[] | undefined {
    const values = this.#list(name, 'i')?.map(numberOf);
    return values?.every(Number.isSafeInteger) === false
      ? this.invalid(`its ${name} are not whole numbers.`)
      : values;
  }

  /** Every attribute that is a number, a word, true or false, or a list of whole numbers. */
  plainAttributes(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#attributes).flatMap(([name, attribute]): [string, unknown][] => {
        if (!isObject(attribute)) return [];
        const [field] = Object.keys(attribute);
        if (field === 'i') return [[name, this.int(name, 0)]];
        if (field === 'f') return [[name, this.float(name, 0)]];
        if (field === 'b') return [[name, this.flag(name)]];
        if (field === 's') return [[name, this.string(name, '')]];
        return field === 'list' ? [[name, this.ints(name)]] : [];
      }),
    );
  }
}
