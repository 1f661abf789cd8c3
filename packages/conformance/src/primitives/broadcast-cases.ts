import type { BinaryKind } from '@patternlens/core/backend';
import { N, plane, primitive, values, type Given, type PrimitiveCase } from './primitive-case.js';

const kinds: readonly BinaryKind[] = ['add', 'sub', 'mul', 'div', 'safeDiv', 'min', 'max', 'pow'];

/** Divisors and bases stay away from zero here. */
const positive = (given: Given): Given => ({ ...given, fill: 'positive' });

/** Elementwise primitives over every rank, with either operand of a lower rank, and with both spread. */
export function broadcastCases(): PrimitiveCase[] {
  const pairs: readonly { name: string; left: Given; right: Given }[] = [
    { name: 'a left operand of lower rank', left: { shape: [4, 5] }, right: plane },
    { name: 'a right operand of lower rank', left: plane, right: { shape: [3, 1, 5] } },
    {
      name: 'both operands spread',
      left: { shape: [N, 3, 1, 5] },
      right: { shape: [N, 1, 4, 1] },
    },
    { name: 'a left operand without the batch', left: { shape: [3, 1, 1] }, right: plane },
    { name: 'one axis', left: { shape: [N] }, right: { shape: [N] } },
    { name: 'five axes', left: { shape: [N, 2, 3, 2, 2] }, right: { shape: [2, 1, 2, 1] } },
    {
      name: 'six axes',
      left: { shape: [N, 2, 1, 2, 3, 2] },
      right: { shape: [N, 1, 2, 2, 1, 2] },
    },
    {
      name: 'the batch at another axis than 0',
      left: { shape: [3, N, 4] },
      right: { shape: [3, 1, 4] },
    },
  ];
  return [
    ...kinds.flatMap((kind) =>
      pairs.flatMap(({ name, left, right }) =>
        primitive(`${kind} over ${name}`, [positive(left), positive(right)], (ops, [a, b]) =>
          ops.apply({ kind }, a!, b!),
        ),
      ),
    ),
    ...kinds.flatMap((kind) => [
      ...primitive(`${kind} of a constant and a value`, [positive(plane)], (ops, [a]) =>
        ops.apply({ kind }, ops.constant(values('positive', [5], 3)), a!),
      ),
      ...primitive(`${kind} of a value and a scalar`, [positive(plane)], (ops, [a]) =>
        ops.apply({ kind }, a!, ops.scalar(0.75)),
      ),
      ...primitive(`${kind} of a value by itself`, [positive(plane)], (ops, [a]) =>
        ops.apply({ kind }, a!, a!),
      ),
    ]),
    ...primitive(
      'compare over a left operand of lower rank',
      [
        { shape: [4, 5], fill: 'whole' },
        { ...plane, fill: 'whole' },
      ],
      (ops, [a, b]) => ops.compare(a!, 'greater', b!),
    ),
    ...primitive(
      'select with a mask of lower rank',
      [{ shape: [4, 1], fill: 'whole' }, plane, { shape: [5] }],
      (ops, [m, a, b]) => ops.select(m!, a!, b!),
    ),
    ...primitive('select of two scalars', [{ ...plane, fill: 'whole' }], (ops, [m]) =>
      ops.select(m!, ops.scalar(2), ops.scalar(-3)),
    ),
    ...primitive('broadcast of a scalar', [plane], (ops, [x]) =>
      ops.mul(x!, ops.broadcast(ops.scalar(1.5), [N, 3, 4, 5])),
    ),
    ...primitive('broadcast to leading axes', [{ shape: [N, 1] }], (ops, [x]) =>
      ops.broadcast(x!, [2, 3, N, 4]),
    ),
    ...primitive('broadcast to what it is', [plane], (ops, [x]) => ops.broadcast(x!, [N, 3, 4, 5])),
  ];
}
