import type { Parameter } from '../layers/parameter.js';
import type { Value } from '../program/program-builder.js';
import { gradientRule } from '../rules/gradient.js';
import { tensor } from '../tensor/tensor.js';
import { defineLinearRule } from './define-linear-rule.js';
import { defineMethod } from './define-method.js';
import { defineMetric } from './define-metric.js';
import { defineRule } from './define-rule.js';

// What must not compile is marked: the type check of the tests fails where such a line compiles after all.

const parameters = {
  share: { default: 0.25, above: 0 },
  shape: { default: 'flat', choices: ['flat', 'round'] },
  low: { required: true, list: true, example: 0 },
  ceiling: { whole: true },
} as const;

interface Resolved {
  readonly share: number;
  readonly shape: 'flat' | 'round';
  readonly low: number | readonly number[];
  readonly ceiling?: number;
}

const layer = {
  name: 'y',
  inputs: ['x'],
  output: 'y',
  attributes: {},
  parameters: { weights: { tensor: tensor([1], [1, 1]) } satisfies Parameter },
} as const;
const dense = { ...layer, kind: 'dense' } as const;
const rectifier = { ...layer, kind: 'rectifier' } as const;

describe('parameters of what is defined have the types of their specs', () => {
  const seen: Resolved[] = [];
  const rule = defineRule({
    id: 'seen',
    parameters,
    refuses: (_layer, _network, resolved) => {
      seen.push(resolved);
      return resolved.shape;
    },
    backward: ({ gradient }, r, { share, shape, low, ceiling }) => {
      const values: readonly [number, 'flat' | 'round', number | readonly number[]] = [
        share,
        shape,
        low,
      ];
      // @ts-expect-error it may be absent
      const sum = Math.max(values[0], ceiling);
      return sum > 0 ? gradient(r) : [];
    },
  });

  it('in a rule, and in what makes it', () => {
    expect(rule.make({ low: [1, 2] }).refuses!(dense, undefined as never)).toBe('flat');
    expect(seen).toEqual([{ share: 0.25, shape: 'flat', low: [1, 2] }]);
    // @ts-expect-error there is no such parameter
    expect(() => rule.make({ low: 0, chare: 1 })).toThrow('share');
    // @ts-expect-error none of the choices
    expect(() => rule.make({ low: 0, shape: 'square' })).toThrow('round');
  });

  it('in a method, where settling may change them', () => {
    const settled = defineMethod({
      id: 'settled',
      group: 'attribution',
      start: 'value',
      parameters: { alpha: { atLeast: 1 } },
      settle: ({ alpha = 2 }) => ({ alpha, beta: alpha - 1 }),
      composite: ({ alpha, beta }) => [[() => alpha > beta, gradientRule]],
    });
    expect(settled.id).toBe('settled');
    defineMethod({
      id: 'plain',
      group: 'attribution',
      start: 'value',
      parameters: { alpha: { atLeast: 1 } },
      // @ts-expect-error it may be absent
      composite: ({ alpha }: { readonly alpha: number }) => [[() => alpha > 1, gradientRule]],
    });
  });

  it('in a metric', async () => {
    const metric = defineMetric({
      id: 'counted',
      parameters: { steps: { default: 3, whole: true } },
      measure: (_context, { steps }) =>
        Promise.resolve({ json: steps + 1, tables: [], charts: [], warnings: [] }),
    });
    expect((await metric.measure(undefined as never, { steps: 3 })).json).toBe(4);
  });
});

describe('a rule for linear layers', () => {
  const rule = defineLinearRule({
    id: 'ones',
    refuses: ({ kind }) => (kind === 'scale' ? 'it has one weight a channel' : undefined),
    backward: ({ inputs: [x], linear, ops }, r) => {
      const value: Value = x;
      return ops.mul(value, linear.transpose(r, linear.weights));
    },
  }).make();

  it('refuses the others, and those that its author refuses', () => {
    const refused = (given: Parameters<NonNullable<typeof rule.refuses>>[0]) =>
      rule.refuses!(given, undefined as never);
    expect(refused(rectifier)).toBe('the rule is for linear layers');
    expect(refused({ ...layer, kind: 'scale' })).toBe('it has one weight a channel');
    expect(refused(dense)).toBeUndefined();
  });

  it('returns what goes back to the one input', () => {
    const one = { name: 'one' } as unknown as Value;
    const scope = {
      inputs: [one],
      linear: { weights: one, transpose: (r: Value) => r },
      ops: { mul: (a: Value, b: Value) => [a, b] },
    };
    expect(rule.backward(scope as never, one)).toEqual([[one, one]]);
  });
});
