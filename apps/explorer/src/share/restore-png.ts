import { recipeOfPng } from '@patternlens/heatmap';
import { batch } from '@preact/signals-core';
import type { ChannelTarget, MethodParameters, NeuronTarget } from '@patternlens/core';
import { targetText } from '../explain/target.js';
import type { App } from '../state/app.js';
import { chosenMethod, type ChosenMethod } from '../state/chosen-method.js';
import { COLOUR_MAP_IDS } from '../state/colour-map-ids.js';
import type { Look } from '../state/look.js';

/** What pictures of PatternLens carry, as far as it is restored. A picture may be of another version: nothing in it is relied on. */
interface Carried {
  readonly format?: unknown;
  readonly recipe?: CarriedRecipe;
  readonly target?: CarriedTarget;
  readonly look?: Readonly<Record<string, unknown>>;
  readonly scope?: unknown;
  readonly methods?: readonly { readonly recipe?: CarriedRecipe }[];
  readonly rows?: readonly { readonly target?: CarriedTarget }[];
}
interface CarriedRecipe {
  readonly method?: unknown;
  readonly parameters?: MethodParameters;
}
interface CarriedTarget {
  readonly target?: number | ChannelTarget | NeuronTarget;
}

const VIEWS: readonly Look['look'][] = ['auto', 'heat', 'signal', 'overlay'];

const typed = (value: MethodParameters[string]): string =>
  typeof value === 'object' ? value.join('/') : String(value);

/** The method as it is ticked: parameters that have their defaults are left out. */
function methodOf({ state }: App, { method, parameters = {} }: CarriedRecipe): ChosenMethod[] {
  if (typeof method !== 'string') return [];
  const facts = state.model.peek()?.facts.methods.find(({ id }) => id === method);
  const given = Object.entries(parameters).filter(([name, value]) => {
    const spec = facts?.parameters[name];
    return spec === undefined || spec.default === undefined || typed(spec.default) !== typed(value);
  });
  return [
    chosenMethod(method, Object.fromEntries(given.map(([name, value]) => [name, typed(value)]))),
  ];
}

function lookOf(before: Look, carried: Carried): Look {
  const { view, colours, quantile, gamma, strength } = carried.look ?? {};
  const number = (value: unknown, low: number, high: number, otherwise: number): number =>
    typeof value === 'number' && value >= low && value <= high ? value : otherwise;
  return {
    ...before,
    look: VIEWS.find((each) => each === view) ?? before.look,
    colours: COLOUR_MAP_IDS.find((each) => each === colours) ?? before.colours,
    quantile: number(quantile, 1e-9, 100, before.quantile),
    gamma: number(gamma, 1e-3, 10, before.gamma),
    strength: number(strength, 0, 1, before.strength),
    scope: carried.scope === 'method' || carried.scope === 'map' ? carried.scope : before.scope,
  };
}

const isTarget = (target: unknown): target is number | ChannelTarget | NeuronTarget =>
  Number.isInteger(target) ||
  (typeof target === 'object' &&
    target !== null &&
    'channel' in target &&
    (!('layer' in target) || ('position' in target && Array.isArray(target.position))));

/** Restores method, target and look of a picture that the page or the command made: its methods are ticked beside those that are.
 * @returns whether it was such a picture; any other picture changes nothing.
 * @throws PatternLensError `invalid-file` for bytes that are not a PNG, or whose recipe can't be read. */
export function restoreFromPng(app: App, bytes: Uint8Array): boolean {
  const { state } = app;
  const carried = recipeOfPng(bytes) as Carried | null | undefined;
  const isMap = carried?.format === 'patternlens-map';
  if (!carried || (!isMap && carried.format !== 'patternlens-sheet')) return false;
  const recipes = isMap ? [carried.recipe] : (carried.methods ?? []).map(({ recipe }) => recipe);
  const methods = recipes.flatMap((recipe) => (recipe ? methodOf(app, recipe) : []));
  const target = (isMap ? carried.target : carried.rows?.[0]?.target)?.target;
  batch(() => {
    const ticked = state.methods.peek();
    const added = methods.filter(({ text }) => !ticked.some((each) => each.text === text));
    if (added.length > 0) state.methods.value = [...ticked, ...added];
    if (isTarget(target)) state.target.value = targetText(target);
    state.look.value = lookOf(state.look.peek(), carried);
  });
  return true;
}
