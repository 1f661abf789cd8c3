import type { Recipe } from '@patternlens/core';
import type { Drawing, Native } from '../looks/drawing.js';
import type { Look } from '../looks/look.js';
import { methodName } from '../methods/method-names.js';

/** `estimator two-component, regimes positive`; undefined for a method without parameters. */
export function parametersText({ parameters }: Recipe): string | undefined {
  const listed = Object.entries(parameters).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? value.join('/') : value}`,
  );
  return listed.length === 0 ? undefined : listed.join(', ');
}

/** `LRP-epsilon (epsilon 0.01)` */
export function methodText(recipe: Recipe): string {
  const parameters = parametersText(recipe);
  const name = methodName(recipe.method);
  return parameters === undefined ? name : `${name} (${parameters})`;
}

/** `start: value` */
export const startText = ({ start }: Recipe): string => `start: ${start === 'one' ? 1 : start}`;

/** `other rules: w-squared`; undefined where the method's own rules were applied alone. */
export const rulesText = ({ rules = [] }: Recipe): string | undefined =>
  rules.length === 0 ? undefined : `other rules: ${rules.join(', ')}`;

/** `patterns fitted on 300 samples`; undefined for a method without patterns. */
export const patternsText = ({ patternSamples }: Recipe): string | undefined =>
  patternSamples === undefined
    ? undefined
    : `patterns fitted on ${patternSamples} ${patternSamples === 1 ? 'sample' : 'samples'}`;

const reductions = {
  sum: 'sum over channels',
  l2: 'L2 over channels',
  'max-abs': 'largest magnitude over channels, with its sign',
} as const;

/** How channels became one number; undefined for a single row of values. */
export function reductionText({ strip, height }: Native, look: Look): string | undefined {
  if (!strip) return reductions[look.reduction];
  return height > 1 ? 'one row per channel' : undefined;
}

/** How numbers became colours: `sum over channels`, `|q| 99.5`, `bwr`. Nothing where there was no scale to colour by. */
export function lookText(
  drawing: Drawing,
  look: Look,
  hasChannels = true,
): readonly (string | undefined)[] {
  const { kind, scale } = drawing;
  if (scale?.state !== 'finite') return [];
  const limit = `|q| ${scale.quantile}`;
  if (kind === 'signal') return ['colours of the input, mid-grey is 0', limit];
  return [
    hasChannels ? reductionText(drawing, look) : undefined,
    limit,
    look.colours.id,
    look.gamma === 1 ? undefined : `gamma ${look.gamma}`,
    kind === 'overlay' ? `overlay ${look.strength}` : undefined,
  ];
}

/** Facts in a line. */
export const joinFacts = (facts: readonly (string | undefined)[]): string =>
  facts.filter((fact) => fact !== undefined).join(' · ');

const LONGEST_UNBROKEN = 36;

/** Facts for a paragraph: lines break between them, within one only where it is long, and never before a dot. */
export const joinCaption = (facts: readonly (string | undefined)[]): string =>
  facts
    .filter((fact) => fact !== undefined)
    .map((fact) => (fact.length > LONGEST_UNBROKEN ? fact : fact.replaceAll(' ', '\u00a0')))
    .join('\u00a0· ');
