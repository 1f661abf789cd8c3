import type { Canonizer } from '../canonizers/canonizer.js';
import type { MethodDefinition } from '../methods/method-definition.js';
import type { Metric } from '../metrics/metric.js';
import type { Estimator } from '../patterns/estimators/estimator.js';
import type { LayerImport } from './define-layer.js';
import type { RuleDefinition } from './define-rule.js';

/** What a plug-in brings, each list by name; what it does not bring is an empty list. */
export interface PluginParts {
  /** Rules that can be named in the option `composite`; a method holds its own. */
  readonly rules: readonly RuleDefinition[];
  readonly methods: readonly MethodDefinition[];
  readonly estimators: readonly Estimator[];
  /** Operators and classes of layers that the importers do not know. */
  readonly layers: readonly LayerImport[];
  /** Applied to every network, behind PatternLens' own. */
  readonly canonizers: readonly Canonizer[];
  readonly metrics: readonly Metric[];
}

/** An addition to PatternLens: rules, methods, estimators, layers, canonizers and metrics, as `definePlugin` of `@patternlens/core/rules` returns it. It does nothing until
 * it is handed to a function in the option `plugins`. */
export interface Plugin extends PluginParts {
  /** Its name, best that of its package. */
  readonly name: string;
  readonly version?: string | undefined;
  /** The version of `@patternlens/core` that it was built for; another major version is refused. */
  readonly core: string;
}

/** How a plug-in goes by in errors, reports and recipes: `NAME@VERSION`. */
export function pluginLabel({ name, version }: Pick<Plugin, 'name' | 'version'>): string {
  return version === undefined ? name : `${name}@${version}`;
}
