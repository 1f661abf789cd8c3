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

/** Estimators that plug-ins bring, by name.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export const pluginEstimators = (
  plugins: readonly Plugin[] | undefined,
): ReadonlyMap<string, Estimator> =>
  new Map(
    partsOf(
      checkedPlugins(plugins),
      (plugin) => plugin.estimators,
      (label, part) => [part.id, pluginEstimator(label, part)] as const,
    ),
  );

/** All methods that there are with these plug-ins.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export function methodsWith(plugins: readonly Plugin[] | undefined): readonly MethodDefinition[] {
  if (plugins === undefined || plugins.length === 0) return METHODS;
  const estimators = pluginEstimators(plugins);
  const methods = partsOf(checkedPlugins(plugins), (plugin) => plugin.methods, pluginMethod);
  return [...METHODS, ...methods].map((method) => withEstimators(method, estimators));
}

/** What plug-ins bring for a network, checked together with what PatternLens itself has.
 * @throws PatternLensError `invalid-plugin` as `checkedPlugins` does. */
export function extensionsOf(given: readonly Plugin[] | undefined): Extensions {
  const plugins = checkedPlugins(given);
  return {
    plugins: plugins.map(pluginLabel),
    methods: methodsWith(plugins),
    estimators: pluginEstimators(plugins),
    rules: new Map(
      partsOf(
        plugins,
        ({ rules }) => rules,
        (plugin, rule) => [rule.id, { plugin, rule }] as const,
      ),
    ),
    canonizers: partsOf(plugins, ({ canonizers }) => canonizers, pluginCanonizer),
  };
}
