import { clone } from '@bufbuild/protobuf';
import { NodeProtoSchema, type NodeProto, type TensorProto } from 'onnx-buf';
import { attribute } from './made-model.js';
import { wholeNumbers } from './numbers.js';

/** A node, with what it reads. */
export interface ReadNode {
  readonly node: NodeProto;
  readonly opset: number;
  /** Axes of an input; undefined where it is not there or not known. */
  readonly rank: (index: number) => number | undefined;
  /** The numbers of an input that is constant. */
  readonly numbers: (index: number) => readonly number[] | undefined;
}

/** A node that works behind a new first axis, and the constants that it then reads. */
export interface Moved {
  readonly node: NodeProto;
  readonly constants: readonly TensorProto[];
}

type Move = (read: ReadNode) => Moved | undefined;

const intOf = ({ node }: ReadNode, name: string): number | undefined => {
  const found = node.attribute.find((one) => one.name === name);
  return found && Number(found.i);
};

const intsOf = ({ node }: ReadNode, name: string): readonly number[] | undefined =>
  node.attribute.find((one) => one.name === name)?.ints.map(Number);

const behind = (axis: number): number => (axis < 0 ? axis : axis + 1);

const unchanged: Move = ({ node }) => ({ node, constants: [] });

/** The node with an attribute instead of the one that it has. */
function withAttribute({ node }: ReadNode, name: string, value: number | readonly number[]): Moved {
  const changed = clone(NodeProtoSchema, node);
  changed.attribute = changed.attribute.filter((one) => one.name !== name);
  changed.attribute.push(attribute(name, value));
  return { node: changed, constants: [] };
}

/** The node with other numbers as one of its inputs. */
function withNumbers({ node }: ReadNode, index: number, values: readonly number[]): Moved {
  const changed = clone(NodeProtoSchema, node);
  const name = `${node.output[0]!}/moved-${index}`;
  while (changed.input.length < index) changed.input.push('');
  changed.input[index] = name;
  return { node: changed, constants: [wholeNumbers(name, values)] };
}

const axis =
  (missing: (opset: number) => number): Move =>
  (read) =>
    withAttribute(read, 'axis', behind(intOf(read, 'axis') ?? missing(read.opset)));

/** Axes in an attribute up to a version, behind it in an input. */
const axes =
  (
    input: (opset: number) => boolean,
    all: (read: ReadNode) => readonly number[] | undefined,
  ): Move =>
  (read) => {
    const given = intsOf(read, 'axes') ?? read.numbers(1);
    const none = given === undefined || given.length === 0;
    if (none && intOf(read, 'noop_with_empty_axes') === 1) return unchanged(read);
    const moved = none ? all(read) : given.map(behind);
    if (!moved) return undefined;
    return input(read.opset) ? withNumbers(read, 1, moved) : withAttribute(read, 'axes', moved);
  };

const everyAxis = (read: ReadNode): readonly number[] | undefined => {
  const rank = read.rank(0);
  return rank === undefined ? undefined : Array.from({ length: rank }, (_, at) => at + 1);
};

const reduction = (since: number): Move => axes((opset) => opset >= since, everyAxis);

/** A list with one number for each axis. */
const perAxis =
  (index: number, first: number): Move =>
  (read) => {
    const given = read.numbers(index);
    return given && withNumbers(read, index, [first, ...given]);
  };

/** One that names no axes drops those of size 1, which a batch that is free is none of. */
const squeeze: Move = (read) =>
  (intsOf(read, 'axes') ?? read.numbers(1)) === undefined
    ? unchanged(read)
    : axes(
        (opset) => opset >= 13,
        () => undefined,
      )(read);

const transpose: Move = (read) => {
  const rank = read.rank(0)!;
  const given = intsOf(read, 'perm') ?? Array.from({ length: rank }, (_, at) => rank - 1 - at);
  return withAttribute(read, 'perm', [0, ...given.map((one) => one + 1)]);
};

const slice: Move = (read) => {
  const count = read.numbers(1)?.length;
  if (count === undefined) return undefined;
  const given = read.numbers(3) ?? Array.from({ length: count }, (_, at) => at);
  return withNumbers(read, 3, given.map(behind));
};

const pad: Move = (read) => {
  const given = read.numbers(3);
  if (given) return withNumbers(read, 3, given.map(behind));
  const pads = read.numbers(1);
  if (!pads) return undefined;
  const rank = pads.length / 2;
  return withNumbers(read, 1, [0, ...pads.slice(0, rank), 0, ...pads.slice(rank)]);
};

const reshape: Move = (read) => (intOf(read, 'allowzero') === 1 ? undefined : perAxis(1, 0)(read));

const cumulate: Move = (read) => {
  const given = read.numbers(1);
  return given && withNumbers(read, 1, given.map(behind));
};

/** Matrices in stacks: a vector or two different ranks would have another meaning. */
const matMul: Move = (read) => {
  const [a, b] = [read.rank(0), read.rank(1)];
  return a !== undefined && a === b && a >= 2 ? unchanged(read) : undefined;
};

const always = (value: number) => (): number => value;
const softmaxAxis = (opset: number): number => (opset < 13 ? 1 : -1);

/** Operators on which a new first axis changes nothing but the shape, or an argument. */
const moves: Readonly<Record<string, Move>> = {
  ArgMax: axis(always(0)),
  ArgMin: axis(always(0)),
  Concat: axis(always(0)),
  CumSum: cumulate,
  Gather: axis(always(0)),
  Hardmax: axis(softmaxAxis),
  LayerNormalization: axis(always(-1)),
  LogSoftmax: axis(softmaxAxis),
  MatMul: matMul,
  OneHot: axis(always(-1)),
  Pad: pad,
  ReduceL1: reduction(18),
  ReduceL2: reduction(18),
  ReduceLogSum: reduction(18),
  ReduceLogSumExp: reduction(18),
  ReduceMax: reduction(18),
  ReduceMean: reduction(18),
  ReduceMin: reduction(18),
  ReduceProd: reduction(18),
  ReduceSum: reduction(13),
  ReduceSumSquare: reduction(18),
  Reshape: reshape,
  Slice: slice,
  Softmax: axis(softmaxAxis),
  Split: axis(always(0)),
  Squeeze: squeeze,
  Tile: perAxis(1, 1),
  TopK: axis(always(-1)),
  Transpose: transpose,
  Trilu: unchanged,
  Unsqueeze: axes(
    (opset) => opset >= 13,
    () => undefined,
  ),
};

/** Operators that treat every number alone. */
const ELEMENTWISE = new Set(
  (
    'Abs Acos Acosh Add And Asin Asinh Atan Atanh BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Cast CastLike Ceil Celu Clip Cos Cosh Div Dropout ' +
    'Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish Identity IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Mean Min ' +
    'Mish Mod Mul Neg Not Or PRelu Pow QuantizeLinear DequantizeLinear Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Sub Sum Swish ' +
    'Tan Tanh ThresholdedRelu Where Xor'
  ).split(' '),
);

export const isElementwise = ({ opType, domain, attribute }: NodeProto): boolean =>
  domain === '' &&
  ELEMENTWISE.has(opType) &&
  !attribute.some(({ name }) => name === 'axis' || name === 'block_size');

/** A node behind a new first axis; undefined where its meaning would be another. */
export function moved(read: ReadNode): Moved | undefined {
  const { opType, domain } = read.node;
  return domain === '' && Object.hasOwn(moves, opType) ? moves[opType]!(read) : undefined;
}
