import { type PrimitiveCase, type Given, primitive, N, plane } from './primitive-case.js';

export function elementwiseCases(): PrimitiveCase[] {
  const any = (
    ['neg', 'abs', 'exp', 'tanh', 'sigmoid', 'erf', 'sin', 'cos', 'atan', 'floor', 'relu'] as const
  ).flatMap((kind) => primitive(kind, [plane], (ops, [x]) => ops.apply({ kind }, x!)));
  const positive = (['log', 'sqrt'] as const).flatMap((kind) =>
    primitive(kind, [{ ...plane, fill: 'positive' }], (ops, [x]) => ops.apply({ kind }, x!)),
  );
  const shapes: readonly Given[] = [
    plane,
    { shape: [3, 1, 1] },
    { shape: [N, 3, 1, 5] },
    { shape: [1] },
  ];
  const binary = (['add', 'sub', 'mul', 'min', 'max'] as const).flatMap((kind) =>
    shapes.flatMap((other, at) =>
      primitive(`${kind} broadcast ${at}`, [plane, other], (ops, [a, b]) =>
        ops.apply({ kind }, a!, b!),
      ),
    ),
  );
  const relations = (
    ['greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'equal'] as const
  ).flatMap((relation) =>
    primitive(
      `compare ${relation}`,
      [
        { ...plane, fill: 'whole' },
        { shape: [N, 1, 4, 5], fill: 'whole' },
      ],
      (ops, [a, b]) => ops.compare(a!, relation, b!),
    ),
  );
  return [
    ...any,
    ...positive,
    ...binary,
    ...relations,
    ...primitive('div', [plane, { ...plane, fill: 'positive' }], (ops, [a, b]) => ops.div(a!, b!)),
    ...primitive('safeDiv', [plane, { ...plane, fill: 'whole' }], (ops, [a, b]) =>
      ops.safeDiv(a!, b!),
    ),
    ...primitive('safeDiv of a rectified product', [plane, plane], (ops, [a, b]) =>
      ops.safeDiv(ops.mul(ops.relu(a!), b!), a!),
    ),
    ...primitive('pow', [{ ...plane, fill: 'positive' }, plane], (ops, [a, b]) => ops.pow(a!, b!)),
    ...[-1, 0.5, 2, 3, -0.75].flatMap((exponent) =>
      primitive(`pow ${exponent}`, [{ ...plane, fill: 'positive' }], (ops, [a]) =>
        ops.pow(a!, ops.scalar(exponent)),
      ),
    ),
    ...primitive(
      'select',
      [{ ...plane, fill: 'whole' }, plane, { shape: [3, 1, 5] }],
      (ops, [m, a, b]) => ops.select(m!, a!, b!),
    ),
    ...primitive('a mask used as a choice and as a number', [plane, plane], (ops, [a, b]) => {
      const open = ops.isPositive(a!);
      return ops.add(ops.select(open, a!, b!), open);
    }),
  ];
}
