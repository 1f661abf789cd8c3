import { METHODS } from '@patternlens/core';
import { type OperationKind } from '@patternlens/core/backend';
import type { CaseGroup } from './conformance-case.js';
import { conformanceCases } from './conformance-cases.js';
import { layerSamples } from './layers/layer-samples.js';
import { linearSamples } from './layers/linear-samples.js';
import { primitiveCases } from './primitives/primitive-cases.js';

/** Every primitive; the compiler asks for one that is missing. */
const PRIMITIVES = Object.keys({
  input: 0,
  constant: 0,
  neg: 0,
  abs: 0,
  exp: 0,
  log: 0,
  sqrt: 0,
  tanh: 0,
  sigmoid: 0,
  erf: 0,
  sin: 0,
  cos: 0,
  atan: 0,
  floor: 0,
  relu: 0,
  add: 0,
  sub: 0,
  mul: 0,
  div: 0,
  safeDiv: 0,
  min: 0,
  max: 0,
  pow: 0,
  compare: 0,
  select: 0,
  matmul: 0,
  conv: 0,
  convInputGradient: 0,
  convWeightGradient: 0,
  maxPool: 0,
  poolSwitches: 0,
  poolBySwitches: 0,
  unpool: 0,
  avgPool: 0,
  avgPoolInputGradient: 0,
  reshape: 0,
  transpose: 0,
  broadcast: 0,
  pad: 0,
  slice: 0,
  concat: 0,
  reduceSum: 0,
  reduceMax: 0,
  argMax: 0,
  oneHot: 0,
  gather: 0,
} satisfies Record<OperationKind, number>);

const LINEAR = ['dense', 'convolution', 'transposed-convolution', 'scale'];

const subjects = (group: CaseGroup): Set<string> =>
  new Set(conformanceCases.filter((entry) => entry.group === group).map(({ subject }) => subject));

describe('the cases', () => {
  test('have names of their own', () => {
    const names = conformanceCases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('are about every primitive', () => {
    expect(PRIMITIVES.filter((kind) => !subjects('primitive').has(kind))).toEqual([]);
  });

  test.each([1, 3])('are about every primitive at a batch of %d', (batch) => {
    const selected = primitiveCases.filter(({ name }) => name.endsWith(`, batch ${batch}`));
    const kinds = new Set(selected.map(({ subject }) => subject));
    expect(PRIMITIVES.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('are about every kind of layer, and every rule on every linear one', () => {
    const kinds = new Set(layerSamples.map(({ layer }) => layer.kind as string));
    expect([...kinds].filter((kind) => !subjects('rule').has(kind))).toEqual([]);
    const linear = new Set(linearSamples.map(({ subject }) => subject));
    expect([...linear].sort()).toEqual(
      [...LINEAR, 'convolution, grouped', 'convolution, depthwise'].sort(),
    );
    for (const rule of ['gradient', 'lrp-0', 'lrp-epsilon', 'lrp-gamma', 'pattern-attribution'])
      for (const { name } of linearSamples)
        expect(
          conformanceCases.filter((entry) => entry.name.startsWith(`${rule} on ${name},`)),
        ).toHaveLength(2);
  });

  test('are about every method', () => {
    const ids = METHODS.map(({ id }) => id);
    expect(ids.filter((id) => !subjects('method').has(id))).toEqual([]);
  });
});
