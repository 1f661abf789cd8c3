import { definitionOf } from '../layers/definition-of.js';
import { layerScope } from '../layers/layer-scope.js';
import type { Layer, LayerKind } from '../layers/layer.js';
import type { Network } from '../network/network.js';
import { evaluateOperation } from '../program/evaluate-operation.js';
import { ProgramBuilder, type Value } from '../program/program-builder.js';
import { sameShape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** Layers that together compute a function of one value, element by element. */
export interface ElementwisePart {
  /** The value that it is a function of. */
  readonly input: string;
  /** In the network's order; the last makes the part's value. */
  readonly layers: readonly Layer[];
}

const ELEMENTWISE: readonly LayerKind[] = [
  'activation',
  'rectifier',
  'pointwise',
  'scale',
  'add-constant',
  'product',
  'quotient',
  'add',
  'power',
  'maximum',
  'minimum',
];

/** No activation is spelled in more layers. */
const LONGEST = 16;

/** Who makes and reads each value of a network, and where each layer stands. */
interface Graph {
  readonly makers: ReadonlyMap<string, Layer>;
  readonly readers: ReadonlyMap<string, readonly Layer[]>;
  readonly position: ReadonlyMap<Layer, number>;
}

export function graphOf({ layers }: Network): Graph {
  const readers = new Map<string, Layer[]>();
  for (const layer of layers)
    for (const input of new Set(layer.inputs)) {
      const known = readers.get(input);
      if (known) known.push(layer);
      else readers.set(input, [layer]);
    }
  return {
    makers: new Map(layers.map((layer) => [layer.output, layer])),
    readers,
    position: new Map(layers.map((layer, at) => [layer, at])),
  };
}

/** Goes back from a layer: the parts that end in it and depend on one value only, from the smallest to the largest. Nothing else reads what is inside them. */
export function partsEndingIn(
  last: Layer,
  network: Network,
  { makers, readers, position }: Graph,
): ElementwisePart[] {
  if (!ELEMENTWISE.includes(last.kind)) return [];
  const shape = network.shapes.get(last.output)!;
  const isInside = (layer: Layer, part: ReadonlySet<Layer>): boolean =>
    layer === last ||
    (!network.outputs.includes(layer.output) &&
      (readers.get(layer.output) ?? []).every((reader) => part.has(reader)));
  const part = new Set<Layer>();
  const open = new Set([last.output]);
  const found: ElementwisePart[] = [];
  const takeNext = (): boolean => {
    const next = [...open]
      .map((value) => makers.get(value))
      .filter((layer) => layer !== undefined)
      .sort((a, b) => position.get(b)! - position.get(a)!)[0];
    if (!next || !ELEMENTWISE.includes(next.kind) || !isInside(next, part)) return false;
    if (!next.inputs.every((input) => sameShape(network.shapes.get(input)!, shape))) return false;
    part.add(next);
    open.delete(next.output);
    for (const input of next.inputs) open.add(input);
    return true;
  };
  while (part.size < LONGEST && takeNext()) {
    if (open.size === 1 && part.size > 1)
      found.push({
        input: [...open][0]!,
        layers: [...part].sort((a, b) => position.get(a)! - position.get(b)!),
      });
  }
  return found;
}

/** What a part makes of numbers, by the definitions of the primitives, in float64. */
export function evaluatePart({ input, layers }: ElementwisePart, numbers: Tensor): Tensor {
  const ops = new ProgramBuilder();
  const values = new Map<string, Value>([[input, ops.input(input, numbers.shape)]]);
  for (const layer of layers)
    values.set(layer.output, definitionOf(layer).forward(layer, layerScope(ops, layer, values)));
  ops.output('value', values.get(layers.at(-1)!.output)!);
  const { instructions, outputs } = ops.build();
  const computed: Tensor[] = [];
  for (const { operation, operands, shape } of instructions)
    computed.push(
      operation.kind === 'input'
        ? numbers
        : evaluateOperation(
            operation,
            operands.map((at) => computed[at]!),
            shape as readonly number[],
          ),
    );
  return computed[outputs[0]!.value]!;
}
