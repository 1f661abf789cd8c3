import { METHODS } from '@patternlens/core';
import { METHOD_GROUPS, methodGroup, methodName } from './method-names.js';

describe('methodName', () => {
  it.each([
    ['pattern-attribution', 'PatternAttribution'],
    ['lrp-alpha1-beta0', 'LRP-α1β0'],
    ['input-x-gradient', 'Input x Gradient'],
    ['my-own-rule', 'my-own-rule'],
  ])('of %s is %s', (id, name) => {
    expect(methodName(id)).toBe(name);
  });

  it.each(METHODS.map(({ id, group }) => [id, group]))('knows %s of the core', (id, group) => {
    expect(methodName(id)).not.toBe(id);
    expect(methodGroup(id)).toBe(group);
  });

  it('knows no group of what it does not know', () => {
    expect(methodGroup('my-own-rule')).toBeUndefined();
  });
});

describe('METHOD_GROUPS', () => {
  it('are in the order of a figure', () => {
    expect(METHOD_GROUPS.map(({ name }) => name)).toEqual(['Function', 'Signal', 'Attribution']);
  });
});
