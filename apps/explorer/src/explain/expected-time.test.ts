import { METHODS } from '@patternlens/core';
import type { MethodFacts, ModelFacts } from '../compute/model-facts.js';
import { chosenMethod } from '../state/chosen-method.js';
import type { MethodResult } from '../state/method-result.js';
import { expectedTime, longSentence, stepsOf } from './expected-time.js';

const methods = METHODS.map(({ id, group, parameters, driver }): MethodFacts => ({
  ...{ id, group, parameters, isDriver: driver !== undefined, needsPatterns: false },
  report: { supported: true, problems: [] } as unknown as MethodFacts['report'],
}));
const model: Pick<ModelFacts, 'inputs' | 'methods'> = {
  methods,
  inputs: [
    {
      name: 'image',
      shape: [{ batch: 1 }, 3, 227, 227],
      axes: {
        batch: 0,
        channels: 1,
        spatial: [2, 3],
        names: ['batch', 'channels', 'rows', 'columns'],
      },
    },
  ],
};
const facts = (id: string): MethodFacts => methods.find((method) => method.id === id)!;
const steps = (id: string, parameters = {}): number | undefined =>
  stepsOf(chosenMethod(id, parameters), facts(id), model);
const done = (ms: number): MethodResult => ({
  ...{ status: 'done', context: '', backend: 'tfjs:wasm', ms },
});

describe('how long a method takes', () => {
  test('is told by how many programs it runs', () => {
    expect(steps('gradient')).toBe(1);
    expect(steps('integrated-gradients')).toBe(64);
    expect(steps('integrated-gradients', { steps: '12' })).toBe(12);
    expect(steps('integrated-gradients', { steps: 'auto' })).toBeUndefined();
    expect(steps('smoothgrad')).toBe(50);
    // Windows of 29 pixels, 15 apart: at 0, 15, ..., 210, of which the last reaches the end.
    expect(steps('occlusion')).toBe(15 * 15);
    expect(steps('occlusion', { patch: '227' })).toBe(1);
  });

  test('follows from the quickest program that was measured', () => {
    const method = chosenMethod('integrated-gradients');
    const results = new Map([
      ['gradient', done(800)],
      ['lrp-0', done(1000)],
      ['smoothgrad', done(1)],
    ]);
    expect(expectedTime(method, facts(method.id), model, results)).toBe(64 * 800);
    expect(expectedTime(method, facts(method.id), model, new Map())).toBeUndefined();
    expect(longSentence(50_400)).toBe('About 50 s on this backend. Run anyway, or take Gradient.');
  });
});
