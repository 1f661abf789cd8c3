import type { Canonizer } from '../canonizers/canonizer.js';
import type { MethodDefinition } from '../methods/method-definition.js';
import { METHODS } from '../methods/methods.js';
import type { Metric } from '../metrics/metric.js';
import type { Estimator } from '../patterns/estimators/estimator.js';
import { checkClash, checkClashes } from './check-clashes.js';
import { shown } from './check-part.js';
import { CORE_VERSION, majorOf } from './core-version.js';
import type { LayerImport } from './define-layer.js';
import { definePlugin } from './define-plugin.js';
import type { RuleDefinition } from './define-rule.js';
import { pluginCanonizer } from './plugin-canonizer.js';
import { invalidPlugin } from './plugin-errors.js';
import { pluginEstimator } from './plugin-estimator.js';
import { pluginMethod, withEstimators } from './plugin-method.js';
import { pluginMetric } from './plugin-metric.js';
import { type Plugin, pluginLabel } from './plugin.js';

/** A part with the plug-in, `NAME@VERSION`, that it comes from. */
export interface Owned<P> {
  readonly plugin: string;
  readonly part: P;
}

/** What there is with plug-ins: their parts are checked, and their errors name them. */
export interface Extensions {
  /** `NAME@VERSION` of each. */
  readonly plugins: readonly string[];
  /** PatternLens' own methods, then theirs; plug-ins' estimators can be chosen for all. */
  readonly methods: readonly MethodDefinition[];
  /** Theirs only, by name. */
  readonly estimators: ReadonlyMap<string, Estimator>;
  readonly rules: ReadonlyMap<string, { readonly plugin: string; readonly rule: RuleDefinition }>;
  /** By operator, `onnx:NAME` or `tfjs:NAME`. */
  readonly layers: ReadonlyMap<string, Owned<LayerImport>>;
  readonly canonizers: readonly Canonizer[];
  readonly metrics: readonly Metric[];
}

const NONE: Extensions = {
  plugins: [],
  methods: METHODS,
  estimators: new Map(),
  rules: new Map(),
  layers: new Map(),
  canonizers: [],
  metrics: [],
};

function checked(plugin: unknown, at: number): Plugin {
  const given = plugin as Partial<Plugin> | null | undefined;
  if (typeof given !== 'object' || given === null || typeof given.core !== 'string')
    invalidPlugin(
      `plugins: that at place ${at + 1} was not made with definePlugin, it is ${shown(plugin)}.`,
    );
  const own = definePlugin(given as Plugin);
  const [theirs, ours] = [majorOf(own.core), majorOf(CORE_VERSION)!];
  if (theirs !== ours) {
    const label = pluginLabel(own);
    invalidPlugin(
      `plug-in "${label}" was built for version ${theirs} of @patternlens/core (${own.core}), and this is ${CORE_VERSION}. Install a version of the plug-in for ${ours}.x, or PatternLens ${theirs}.x.`,
      label,
    );
  }
  return own;
}

/** Plug-ins checked together, with what PatternLens itself has.
 * @throws PatternLensError `invalid-plugin` where one is none, was built for another major version, or clashes with another by name. */
export function extensionsOf(given: readonly Plugin[] | undefined): Extensions {
  if (given === undefined || given.length === 0) return NONE;
  if (!Array.isArray(given)) invalidPlugin(`plugins: expected a list, got ${shown(given)}.`);
  const plugins = given.map(checked);
  checkClashes(plugins);
  const parts = <P, R>(
    of: (plugin: Plugin) => readonly P[],
    make: (label: string, part: P) => R,
  ): R[] => plugins.flatMap((plugin) => of(plugin).map((part) => make(pluginLabel(plugin), part)));
  const estimators = new Map(
    parts(
      (plugin) => plugin.estimators,
      (label, part) => [part.id, pluginEstimator(label, part)] as const,
    ),
  );
  const methods = [...METHODS, ...parts(({ methods: own }) => own, pluginMethod)];
  return {
    plugins: plugins.map(pluginLabel),
    methods: methods.map((method) => withEstimators(method, estimators)),
    estimators,
    rules: new Map(
      parts(
        ({ rules }) => rules,
        (plugin, rule) => [rule.id, { plugin, rule }] as const,
      ),
    ),
    layers: new Map(
      parts(
        ({ layers }) => layers,
        (plugin, part) => part.operators.map((name) => [name, { plugin, part }] as const),
      ).flat(),
    ),
    canonizers: parts(({ canonizers }) => canonizers, pluginCanonizer),
    metrics: parts(({ metrics }) => metrics, pluginMetric),
  };
}

/** Metrics of PatternLens itself, then those of plug-ins.
 * @throws PatternLensError `invalid-plugin` as `extensionsOf` does, and where a metric has the name of a built-in one. */
export function metricsWith(
  builtIn: readonly Metric[],
  plugins: readonly Plugin[] | undefined,
): readonly Metric[] {
  const { metrics } = extensionsOf(plugins);
  checkClash(
    'metric',
    builtIn.map(({ id }) => id),
    plugins ?? [],
    (plugin) => plugin.metrics.map(({ id }) => id),
  );
  return [...builtIn, ...metrics];
}
