import type { NodeProto, TensorProto } from 'onnx-buf';
import { node, type ModelParts } from './model-file.js';
import { countOf, floats, integers, normalNumbers } from './stored-tensors.js';

/** Sizes of a value: a number, or a multiple of the batch. */
type Size = number | { readonly batch: number };

/** Whole numbers below a limit, by seed. */
function drawer(seed: number): (limit: number) => number {
  let state = seed * 2654435761 + 12345;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}

const isBatch = (size: Size): size is { readonly batch: number } => typeof size === 'object';
const ofSample = (shape: readonly Size[]): number[] =>
  shape.map((size) => (isBatch(size) ? size.batch : size));

/** A model of operators that lay values out anew, with some between that depend on where things are; its shapes hold for any batch, or are written for one of `fixed`. */
export function randomChain(seed: number, length: number, fixed?: number): ModelParts {
  const draw = drawer(seed);
  const nodes: NodeProto[] = [];
  const weights: TensorProto[] = [];
  const made: { name: string; shape: readonly Size[] }[] = [];
  const keep = (name: string, shape: readonly Size[]): void => void made.push({ name, shape });
  const input: Size[] = [{ batch: 1 }, ...[0, 1, 2].map(() => 1 + draw(4))];
  keep('x', input);
  const written = (size: Size): number => (isBatch(size) ? size.batch * (fixed ?? NaN) : size);
  const constant = (values: readonly number[]): string => {
    weights.push(integers(`i${weights.length}`, values));
    return weights.at(-1)!.name;
  };

  /** A split of a number into factors. */
  const factors = (total: number, count: number): number[] => {
    const sizes = new Array<number>(count).fill(1);
    let rest = total;
    for (let prime = 2; rest > 1; prime++)
      for (; rest % prime === 0; rest /= prime) sizes[draw(count)]! *= prime;
    return sizes;
  };

  const steps: ((name: string, x: string, shape: readonly Size[]) => void)[] = [
    (name, x, shape) => {
      const sizes = factors(countOf(ofSample(shape)), 1 + draw(4));
      const batch = draw(sizes.length);
      const target = sizes.map((size, axis): Size => (axis === batch ? { batch: size } : size));
      const asked = target.map((size, axis) =>
        fixed === undefined ? (axis === batch ? -1 : (size as number)) : written(size),
      );
      nodes.push(node('Reshape', `${x} ${constant(asked)}`, name));
      keep(name, target);
    },
    (name, x, shape) => {
      const left = shape.map((_, axis) => axis);
      const perm = shape.map(() => left.splice(draw(left.length), 1)[0]!);
      nodes.push(node('Transpose', x, name, { perm }));
      keep(
        name,
        perm.map((axis) => shape[axis]!),
      );
    },
    (name, x, shape) => {
      const at = draw(shape.length + 1);
      nodes.push(node('Unsqueeze', `${x} ${constant([at])}`, name));
      keep(name, [...shape.slice(0, at), 1, ...shape.slice(at)]);
    },
    (name, x, shape) => {
      const at = shape.findIndex((size) => (fixed === 1 ? written(size) : size) === 1);
      if (at < 0 || shape.length < 3) {
        keep(x, shape);
        return;
      }
      nodes.push(node('Squeeze', `${x} ${constant([at])}`, name));
      const rest = shape.filter((_, axis) => axis !== at);
      // Without its axis, the batch of 1 is wherever a 1 would be.
      keep(name, rest.some(isBatch) ? rest : [{ batch: rest[0] as number }, ...rest.slice(1)]);
    },
    (name, x, shape) => {
      nodes.push(node('Softmax', x, name, { axis: draw(shape.length) }));
      keep(name, shape);
    },
    (name, x, shape) => {
      const size = shape.at(-1)!;
      if (isBatch(size) && fixed === undefined) {
        keep(x, shape);
        return;
      }
      const inputs = written(size);
      weights.push(floats(`w${name}`, [inputs, 2], normalNumbers(inputs * 2, seed)));
      nodes.push(node('MatMul', `${x} w${name}`, name));
      keep(name, [...shape.slice(0, -1), 2]);
      return undefined;
    },
    (name, x, shape) => {
      const axis = draw(shape.length);
      const size = shape[axis]!;
      const along = isBatch(size) && fixed === undefined ? 1 : written(size);
      const sizes = [along, ...shape.slice(axis + 1).map(() => 1)];
      weights.push(floats(`w${name}`, sizes, normalNumbers(along, seed + 1)));
      nodes.push(node('Add', `${x} w${name}`, name));
      keep(name, shape);
    },
    (name, x, shape) => {
      const axis = draw(shape.length);
      nodes.push(node('Concat', `${x} ${x}`, name, { axis }));
      const twice = (size: Size): Size => (isBatch(size) ? { batch: 2 * size.batch } : 2 * size);
      keep(
        name,
        shape.map((size, at) => (at === axis ? twice(size) : size)),
      );
    },
    (name, x, shape) => {
      const axis = draw(shape.length);
      const size = shape[axis]!;
      const parts = isBatch(size) ? size.batch : size;
      if (parts % 2 !== 0) {
        keep(x, shape);
        return;
      }
      const half = isBatch(size) ? { batch: parts / 2 } : parts / 2;
      nodes.push(node('Split', x, `${name}a ${name}b`, { axis }));
      nodes.push(node('Tanh', `${name}b`, `${name}c`));
      nodes.push(node('Sub', `${name}a ${name}c`, name));
      keep(
        name,
        shape.map((other, at) => (at === axis ? half : other)),
      );
    },
    (name, x, shape) => {
      const axis = draw(shape.length);
      const keepdims = shape.length > 1 ? draw(2) : 1;
      nodes.push(node('ReduceSum', `${x} ${constant([axis])}`, name, { keepdims }));
      const left = shape.map((size, at) => (at === axis ? 1 : size));
      const rest = keepdims === 1 ? left : left.filter((_, at) => at !== axis);
      keep(name, rest);
    },
    (name, x, shape) => {
      const axis = draw(shape.length);
      const size = written(shape[axis]!);
      if (Number.isNaN(size)) {
        keep(x, shape);
        return;
      }
      const entries = [draw(size), draw(size), draw(size)];
      nodes.push(node('Gather', `${x} ${constant(entries)}`, name, { axis }));
      keep(
        name,
        shape.map((size, at) => (at === axis ? 3 : size)),
      );
    },
    (name, x, shape) => {
      const key = JSON.stringify(shape);
      const other = made.find((value) => value.name !== x && JSON.stringify(value.shape) === key);
      nodes.push(node(other ? 'Mul' : 'Tanh', other ? `${x} ${other.name}` : x, name));
      keep(name, shape);
    },
  ];
  for (let at = 0; at < length; at++) {
    // Layouts are drawn more often than the rest.
    const step = steps[draw(3) < 2 ? draw(2) : draw(steps.length)]!;
    const { name, shape } = made.at(-1)!;
    step(`v${at}`, name, shape);
  }
  const last = made.at(-1)!.name;
  nodes.push(node('Tanh', last, 'y'));
  const dims = input.map((size) => (isBatch(size) ? (fixed ?? 'n') : size));
  return { inputs: { x: dims }, nodes, weights };
}
