import { tensor } from '@patternlens/core';
import { N, plane, primitive, values, type Given, type PrimitiveCase } from './primitive-case.js';

const ties: readonly { name: string; fill: readonly number[] }[] = [
  { name: 'ties', fill: [1, 3, 3, 0, 3] },
  { name: 'nothing but ties', fill: [2] },
  { name: 'nothing but zeros', fill: [0] },
  { name: 'the largest at the end', fill: [-1, 0, 1, 2, 5] },
  { name: 'negative values', fill: [-3, -1, -2, -1, -4] },
];

/** Reductions over every axis, choices among ties, and products of matrices of every rank. */
export function reductionCases(): PrimitiveCase[] {
  const square = values('normal', [4, 4], 21);
  const negative: Given = { ...plane, fill: 'negative' };
  return [
    ...(['reduceSum', 'reduceMax'] as const).flatMap((kind) => [
      ...[[1], [2], [3], [1, 2, 3], [2, 3]].flatMap((axes) =>
        primitive(`${kind} over ${axes.join(' and ')}`, [negative], (ops, [x]) =>
          ops[kind](x!, axes),
        ),
      ),
      ...primitive(`${kind} of two axes`, [{ shape: [N, 9] }], (ops, [x]) => ops[kind](x!, [1])),
      ...primitive(`${kind} of five axes`, [{ shape: [N, 2, 3, 2, 4] }], (ops, [x]) =>
        ops[kind](x!, [1, 3]),
      ),
      ...primitive(`${kind} over a batch at axis 1`, [{ shape: [3, N, 4] }], (ops, [x]) =>
        ops[kind](x!, [1]),
      ),
      ...primitive(`${kind} beside a batch at axis 1`, [{ shape: [3, N, 4] }], (ops, [x]) =>
        ops[kind](x!, [0, 2]),
      ),
      ...primitive(
        `${kind} of many values`,
        [{ shape: [N, 3, 700], fill: 'positive' }],
        (ops, [x]) => ops[kind](x!, [2]),
      ),
      ...primitive(`${kind} over an axis of size 1`, [{ shape: [N, 1, 4] }], (ops, [x]) =>
        ops[kind](x!, [1]),
      ),
    ]),
    ...primitive('reduceSum of what cancels', [{ shape: [N, 6], fill: [1, -1] }], (ops, [x]) =>
      ops.reduceSum(x!, [1]),
    ),
    ...ties.flatMap(({ name, fill }) => [
      ...primitive(`argMax of ${name}`, [{ shape: [N, 5], fill }], (ops, [x]) => ops.argMax(x!)),
      ...primitive(`argMax of ${name}, three axes`, [{ shape: [N, 2, 5], fill }], (ops, [x]) =>
        ops.argMax(x!),
      ),
    ]),
    ...primitive('argMax of many values', [{ shape: [N, 1000] }], (ops, [x]) => ops.argMax(x!)),
    ...primitive(
      'argMax of ties far apart',
      [{ shape: [N, 400], fill: [0, 7, ...values('whole', [198], 2).data] }],
      (ops, [x]) => ops.argMax(x!),
    ),
    ...primitive(
      'oneHot of indices inside and outside',
      [{ shape: [{ batch: 6 }], fill: [0, 2, -1, 3, 100, 1] }],
      (ops, [x]) => ops.oneHot(x!, 3),
    ),
    ...primitive('oneHot of two axes', [{ shape: [N, 4], fill: 'index' }], (ops, [x]) =>
      ops.oneHot(x!, 5),
    ),
    ...primitive('oneHot of one class', [{ shape: [N], fill: [0] }], (ops, [x]) =>
      ops.oneHot(x!, 1),
    ),
    ...primitive('matmul by a square matrix', [{ shape: [N, 3, 4] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(square)),
    ),
    ...primitive('matmul by a square matrix and its transpose', [{ shape: [N, 4] }], (ops, [x]) =>
      ops.matmul(ops.matmul(x!, ops.constant(square)), ops.transpose(ops.constant(square), [1, 0])),
    ),
    ...primitive('matmul of a square matrix by a value', [{ shape: [N, 4, 3] }], (ops, [x]) =>
      ops.matmul(ops.constant(square), x!),
    ),
    ...primitive('matmul of rows', [{ shape: [N, 5] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [5, 7], 22))),
    ),
    ...primitive('matmul of four axes by two', [{ shape: [N, 2, 4, 5] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [5, 3], 23))),
    ),
    ...primitive(
      'matmul with both leading axes spread',
      [{ shape: [N, 1, 4, 5] }, { shape: [1, 2, 5, 3] }],
      (ops, [a, b]) => ops.matmul(a!, b!),
    ),
    ...primitive('matmul over many values', [{ shape: [N, 2, 300] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [300, 3], 24))),
    ),
    ...primitive('matmul to one column', [{ shape: [N, 6] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [6, 1], 25))),
    ),
    ...primitive('constant handed back', [{ shape: [N, 3] }], (ops, [x]) => {
      ops.output('x', ops.neg(x!));
      return ops.constant(tensor([1.5, -2, 0], [3]));
    }),
  ];
}
