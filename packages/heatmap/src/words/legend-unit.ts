import { METHODS, type ExplanationWarning, type Recipe } from '@patternlens/core';
import { powerOfTwo } from '../text/number-text.js';
import { unitOf, type ExplainedTarget } from './target-text.js';

/** SmoothGrad-squared and VarGrad are in squares of the unit. */
const isSquared = ({ method, parameters }: Recipe): boolean =>
  method === 'smoothgrad' &&
  parameters['variant'] !== undefined &&
  parameters['variant'] !== 'mean';

/** Occlusion may be about another score than the explained value. */
const scoreOf = ({ method, parameters }: Recipe, target: ExplainedTarget): string =>
  method === 'occlusion' && parameters['score'] === 'probability' ? 'probability' : unitOf(target);

/** What a legend is about. */
interface LegendMap {
  readonly recipe: Recipe;
  readonly target: ExplainedTarget;
  readonly exponent?: number | undefined;
  readonly warnings?: readonly ExplanationWarning[] | undefined;
}

/** What a legend's numbers count: `logit` for attributions, `logit per unit of input` for the function group; signals have
 * none. Started from something else than is usual for the method, or with a sum far from its start, the numbers are not in that unit, and none is given. */
export function legendUnit({ recipe, target, exponent = 0, warnings = [] }: LegendMap): string {
  const usual = METHODS.find(({ id }) => id === recipe.method)?.start ?? recipe.start;
  const isFar = warnings.some(({ code }) => code === 'sum-off-start');
  const isPlain =
    usual === recipe.start && recipe.group !== 'signal' && !isSquared(recipe) && !isFar;
  const unit = isPlain ? scoreOf(recipe, target) : '';
  const words = unit !== '' && recipe.group === 'function' ? `${unit} per unit of input` : unit;
  return [exponent === 0 ? '' : `× ${powerOfTwo(exponent)}`, words].join(' ').trim();
}
