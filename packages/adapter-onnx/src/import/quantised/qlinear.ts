import {
  constantValue,
  isKnown,
  parameterOf,
  range,
  type ConstantValue,
  type Imported,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';
import { operators } from '../ops/operators.js';
import { encoded } from './encode.js';
import type { QuantisedMade, QuantisedNode, QuantisedOperation } from './quantised-node.js';
import { encodingAt, realAt } from './quantise.js';

/** How an operator over quantised values stands for one of the standard over real ones. */
interface Lifted {
  readonly operator: string;
  /** Where each operand stands: its numbers, its scale, its zero point; and along which axis of stored numbers there are several scales. */
  readonly operands: (q: QuantisedNode) => readonly (readonly [at: number, axis?: number])[];
  /** Where the scale of what it makes stands, and behind it its zero point. */
  readonly made: number;
  /** What the standard's operator reads before the operands. */
  readonly first?: (q: QuantisedNode) => readonly Imported[];
  /** What it reads behind them. */
  readonly more?: (
    q: QuantisedNode,
    operands: readonly Operand[],
  ) => readonly (Imported | undefined)[];
  readonly opset?: (node: OnnxNode) => number;
}

type Operand = RuntimeValue | ConstantValue;

const fixed =
  (...operands: (readonly [at: number, axis?: number])[]): Lifted['operands'] =>
  () =>
    operands;

/** The real numbers go through the standard's operator, and are quantised again. */
const lifted =
  ({ operator, operands, made, first, more, opset }: Lifted): QuantisedOperation =>
  (q): QuantisedMade => {
    const { node, context } = q;
    if (node.int('channels_last', 0) === 1)
      node.unsupported(
        'it has its channels last.',
        'Export the model before it is optimised for a machine.',
      );
    const output = node.outputs[0]!;
    const values = operands(q).map(([at, axis = 0], index) =>
      realAt(q, [at, at + 1, at + 2], { axis, block: 0 }, node.part(`operand-${index}`)),
    );
    if (values.every(isKnown)) node.unsupported('all its inputs are constants.');
    const inputs = [...(first?.(q) ?? []), ...values, ...(more?.(q, values) ?? [])];
    const ends = q.reads[made] !== undefined;
    const view = q.standIn(inputs, [ends ? `${output}:unclipped` : output], opset?.(node));
    const value = operators.operations[operator]!(view, context) as RuntimeValue;
    return ends ? encoded(q, value, encodingAt(q, made, made + 1), 'range') : value;
  };

/** A bias of whole numbers in the unit of the products. */
function biasOf(
  q: QuantisedNode,
  at: number,
  scales: readonly [number, number],
): Imported | undefined {
  const bias = q.optionalConstant(at, 'bias');
  if (!bias) return undefined;
  const [a, b] = [scales[0], scales[1]].map((index) => q.constant(index, 'scale').tensor.data);
  const { data, shape } = bias.tensor;
  const real = Float64Array.from(
    data,
    (number, index) => number * a![0]! * b![b!.length === 1 ? 0 : index]!,
  );
  return constantValue({ ...parameterOf(bias), tensor: { data: real, shape } });
}

const unary = (operator: string): QuantisedOperation =>
  lifted({ operator, operands: fixed([0]), made: 3 });
const binary = (operator: string): QuantisedOperation =>
  lifted({ operator, operands: fixed([0], [3]), made: 6 });

const product = lifted({ operator: 'MatMul', operands: fixed([0], [3, -1]), made: 6 });

/** Operators over quantised values, by their names. */
export const qlinear: Readonly<Record<string, QuantisedOperation>> = {
  QLinearConv: lifted({
    operator: 'Conv',
    operands: fixed([0], [3]),
    made: 6,
    more: (q) => [biasOf(q, 8, [1, 4])],
  }),
  QLinearMatMul: product,
  'com.microsoft.QGemm': lifted({
    operator: 'Gemm',
    operands: (q) => [[0], [3, q.node.int('transB', 0) === 1 ? 0 : 1]],
    made: 7,
    more: (q) => [biasOf(q, 6, [1, 4])],
  }),
  'com.microsoft.QLinearAdd': binary('Add'),
  'com.microsoft.QLinearAveragePool': unary('AveragePool'),
  'com.microsoft.QLinearConcat': lifted({
    operator: 'Concat',
    operands: (q) => range((q.reads.length - 2) / 3).map((at) => [2 + 3 * at]),
    made: 0,
  }),
  'com.microsoft.QLinearConv': lifted({
    operator: 'Conv',
    operands: fixed([0], [3]),
    made: 6,
    more: (q) => [biasOf(q, 8, [1, 4])],
  }),
  'com.microsoft.QLinearGlobalAveragePool': unary('GlobalAveragePool'),
  'com.microsoft.QLinearLeakyRelu': unary('LeakyRelu'),
  'com.microsoft.QLinearMul': binary('Mul'),
  'com.microsoft.QLinearSigmoid': unary('Sigmoid'),
  'com.microsoft.QLinearSoftmax': lifted({
    operator: 'Softmax',
    operands: fixed([0]),
    made: 3,
    opset: (node) => node.int('opset', 13),
  }),
  'com.microsoft.QLinearWhere': lifted({
    operator: 'Where',
    operands: fixed([1], [4]),
    made: 7,
    first: (q) => [q.plain(0)],
  }),
};
