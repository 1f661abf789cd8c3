import type { MethodChoice } from './method-choice.js';
import { chooseMethod } from './method-choice.js';
import { METHODS, type MethodId } from './methods.js';
import { resolveMethod } from './resolve-method.js';

// What must not compile is marked: the type check of the tests fails where such a line compiles after all.

const resolved = (choice: MethodChoice) => resolveMethod(choice).parameters;

describe('a method is chosen', () => {
  it('by its id', () => {
    const ids: MethodId[] = ['pattern-attribution', 'lrp-alpha2-beta1', 'smoothgrad'];
    for (const id of ids) expect(resolveMethod(id).id).toBe(id);
    // @ts-expect-error an r is missing
    expect(() => resolveMethod('pattern-atribution')).toThrow('pattern-attribution');
  });

  it('with parameters of its own, of their types', () => {
    expect(resolved({ id: 'lrp-epsilon', epsilon: 1 })).toEqual({
      epsilon: 1,
      bias: 'include',
      gate: 'hold',
    });
    expect(resolved({ id: 'lrp-z-box', low: [-1, -2], high: 1 })['low']).toEqual([-1, -2]);
    expect(resolved({ id: 'smoothgrad', of: 'lrp-0', samples: 2 })['of']).toBe('lrp-0');
    // @ts-expect-error there is no such parameter
    expect(() => resolved({ id: 'lrp-epsilon', epsilom: 1 })).toThrow('epsilon');
    // @ts-expect-error another method has it
    expect(() => resolved({ id: 'lrp-epsilon', gamma: 1 })).toThrow('has no parameter');
    // @ts-expect-error none of the choices
    expect(() => resolved({ id: 'lrp-epsilon', bias: 'drop' })).toThrow('ignore');
    // @ts-expect-error none of the choices
    expect(() => resolved({ id: 'pattern-net', estimator: 'linaer' })).toThrow('linear');
    // @ts-expect-error the bounds have to be given
    expect(() => resolved({ id: 'lrp-z-box', low: 0 })).toThrow('needs high');
    // @ts-expect-error a method that needs bounds has no defaults
    expect(() => resolved({ id: 'smoothgrad', of: 'lrp-z-box' })).toThrow('of must be one of');
    // @ts-expect-error a list where one number is asked for
    expect(() => resolved({ id: 'lrp-gamma', gamma: [1, 2] })).toThrow('must be a number');
  });

  it('by a name that is known only when it runs', () => {
    const typed: string = ['lrp', 'epsilon'].join('-');
    // @ts-expect-error any text may be a typing mistake
    expect(resolved(typed)['epsilon']).toBe(1e-6);
    expect(resolved(chooseMethod(typed, { epsilon: '0.5' }))['epsilon']).toBe(0.5);
    expect(() => resolved(chooseMethod('lrp-epsilom'))).toThrow('lrp-epsilon');
  });

  it('again, with its parameters in the same order', () => {
    for (const choice of ['deep-taylor', { id: 'deep-taylor', high: 1, low: -1 }] as const) {
      const once = resolved(choice);
      const again = resolved(chooseMethod('deep-taylor', once));
      expect(Object.entries(again)).toEqual(Object.entries(once));
    }
    expect(Object.keys(resolved('deep-taylor'))).toEqual(['input', 'gate']);
  });

  it('from the list of all', () => {
    for (const { id, parameters } of METHODS)
      if (Object.values(parameters).every(({ required }) => required !== true))
        expect(resolved(id)).toBeDefined();
  });
});
