/** @jest-environment ./src/testing/ort-environment.js */
import { testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { expectGradient } from '../../testing/jacobian.js';
import { node, type ModelParts } from '../../testing/model-file.js';
import { integers } from '../../testing/stored-tensors.js';

type Case = ModelParts & { readonly options?: RunOptions };

const inputs = { x: ['n', 3, 2, 4] } as const;
const positive: RunOptions = { change: (value) => Math.abs(value) + 0.25 };
const optionsOf = (op: string): RunOptions => (op === 'ReduceLogSum' ? positive : {});

const OPERATORS =
  'ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare'.split(
    ' ',
  );

/** Axes as an input, as they are since version 18. */
const listed = (op: string, axes: readonly number[], keepdims: number): Case => ({
  inputs,
  opset: 18,
  nodes: [node(op, 'x axes', 'y', { keepdims })],
  weights: [integers('axes', axes)],
  options: optionsOf(op),
});

const forms = (op: string): Readonly<Record<string, Case>> => ({
  [`${op} over an attribute`]: {
    inputs,
    opset: 11,
    nodes: [node(op, 'x', 'y', { axes: [-1], keepdims: 1 })],
    options: optionsOf(op),
  },
  [`${op} over two axes, dropped`]: listed(op, [-3, 3], 0),
  [`${op} over all but the batch`]: listed(op, [1, 2, 3], 0),
});

const cases = Object.assign({}, ...OPERATORS.map(forms)) as Readonly<Record<string, Case>>;

describe('reductions are what the runtime computes:', () => {
  testAgreement(cases);
  testAgreement(
    Object.fromEntries(
      ['ReduceMin', 'ReduceProd', 'ReduceLogSumExp', 'ReduceSumSquare'].map((op) => [
        `${op} over no axes`,
        {
          inputs,
          opset: 18,
          nodes: [node(op, 'x', 'y', { noop_with_empty_axes: 1 })],
        },
      ]),
    ),
  );
});

describe('the gradient of reductions is the slope:', () => {
  test.each(OPERATORS)('%s', async (op) => {
    const { options, ...parts } = listed(op, [1, 3], 1);
    await expectGradient(parts, options);
  });

  test('ReduceProd with no zero, one and two among its factors', async () => {
    let at = 0;
    await expectGradient(listed('ReduceProd', [3], 0), {
      change: (value) => (at++ % 4 < Math.floor((at - 1) / 8) ? 0 : value),
    });
  });
});
