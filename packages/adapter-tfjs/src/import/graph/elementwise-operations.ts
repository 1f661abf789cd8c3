import {
  build,
  clipBetween,
  elementwise,
  QUANTISED,
  smooth,
  type Operation,
} from '@patternlens/importing';
import { activationNamed } from '../activation-names.js';
import type { TfjsNode } from './node-view.js';

type TfjsOperation = Operation<TfjsNode>;

const { activationOf, pointwise, total } = elementwise;

const named = (name: string): TfjsOperation => activationOf(() => activationNamed(name)!);

const squaredDifference: TfjsOperation = (node, context) => {
  const difference = elementwise.difference(context, node, node.part('difference'));
  return build.pair(context, node, 'product', [difference, difference]);
};

const inverseRoot: TfjsOperation = (node, context) => {
  const attributes = { function: 'sqrt' } as const;
  const root = context.layer(node.part('root'), 'pointwise', [node.runtime(0)], attributes);
  return context.layer(node, 'pointwise', [root], { function: 'reciprocal' });
};

const limitOf = (node: TfjsNode, index: number, what: string): number =>
  node.constant(index, what).tensor.data[0] ?? node.invalid(`its ${what} is empty.`);

const pass: TfjsOperation = (node) => node.input(0);

/** Trained for quantisation; TensorFlow.js passes the value as it is too. */
const fakeQuantised: TfjsOperation = (node, context) => {
  context.tell(QUANTISED);
  return node.runtime(0);
};

const cast: TfjsOperation = (node) => {
  const to = node.type('DstT');
  return ['DT_FLOAT', 'DT_HALF', 'DT_DOUBLE', 'DT_BFLOAT16'].includes(to)
    ? node.runtime(0)
    : node.unsupported(`it casts computed values to ${to}.`);
};

export const elementwiseOperations: Readonly<Record<string, TfjsOperation>> = {
  AddN: (node, context) => total(context, node, node),
  AddV2: elementwise.add,
  Cast: cast,
  ClipByValue: activationOf((node: TfjsNode) =>
    clipBetween(limitOf(node, 1, 'minimum'), limitOf(node, 2, 'maximum')),
  ),
  Elu: named('elu'),
  FakeQuantWithMinMaxVars: fakeQuantised,
  Identity: pass,
  Inv: pointwise('reciprocal'),
  LeakyRelu: activationOf((node: TfjsNode) =>
    smooth({ function: 'leaky-rectifier', slope: node.float('alpha', 0.2) }),
  ),
  LogSoftmax: named('log_softmax'),
  Maximum: elementwise.maximum,
  Minimum: elementwise.minimum,
  Prelu: (node, context) =>
    build.rectifyByParameter(context, node, node.runtime(0), node.parameter(1, 'slope')),
  RealDiv: elementwise.divide,
  Relu6: named('relu6'),
  Rsqrt: inverseRoot,
  Selu: named('selu'),
  Snapshot: pass,
  Softmax: named('softmax'),
  Square: elementwise.square,
  SquaredDifference: squaredDifference,
  StopGradient: pass,
};
