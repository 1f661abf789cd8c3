import { inAttributes, inFunction, inPrimitive, mapped, toHalf, type Mutant } from './mutant.js';

/** Faults of the other primitives. */
export const primitiveMutants: readonly Mutant[] = [
  {
    name: 'a matmul that takes square constants transposed',
    faults: inPrimitive('matmul', (line, evaluate) => {
      const [a, b] = line.operands;
      const [rows, columns] = b!.shape.slice(-2);
      if (rows !== columns || b!.shape.length !== 2) return undefined;
      const operation = { kind: 'transpose', permutation: [1, 0] } as const;
      const turned = evaluate({ operation, operands: [b!], shape: b!.shape });
      return evaluate({ ...line, operands: [a!, turned] });
    }),
    subjects: ['matmul'],
    named: /^matmul (by a square matrix|over the batch)/,
  },
  {
    name: 'an argMax where the last of equal values wins',
    faults: inPrimitive('argMax', (line, evaluate) =>
      evaluate({
        ...line,
        operands: line.operands.map((x) => mapped(x, (v, at) => v + 1e-9 * at)),
      }),
    ),
    subjects: ['argMax'],
    named: /^argMax( of (ties|nothing but|negative).*)?, /,
  },
  {
    name: 'a safeDiv that divides by zero',
    faults: inAttributes('safeDiv', () => ({ kind: 'div' as never })),
    subjects: ['safeDiv'],
    named: /^safeDiv/,
  },
  {
    name: 'a safeDiv that adds an epsilon instead of looking',
    faults: inPrimitive('safeDiv', (line, evaluate) => {
      const [a, b] = line.operands;
      return evaluate({ ...line, operands: [a!, mapped(b!, (value) => value + 1e-12)] });
    }),
    subjects: ['safeDiv'],
    named: /^safeDiv/,
  },
  {
    name: 'a sigmoid that overflows',
    faults: inFunction('sigmoid', (x) => Math.exp(x) / (1 + Math.exp(x))),
    subjects: ['sigmoid'],
    named: /^sigmoid of large arguments/,
  },
  {
    name: 'a tanh that overflows',
    faults: inFunction('tanh', (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1)),
    subjects: ['tanh'],
    named: /^tanh of large arguments/,
  },
  {
    name: 'an erf that is a tanh',
    faults: inFunction('erf', (x) => Math.tanh(1.1283792 * x + 0.1009 * x ** 3)),
    subjects: ['erf'],
    named: /^erf/,
  },
  {
    name: 'a relu that leaves a little behind',
    faults: inFunction('relu', (x) => Math.max(x, 1e-20)),
    subjects: ['relu'],
    named: /relu|rectified|pool/,
  },
  {
    name: 'a mask that is open at zero',
    faults: inPrimitive('compare', ({ operation, ...line }, evaluate) =>
      operation.relation === 'greater'
        ? evaluate({ ...line, operation: { ...operation, relation: 'greaterOrEqual' } })
        : undefined,
    ),
    subjects: ['compare'],
    named: /^compare (greater|over)|rectified|select beside/,
  },
  {
    name: 'a concat in the other order',
    faults: inPrimitive('concat', (line, evaluate) => {
      const operands = line.operands.toReversed();
      return evaluate({ ...line, operands });
    }),
    subjects: ['concat'],
    named: /^concat/,
  },
  {
    name: 'a sum over the wrong axis',
    faults: inPrimitive('reduceSum', (line, evaluate) => {
      const [x] = line.operands;
      const axes = line.operation.axes.map((axis) => (axis + 1) % x!.shape.length);
      const shape = x!.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const { data } = evaluate({ ...line, operation: { kind: 'reduceSum', axes }, shape });
      const length = line.shape.reduce((total, size) => total * size, 1);
      return {
        shape: line.shape,
        data: Float64Array.from({ length }, (_, at) => data[at % data.length]!),
      };
    }),
    subjects: ['reduceSum'],
    named: /^reduceSum/,
  },
  {
    name: 'a slice that ignores its steps',
    faults: inAttributes('slice', ({ steps }) => ({ steps: steps.map(() => 1) })),
    subjects: ['slice'],
    named: /^slice/,
  },
  {
    name: 'a gather that sorts its indices',
    faults: inAttributes('gather', ({ indices }) => ({ indices: indices.toSorted() })),
    subjects: ['gather'],
    named: /^gather/,
  },
  {
    name: 'a pad that always pads with zeros',
    faults: inAttributes('pad', () => ({ value: 0 })),
    subjects: ['pad'],
    named: /^pad/,
  },
  {
    name: 'a power by logarithms',
    faults: inPrimitive('pow', (line, evaluate) => {
      const [a, b] = line.operands;
      const logarithm = mapped(a!, Math.log);
      const product = evaluate({ ...line, operation: { kind: 'mul' }, operands: [logarithm, b!] });
      return mapped(product, Math.exp);
    }),
    subjects: ['pow'],
    named: /^pow .*(either sign|power of zero)/,
  },
  {
    name: 'a choice by multiplication with the mask',
    faults: inPrimitive('select', (line, evaluate) => {
      const [mask, a, b] = line.operands;
      const times = (choice: typeof a, share: (open: number) => number) =>
        evaluate({
          ...line,
          operation: { kind: 'mul' },
          operands: [mapped(mask!, share), choice!],
        });
      const open = times(a, (m) => (m === 0 ? 0 : 1)),
        closed = times(b, (m) => (m === 0 ? 1 : 0));
      return evaluate({ ...line, operation: { kind: 'add' }, operands: [open, closed] });
    }),
    subjects: ['select'],
    named: /^select (beside|of what overflowed)/,
  },
  {
    name: 'a oneHot that moves indices inside',
    faults: inPrimitive('oneHot', (line, evaluate) => {
      const last = line.operation.size - 1;
      const inside = mapped(line.operands[0]!, (at) => Math.min(Math.max(at, 0), last));
      return evaluate({ ...line, operands: [inside] });
    }),
    subjects: ['oneHot'],
    named: /^oneHot/,
  },
  {
    name: 'a transpose that goes the other way',
    faults: inPrimitive('transpose', (line, evaluate) => {
      const permutation = line.operation.permutation.map((_, axis) =>
        line.operation.permutation.indexOf(axis),
      );
      const [x] = line.operands;
      const shape = permutation.map((axis) => x!.shape[axis]!);
      const { data } = evaluate({ ...line, operation: { kind: 'transpose', permutation }, shape });
      return { data, shape: line.shape };
    }),
    subjects: ['transpose'],
    named: /transpose/,
  },
  {
    name: 'half precision',
    faults: {
      line: (line, evaluate) => {
        const operands = line.operands.map((x) => mapped(x, toHalf));
        return mapped(evaluate({ ...line, operands }), toHalf);
      },
    },
    subjects: ['add', 'mul', 'conv', 'matmul', 'compare', 'reduceSum', 'exp'],
    named: /./,
  },
];
