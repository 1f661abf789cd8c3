import { type PrimitiveCase, values, primitive, N, plane } from './primitive-case.js';

export function layoutCases(): PrimitiveCase[] {
  return [
    ...primitive('reshape', [plane], (ops, [x]) => ops.reshape(x!, [N, 12, 5])),
    ...primitive('reshape to several rows a sample', [plane], (ops, [x]) =>
      ops.reshape(x!, [{ batch: 3 }, 20]),
    ),
    ...primitive('transpose', [plane], (ops, [x]) => ops.transpose(x!, [0, 2, 3, 1])),
    ...primitive('transpose of the batch', [plane], (ops, [x]) => ops.transpose(x!, [2, 0, 3, 1])),
    ...primitive('broadcast', [{ shape: [N, 1, 4, 1] }], (ops, [x]) =>
      ops.broadcast(x!, [N, 3, 4, 5]),
    ),
    ...primitive('broadcast along the batch', [plane], (ops, [x]) =>
      ops.mul(x!, ops.broadcast(ops.constant(values('normal', [3, 1, 5], 3)), [N, 3, 4, 5])),
    ),
    ...primitive('pad', [plane], (ops, [x]) => ops.pad(x!, [0, 1, 0, 2], [0, 0, 3, 1], 1.5)),
    ...primitive('slice', [plane], (ops, [x]) =>
      ops.slice(x!, [0, 1, 0, 1], [N, 2, 4, 2], [1, 1, 1, 3]),
    ),
    ...primitive('concat', [plane, { shape: [N, 2, 4, 5] }], (ops, [a, b]) =>
      ops.concat([a!, b!, a!], 1),
    ),
    ...primitive('gather', [plane], (ops, [x]) => ops.gather(x!, 2, [3, 0, 0, 2])),
    ...primitive('reduceSum', [plane], (ops, [x]) => ops.reduceSum(x!, [1, 3])),
    ...primitive('reduceSum over the batch', [plane], (ops, [x]) => ops.reduceSum(x!, [0, 2])),
    ...primitive('reduceMax', [plane], (ops, [x]) => ops.reduceMax(x!, [2])),
    ...primitive('argMax', [{ shape: [N, 7], fill: 'whole' }], (ops, [x]) => ops.argMax(x!)),
    ...primitive('oneHot', [{ shape: [N], fill: 'index' }], (ops, [x]) =>
      ops.oneHot(ops.sub(x!, ops.scalar(1)), 3),
    ),
    ...primitive('matmul by a constant', [{ shape: [N, 4, 5] }], (ops, [x]) =>
      ops.matmul(x!, ops.constant(values('normal', [5, 3], 1))),
    ),
    ...primitive(
      'matmul of two values',
      [{ shape: [N, 2, 4, 5] }, { shape: [N, 1, 5, 3] }],
      (ops, [a, b]) => ops.matmul(a!, b!),
    ),
    ...primitive('matmul over the batch', [{ shape: [N, 4] }, { shape: [N, 3] }], (ops, [a, b]) =>
      ops.matmul(ops.transpose(a!, [1, 0]), b!),
    ),
  ];
}
