import type { Recipe } from '@patternlens/core';
import { legendUnit } from './legend-unit.js';

const recipe = (
  method: string,
  group: Recipe['group'],
  start: Recipe['start'] = 'value',
): Recipe => ({ method, group, start, parameters: {}, backend: 'reference', changes: [] });

describe('legendUnit', () => {
  const target = { target: 1 };

  it.each([
    [recipe('pattern-attribution', 'attribution'), 0, 'logit'],
    [recipe('pattern-attribution', 'attribution', 'one'), 0, ''],
    [recipe('input-x-gradient', 'attribution', 'one'), 0, 'logit'],
    [recipe('gradient', 'function', 'one'), 0, 'logit per unit of input'],
    [recipe('gradient', 'function', 'value'), 0, ''],
    [recipe('pattern-net', 'signal'), 0, ''],
    [recipe('pattern-net', 'signal'), 130, '× 2¹³⁰'],
    [recipe('pattern-attribution', 'attribution'), -97, '× 2⁻⁹⁷ logit'],
    [recipe('my-own-rule', 'attribution', 'one'), 0, 'logit'],
  ])('of %j with exponent %d is "%s"', (made, exponent, unit) => {
    expect(legendUnit({ recipe: made, target, exponent })).toBe(unit);
  });

  it.each([
    ['occlusion', 'attribution', { score: 'logit' }, 'logit'],
    ['occlusion', 'attribution', { score: 'probability' }, 'probability'],
    ['integrated-gradients', 'attribution', {}, 'logit'],
    ['smoothgrad', 'function', { variant: 'mean' }, 'logit per unit of input'],
    ['smoothgrad', 'function', { variant: 'squared' }, ''],
    ['smoothgrad', 'function', { variant: 'variance' }, ''],
  ] as const)('of %s, a %s with %j, is "%s"', (method, group, parameters, unit) => {
    expect(legendUnit({ recipe: { ...recipe(method, group, 'one'), parameters }, target })).toBe(
      unit,
    );
  });

  it('follows the unit of the explained value', () => {
    const made = recipe('lrp-0', 'attribution');
    expect(legendUnit({ recipe: made, target: { target: 1, unit: 'probability' } })).toBe(
      'probability',
    );
  });

  it('calls numbers whose sum is far from its start nothing', () => {
    const made = recipe('pattern-attribution', 'attribution');
    const warnings = [{ code: 'sum-off-start', value: 1e20, text: 'Far.' }] as const;
    expect(legendUnit({ recipe: made, target, warnings })).toBe('');
    expect(legendUnit({ recipe: made, target, warnings, exponent: 130 })).toBe('× 2¹³⁰');
  });
});
