import { mapTensor } from '@patternlens/core/tensor';
import { constantValue, isKnown, type Imported } from '@patternlens/importing';
import { isDynamic, sameScale, sameZero, type Encoded, type Read } from './encoded.js';
import {
  isEncoded,
  realName,
  type QuantisedMade,
  type QuantisedNode,
  type QuantisedOperation,
} from './quantised-node.js';

/** One scale for all numbers: they may be moved about. */
const hasOneScale = ({ scale, zero }: Encoded): boolean =>
  scale.factor.data.length === 1 && (isDynamic(zero) || zero.data.length === 1);

/** The real numbers of an input, by the scale of another; undefined where it has another scale. */
function realLike(read: Read, like: Encoded): Imported | undefined {
  if (isEncoded(read))
    return sameScale(read.scale, like.scale) && sameZero(read.zero, like.zero)
      ? read.real()
      : undefined;
  if (read?.kind !== 'constant' || isDynamic(like.zero) || like.scale.dynamic.length > 0)
    return undefined;
  const factor = like.scale.factor.data[0]!,
    shift = like.zero.data[0]!;
  return constantValue({ tensor: mapTensor(read.tensor, (number) => (number - shift) * factor) });
}

/** What a node makes of real numbers, as the quantised ones of the same scale. */
function made(
  q: QuantisedNode,
  operator: string,
  like: Encoded,
  inputs: readonly (Imported | undefined)[],
): QuantisedMade {
  const { node } = q;
  const values = q.standard(operator, inputs, node.outputs.map(realName));
  const all = (Array.isArray(values) ? values : [values]) as readonly (Imported | undefined)[];
  return all.map((value, at) =>
    value === undefined || isKnown(value)
      ? value
      : {
          kind: 'encoded',
          name: node.outputs[at]!,
          elements: like.elements,
          scale: like.scale,
          zero: like.zero,
          real: () => value,
        },
  );
}

/** An operator that picks or moves numbers: it does so with the real ones. */
export const laidOut =
  (operator: string): QuantisedOperation =>
  (q) => {
    const [like] = q.reads;
    if (!isEncoded(like) || !hasOneScale(like)) return undefined;
    const rest = q.reads.slice(1).map((read, at) => (read ? q.plain(at + 1) : undefined));
    return made(q, operator, like, [like.real(), ...rest]);
  };

/** An operator whose inputs all have one scale. */
const together =
  (operator: string): QuantisedOperation =>
  (q) => {
    const like = q.reads.find(isEncoded);
    if (!like || !hasOneScale(like)) return undefined;
    const inputs = q.reads.map((read) => realLike(read, like));
    return inputs.includes(undefined) ? undefined : made(q, operator, like, inputs);
  };

/** Padding with a number stands for padding with what it stands for. */
const pad: QuantisedOperation = (q) => {
  const [like, pads, value, axes] = q.reads;
  if (!isEncoded(like) || !hasOneScale(like) || q.node.has('value')) return undefined;
  const number = value ?? constantValue({ tensor: { data: Float64Array.of(0), shape: [] } });
  const real = realLike(number, like);
  if (!real) return undefined;
  const rest = [pads, axes].map((read) =>
    read && !('scale' in read) ? (read as Imported) : undefined,
  );
  return made(q, 'Pad', like, [like.real(), rest[0], real, rest[1]]);
};

const MOVING: readonly string[] = [
  'DepthToSpace',
  'Expand',
  'Gather',
  'GlobalMaxPool',
  'MaxPool',
  'ReduceMax',
  'Resize',
  'Slice',
  'SpaceToDepth',
  'Split',
  'Tile',
  'Upsample',
];

/** What lays out quantised numbers anew, by the names of its operators. */
export const layouts: Readonly<Record<string, QuantisedOperation>> = {
  ...Object.fromEntries(MOVING.map((operator) => [operator, laidOut(operator)])),
  Concat: together('Concat'),
  Max: together('Max'),
  Min: together('Min'),
  Pad: pad,
};
