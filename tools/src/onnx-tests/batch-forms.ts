import { type NodeProto } from 'onnx-buf';
import { type Tensor } from '@patternlens/core';
import { isElementwise, moved } from './front-axis.js';
import { attribute, madeModel, node, type PortSizes } from './made-model.js';
import { repeated, wholeNumbers } from './numbers.js';
import type { StoredCase, StoredTensor } from './stored-case.js';

/** How a case, whose inputs need have no batch, becomes a network with one. */
export type FormName =
  | 'its first axis is the batch'
  | 'a batch is put in front'
  | 'as the file has it'
  | 'a batch of one around it';

/** A model that the importer is asked to read, what it is run on, and what has to come out. */
export interface Form {
  readonly form: FormName;
  readonly bytes: Uint8Array;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly wanted: Tensor;
}

interface Asked {
  readonly stored: StoredCase;
  /** The inputs that are computed. */
  readonly computed: ReadonlyMap<string, StoredTensor>;
  readonly output: string;
}

type Former = (asked: Asked) => Form | undefined;

const opsetOf = ({ model }: StoredCase): number =>
  Number(model.opsetImport.find(({ domain }) => domain === '')?.version ?? 1);

const onEach = (
  computed: Asked['computed'],
  change: (tensor: StoredTensor) => PortSizes,
): Map<string, PortSizes> => new Map([...computed].map(([name, tensor]) => [name, change(tensor)]));

/** Every first axis is free, where all have the same. */
const firstAxis: Former = ({ stored, computed, output }) => {
  const first = [...computed.values()].map(({ shape }) => shape[0]);
  const wanted = stored.outputs.get(output)!;
  if (first[0] === undefined || first.some((size) => size !== first[0])) return undefined;
  return {
    form: 'its first axis is the batch',
    bytes: madeModel(stored, {
      inputs: onEach(computed, ({ shape }) => ['N', ...shape.slice(1)]),
      output,
    }),
    inputs: Object.fromEntries(computed),
    wanted,
  };
};

/** Samples that a batch in front has. */
const COPIES = 2;

/** The node of a case that has one, behind a new first axis. */
function movedNode({ stored, computed }: Asked): ReturnType<typeof moved> {
  const [only, ...others] = stored.model.graph!.node;
  if (!only || others.length > 0) return undefined;
  return moved({
    node: only,
    opset: opsetOf(stored),
    rank: (index) => stored.inputs.get(only.input[index] ?? '')?.shape.length,
    numbers: (index) => {
      const name = only.input[index] ?? '';
      const value = computed.has(name) ? undefined : stored.inputs.get(name);
      return value && Array.from(value.data);
    },
  });
}

const inFront: Former = (asked) => {
  const { stored, computed, output } = asked;
  const elementwise = stored.model.graph!.node.every(isElementwise);
  const one = elementwise ? undefined : movedNode(asked);
  if (!elementwise && !one) return undefined;
  // What broadcasts against a value of higher rank gets axes of size 1 between the batch and its own.
  const rank = elementwise
    ? Math.max(...[...stored.inputs.values()].map(({ shape }) => shape.length))
    : 0;
  const whole = (shape: readonly number[]): number[] => [
    ...new Array<number>(Math.max(0, rank - shape.length)).fill(1),
    ...shape,
  ];
  const change = { inputs: onEach(computed, ({ shape }) => ['N', ...whole(shape)]), output };
  return {
    form: 'a batch is put in front',
    bytes: madeModel(
      stored,
      one ? { ...change, nodes: [one.node], constants: one.constants } : change,
    ),
    inputs: Object.fromEntries(
      [...computed].map(([name, { data, shape }]) => [
        name,
        repeated({ data, shape: whole(shape) }, COPIES),
      ]),
    ),
    wanted: repeated(stored.outputs.get(output)!, COPIES),
  };
};

const asStored: Former = ({ stored, computed, output }) => ({
  form: 'as the file has it',
  bytes: madeModel(stored, { inputs: onEach(computed, ({ shape }) => shape), output }),
  inputs: Object.fromEntries(computed),
  wanted: stored.outputs.get(output)!,
});

const FIRST = 'first-axis';

/** An axis that is dropped or added in front. */
function unfolded(
  kind: 'Squeeze' | 'Unsqueeze',
  opset: number,
  from: string,
  to: string,
): NodeProto {
  return opset < 13
    ? node(kind, [from], [to], [attribute('axes', [0])])
    : node(kind, [from, FIRST], [to]);
}

const aroundIt: Former = ({ stored, computed, output }) => {
  const opset = opsetOf(stored);
  const alone = (name: string): string => (computed.has(name) ? `${name}/alone` : name);
  const inner = (name: string): string => (name === output ? `${name}/alone` : name);
  const nodes = stored.model.graph!.node.map((one) => ({
    ...one,
    input: one.input.map((name) => inner(alone(name))),
    output: one.output.map(inner),
  }));
  return {
    form: 'a batch of one around it',
    bytes: madeModel(stored, {
      inputs: onEach(computed, ({ shape }) => [1, ...shape]),
      output,
      nodes: [
        ...[...computed.keys()].map((name) => unfolded('Squeeze', opset, name, alone(name))),
        ...nodes,
        unfolded('Unsqueeze', opset, inner(output), output),
      ],
      constants: [wholeNumbers(FIRST, [0])],
    }),
    inputs: Object.fromEntries([...computed].map(([name, tensor]) => [name, repeated(tensor, 1)])),
    wanted: repeated(stored.outputs.get(output)!, 1),
  };
};

/** All ways to explain one output of a case: every input of floats is computed, or only the first, and the batch is where it can be. */
export function formsOf(stored: StoredCase, output: string): Form[] {
  const floats = [...stored.inputs].filter(([, { isFloat, data }]) => isFloat && data.length > 0);
  const splits = floats.length === 1 ? [floats] : [floats, floats.slice(0, 1)];
  return [firstAxis, inFront, asStored, aroundIt].flatMap((form) =>
    splits.flatMap((split) => form({ stored, computed: new Map(split), output }) ?? []),
  );
}
