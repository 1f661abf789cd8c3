import { create } from '@bufbuild/protobuf';
import { readOnnx } from '@patternlens/adapter-onnx';
import { referenceBackend } from '@patternlens/reference';
import {
  GraphProtoSchema,
  ModelProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
} from 'onnx-buf';
import { checkCase, operatorsPage, type Judged, type Verdict } from './onnx-tests/index.js';
import { attribute, node } from './onnx-tests/made-model.js';
import { distance } from './onnx-tests/numbers.js';
import type { StoredCase, StoredTensor } from './onnx-tests/stored-case.js';

const FLOAT = 1;

const stored = (values: readonly number[], shape: readonly number[]): StoredTensor => ({
  data: Float64Array.from(values),
  shape,
  isFloat: true,
  proto: create(TensorProtoSchema, {
    dataType: FLOAT,
    dims: shape.map(BigInt),
    floatData: [...values],
  }),
});

/** A case of one node that reads `x`. */
const caseOf = (op: ReturnType<typeof node>, x: StoredTensor, y: StoredTensor): StoredCase => ({
  name: 'made',
  model: create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [create(OperatorSetIdProtoSchema, { version: 17n })],
    graph: create(GraphProtoSchema, { name: 'made', node: [op] }),
  }),
  inputs: new Map([['x', x]]),
  outputs: new Map([['y', y]]),
});

const judge = (...parts: Parameters<typeof caseOf>): Promise<Verdict> =>
  checkCase(caseOf(...parts), { readOnnx, backends: [referenceBackend()] });

const reversed = node('Transpose', ['x'], ['y'], [attribute('perm', [1, 0])]);
const x = stored([1, 2, 3, 4, 5, 6], [2, 3]);

test('a batch is put in front where the first axis is none', async () => {
  const made = await judge(reversed, x, stored([1, 4, 2, 5, 3, 6], [3, 2]));
  expect(made).toMatchObject({ verdict: 'pass' });
});

test('a stored output that is another is wrong, and how far it is off is said', async () => {
  const made = await judge(node('Neg', ['x'], ['y']), x, stored([-1, -2, -3, -4, -5, 6], [2, 3]));
  expect(made.verdict).toBe('wrong');
  expect(made).toMatchObject({ reason: expect.stringContaining('reference: [2, 3]') as string });
});

test('a refusal gives its reason', async () => {
  const made = await judge(node('Nonsense', ['x'], ['y']), x, x);
  expect(made).toMatchObject({
    verdict: 'refused',
    reason: expect.stringContaining('Nonsense "Nonsense_y"') as string,
  });
});

test('numbers that are not finite have to be the same', () => {
  const tensor = (...data: number[]): { data: Float64Array; shape: number[] } => ({
    data: Float64Array.from(data),
    shape: [data.length],
  });
  expect(distance(tensor(3, 4.5), tensor(3, 4))).toBeCloseTo(0.1, 12);
  expect(distance(tensor(1, NaN), tensor(1, NaN))).toBe(0);
  expect(distance(tensor(1, -Infinity), tensor(1, Infinity))).toBe(Infinity);
  expect(distance(tensor(1), tensor(1, 1))).toBe(Infinity);
});

test('the page tells what works on computed values from what only folds', () => {
  const judged: Judged[] = [
    {
      name: 'a',
      operators: ['Relu'],
      verdict: { verdict: 'pass', form: 'as the file has it', gradientChecks: 1 },
    },
    {
      name: 'b',
      operators: ['Relu'],
      verdict: { verdict: 'refused', reason: 'Relu "r": it has no gradient.' },
    },
  ];
  const page = operatorsPage(judged, {
    operations: ['Relu'],
    folders: ['Relu', 'Range'],
    refused: { Loop: 'it repeats a graph.' },
  });
  expect(page).toContain('| `Relu` | 1 of 2 |');
  expect(page).toMatch(/On known values only[^|]*`Range`/);
  expect(page).toContain('| `Loop` | it repeats a graph. |');
  expect(page).toContain('| has no gradient | 1 |');
});
