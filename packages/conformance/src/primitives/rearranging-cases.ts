import { N, plane, primitive, type Given, type PrimitiveCase } from './primitive-case.js';

const wide: Given = { shape: [N, 2, 3, 2, 4] };
const behind: Given = { shape: [3, N, 4] };

/** Layout once more: every axis, every rank, the batch elsewhere. */
export function rearrangingCases(): PrimitiveCase[] {
  return [
    ...primitive('input handed back', [plane], (_ops, [x]) => x!),
    ...primitive('reshape to one axis', [plane], (ops, [x]) => ops.reshape(x!, [{ batch: 60 }])),
    ...primitive('reshape to six axes', [plane], (ops, [x]) => ops.reshape(x!, [N, 1, 3, 2, 2, 5])),
    ...primitive('reshape of a transposed value', [plane], (ops, [x]) =>
      ops.reshape(ops.transpose(x!, [0, 3, 1, 2]), [N, 60]),
    ),
    ...[
      [0, 1, 3, 2],
      [0, 2, 1, 3],
      [3, 2, 1, 0],
      [1, 2, 3, 0],
      [0, 1, 2, 3],
    ].flatMap((permutation) =>
      primitive(`transpose ${permutation.join(' ')}`, [plane], (ops, [x]) =>
        ops.transpose(x!, permutation),
      ),
    ),
    ...primitive('transpose of two axes', [{ shape: [N, 5] }], (ops, [x]) =>
      ops.transpose(x!, [1, 0]),
    ),
    ...primitive('transpose of five axes', [wide], (ops, [x]) =>
      ops.transpose(x!, [0, 4, 2, 1, 3]),
    ),
    ...primitive('transpose of six axes', [{ shape: [N, 2, 2, 3, 2, 2] }], (ops, [x]) =>
      ops.transpose(x!, [0, 1, 4, 2, 5, 3]),
    ),
    ...primitive('pad of two axes', [{ shape: [N, 4] }], (ops, [x]) =>
      ops.pad(x!, [0, 2], [0, 1], 0),
    ),
    ...primitive('pad with a negative value', [plane], (ops, [x]) =>
      ops.pad(x!, [0, 0, 1, 1], [0, 0, 2, 0], -3),
    ),
    ...primitive('pad of five axes', [wide], (ops, [x]) =>
      ops.pad(x!, [0, 1, 0, 0, 2], [0, 0, 1, 1, 0]),
    ),
    ...primitive('pad by nothing', [plane], (ops, [x]) =>
      ops.pad(x!, [0, 0, 0, 0], [0, 0, 0, 0], 7),
    ),
    ...primitive('pad beside a batch at axis 1', [behind], (ops, [x]) =>
      ops.pad(x!, [1, 0, 0], [0, 0, 2], 1),
    ),
    ...primitive('slice with steps on two axes', [{ shape: [N, 2, 7, 8] }], (ops, [x]) =>
      ops.slice(x!, [0, 0, 1, 0], [N, 2, 3, 3], [1, 1, 2, 3]),
    ),
    ...primitive('slice of the last elements', [plane], (ops, [x]) =>
      ops.slice(x!, [0, 2, 3, 4], [N, 1, 1, 1]),
    ),
    ...primitive('slice with steps beside a batch at axis 1', [behind], (ops, [x]) =>
      ops.slice(x!, [0, 0, 1], [2, N, 2], [2, 1, 2]),
    ),
    ...primitive('slice of five axes with steps', [wide], (ops, [x]) =>
      ops.slice(x!, [0, 1, 0, 0, 1], [N, 1, 2, 2, 2], [1, 1, 2, 1, 2]),
    ),
    ...[1, 2, 3].flatMap((axis) =>
      primitive(
        `concat at axis ${axis}`,
        [2, 1, 3].map((size) => ({
          shape: [N, 2, 3, 2].map((dim, at) => (at === axis ? size : dim)),
        })),
        (ops, inputs) => ops.concat(inputs, axis),
      ),
    ),
    ...primitive('concat at axis 0 before the batch', [behind, { shape: [2, N, 4] }], (ops, x) =>
      ops.concat(x, 0),
    ),
    ...primitive('concat of one value', [plane], (ops, [x]) => ops.concat([x!], 1)),
    ...primitive(
      'concat of two axes',
      [{ shape: [N, 2] }, { shape: [N, 3] }, { shape: [N, 1] }, { shape: [N, 2] }],
      (ops, x) => ops.concat(x, 1),
    ),
    ...primitive('concat of a computed value and a constant', [plane], (ops, [x]) =>
      ops.concat([ops.neg(x!), ops.broadcast(ops.scalar(1), [N, 1, 4, 5]), x!], 1),
    ),
    ...[1, 2, 3].flatMap((axis) =>
      primitive(`gather with repeats at axis ${axis}`, [plane], (ops, [x]) =>
        ops.gather(x!, axis, [2, 0, 2, 1, 1]),
      ),
    ),
    ...primitive('gather before a batch at axis 1', [behind], (ops, [x]) =>
      ops.gather(x!, 0, [2, 2, 0]),
    ),
    ...primitive('gather of one entry', [plane], (ops, [x]) => ops.gather(x!, 3, [4])),
  ];
}
