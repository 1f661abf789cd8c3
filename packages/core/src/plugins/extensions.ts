import type { Canonizer } from '../canonizers/canonizer.js';
import type { MethodDefinition } from '../methods/method-definition.js';
import { METHODS } from '../methods/methods.js';
import type { Estimator } from '../patterns/estimators/estimator.js';
import { checkedPlugins, partsOf } from './checked-plugins.js';
import type { RuleDefinition } from './define-rule.js';
import { pluginCanonizer } from './plugin-canonizer.js';
import { pluginEstimator } from './plugin-estimator.js';
import { pluginMethod, withEstimators } from './plugin-method.js';
import { type Plugin, pluginLabel } from './plugin.js';

/** Estimators of plug-ins, by name. */
interface EstimatorExtensions {
  readonly estimators: ReadonlyMap<string, Estimator>;
}

/** All methods: those of PatternLens, then those of plug-ins; estimators of plug-ins can be chosen for all. */
export interface MethodExtensions {
  readonly methods: readonly MethodDefinition[];
}

/** Rules of plug-ins, by name. */
interface RuleExtensions {
  readonly rules: ReadonlyMap<string, { readonly plugin: string; readonly rule: RuleDefinition }>;
}

/** What there is for a network with plug-ins: their parts are checked, and their errors name them. */
export interface Extensions extends EstimatorExtensions, MethodExtensions, RuleExtensions {
  /** `NAME@VERSION` of each. */
  readonly plugins: readonly string[];
  readonly canonizers: readonly Canonizer[];
}

/** Estimators of plug-ins that are checked, by name. */
const estimatorsOf = (checked: readonly Plugin[]): ReadonlyMap<string, Estimator> =>
  new Map(
    partsOf(
      checked,
      (plugin) => plugin.estimators,
      (label, part) => [part.id, pluginEstimator(label, part)] as const,
    ),
  );

/** All methods that there are with plug-ins that are checked, and with their estimators. */
function methodsOf(
  checked: readonly Plugin[],
  estimators: ReadonlyMap<string, Estimator>,
): readonly MethodDefinition[] {
  if (checked.length === 0) return METHODS;
  const methods = partsOf(checked, (plugin) => plugin.methods, pluginMethod);
  return [...METHODS, ...methods].map((method) => withEstimators(method, estimators));
}

/** Estimators that plug-ins bring, by name.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export const pluginEstimators = (
  plugins: readonly Plugin[] | undefined,
): ReadonlyMap<string, Estimator> => estimatorsOf(checkedPlugins(plugins));

/** All methods that there are with these plug-ins.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export function methodsWith(plugins: readonly Plugin[] | undefined): readonly MethodDefinition[] {
  const checked = checkedPlugins(plugins);
  return methodsOf(checked, estimatorsOf(checked));
}

/** What plug-ins bring for a network, checked together with what PatternLens itself has.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export function extensionsOf(given: readonly Plugin[] | undefined): Extensions {
  const checked = checkedPlugins(given);
  const estimators = estimatorsOf(checked);
  return {
    plugins: checked.map(pluginLabel),
    methods: methodsOf(checked, estimators),
    estimators,
    rules: new Map(
      partsOf(
        checked,
        ({ rules }) => rules,
        (plugin, rule) => [rule.id, { plugin, rule }] as const,
      ),
    ),
    canonizers: partsOf(checked, ({ canonizers }) => canonizers, pluginCanonizer),
  };
}
