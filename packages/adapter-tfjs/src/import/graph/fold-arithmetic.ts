import {
  commonShape,
  divideDims,
  isBatch,
  mapTensor,
  multiplyDims,
  sameDim,
  zipTensors,
  type Dim,
} from '@patternlens/core';
import { LARGEST_CONSTANT } from '../limits.js';
import { constantOf, dimsOf, isScalar, knownSizes } from './known-values.js';
import type { NodeView } from './node-view.js';
import type { Folder } from './operation.js';

type Numbers = (a: number, b: number) => number;
type Dims = (a: Dim, b: Dim) => Dim | undefined;

/** Elements of a computed constant, which are limited: files of a few bytes can claim any number. */
function limited(node: NodeView, a: readonly number[], b: readonly number[]): void {
  const count = commonShape(a, b).reduce((total, size) => total * size, 1);
  const given = Math.max(...[a, b].map((shape) => shape.reduce((total, size) => total * size, 1)));
  if (count > Math.max(LARGEST_CONSTANT, given))
    node.invalid(`it would make a constant of ${count} values.`);
}

const binary =
  (numbers: Numbers, sizes: Dims = () => undefined): Folder =>
  (node) => {
    const a = node.known(0, 'input'),
      b = node.known(1, 'input');
    if (a.kind === 'constant' && b.kind === 'constant') {
      limited(node, a.tensor.shape, b.tensor.shape);
      return constantOf(
        { tensor: zipTensors(a.tensor, b.tensor, numbers) },
        a.integer && b.integer,
      );
    }
    const [left, right] = [dimsOf(a), dimsOf(b)];
    const count = Math.max(left.length, right.length);
    if (![left.length, right.length].every((length) => length === 1 || length === count))
      node.invalid(`it computes with ${left.length} and ${right.length} sizes.`);
    const dims = Array.from({ length: count }, (_, at) => {
      const [one, two] = [left[left.length === 1 ? 0 : at]!, right[right.length === 1 ? 0 : at]!];
      if (!isBatch(one) && !isBatch(two)) return numbers(one, two);
      return (
        sizes(one, two) ??
        node.unsupported('it computes a size out of the batch that is no multiple of it.')
      );
    });
    return knownSizes(dims, isScalar(a) && isScalar(b));
  };

const unary =
  (change: (value: number) => number): Folder =>
  (node) => {
    const value = node.constant(0, 'input');
    return constantOf({ tensor: mapTensor(value.tensor, change) }, value.integer);
  };

const cast: Folder = (node) => {
  const value = node.known(0, 'input');
  if (value.kind === 'sizes') return value;
  const integer = ['DT_INT32', 'DT_INT64', 'DT_BOOL'].includes(node.type('DstT'));
  return integer && !value.integer
    ? constantOf({ tensor: mapTensor(value.tensor, Math.trunc) }, true)
    : { ...value, integer };
};

const sumOf: Dims = (a, b) => (a === 0 ? b : b === 0 ? a : undefined);
const sameOf: Dims = (a, b) => (sameDim(a, b) ? a : undefined);

export const arithmeticFolders: Readonly<Record<string, Folder>> = {
  Add: binary((a, b) => a + b, sumOf),
  AddV2: binary((a, b) => a + b, sumOf),
  Cast: cast,
  Div: binary((a, b) => a / b, divideDims),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  FloorDiv: binary((a, b) => Math.floor(a / b), divideDims),
  Maximum: binary(Math.max, sameOf),
  Minimum: binary(Math.min, sameOf),
  Mul: binary((a, b) => a * b, multiplyDims),
  Neg: unary((value) => -value),
  RealDiv: binary((a, b) => a / b, divideDims),
  Rsqrt: unary((value) => 1 / Math.sqrt(value)),
  Sqrt: unary(Math.sqrt),
  Square: unary((value) => value * value),
  Sub: binary(
    (a, b) => a - b,
    (a, b) => (b === 0 ? a : undefined),
  ),
};
