import { sampleOf } from './tfjs-models.js';

/** Attributes as people write them: text, whole numbers and flags; what else there is, as JSON has it. */
type AttributeValue = string | number | boolean | readonly number[] | readonly string[] | object;

export interface NodeParts {
  readonly op: string;
  readonly name: string;
  readonly inputs?: readonly string[];
  readonly attr?: Readonly<Record<string, AttributeValue>>;
}

interface Stored {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

const isAllNumbers = (value: readonly unknown[]): boolean =>
  value.length > 0 && value.every((entry) => typeof entry === 'number');

function attribute(value: AttributeValue): object {
  if (typeof value === 'string') return { s: btoa(value) };
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { i: String(value) } : { f: value };
  if (!Array.isArray(value)) return value;
  return isAllNumbers(value)
    ? { list: { i: value.map(String) } }
    : { list: { s: (value as string[]).map((text) => btoa(text)) } };
}

/** Builds graph models, node by node. */
export class GraphFiles {
  readonly #nodes: object[] = [];
  readonly #stored: Stored[] = [];
  #seed = 1;

  input(name: string, shape: readonly number[], batch = -1, type = 'DT_FLOAT'): string {
    const dim = [batch, ...shape].map((size) => ({ size: String(size) }));
    this.#nodes.push({
      name,
      op: 'Placeholder',
      attr: { shape: { shape: { dim } }, dtype: { type } },
    });
    return name;
  }

  #constant(stored: Stored): string {
    this.#stored.push(stored);
    const dtype = stored.dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32';
    const dim = stored.shape.map((size) => ({ size: String(size) }));
    this.#nodes.push({
      name: stored.name,
      op: 'Const',
      attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: { dim } } } },
    });
    return stored.name;
  }

  /** Random numbers. */
  weights(name: string, shape: readonly number[], from = -1): string {
    const { data } = sampleOf(shape, this.#seed++);
    const values = Array.from(data, (value) => from + 1 + value);
    return this.#constant({ name, shape, values, dtype: 'float32' });
  }

  floats(name: string, values: readonly number[], shape: readonly number[] = []): string {
    return this.#constant({ name, shape, values, dtype: 'float32' });
  }

  /** A list of whole numbers, or one. */
  ints(name: string, values: readonly number[] | number, shape?: readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    return this.#constant({
      name,
      shape: shape ?? (typeof values === 'number' ? [] : [list.length]),
      values: list,
      dtype: 'int32',
    });
  }

  node(op: string, name: string, inputs: readonly string[], attr: NodeParts['attr'] = {}): string {
    const given = { T: { type: 'DT_FLOAT' }, ...attr };
    this.#nodes.push({
      name,
      op,
      input: inputs,
      attr: Object.fromEntries(
        Object.entries(given).map(([key, value]) => [key, attribute(value)]),
      ),
    });
    return name;
  }

  /** A signature of all inputs, with the node that was made last as the output. */
  signature(): object {
    const all = this.#nodes as { name: string; op: string; attr: { shape?: { shape: object } } }[];
    const inputs = all.filter(({ op }) => op === 'Placeholder');
    return {
      inputs: Object.fromEntries(
        inputs.map(({ name, attr }) => [
          name,
          { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: attr.shape!.shape },
        ]),
      ),
      outputs: { made: { name: `${all.at(-1)!.name}:0`, dtype: 'DT_FLOAT' } },
    };
  }

  files(signature?: object): Record<string, Uint8Array> {
    const numbers = this.#stored.flatMap(({ values, dtype }) =>
      values.map((value) => [value, dtype] as const),
    );
    const view = new DataView(new ArrayBuffer(numbers.length * 4));
    numbers.forEach(([value, dtype], at) => {
      if (dtype === 'float32') view.setFloat32(at * 4, value, true);
      else view.setInt32(at * 4, value, true);
    });
    const model = {
      format: 'graph-model',
      ...(signature ? { signature } : {}),
      modelTopology: { node: this.#nodes, library: {}, versions: {} },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: this.#stored.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
        },
      ],
    };
    return {
      'model.json': new TextEncoder().encode(JSON.stringify(model)),
      'weights.bin': new Uint8Array(view.buffer),
    };
  }
}
