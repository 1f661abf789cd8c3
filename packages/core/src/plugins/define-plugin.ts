import { messageOf, PatternLensError } from '../errors/patternlens-error.js';
import { checkId, checkObject, shown } from './check-part.js';
import { CORE_VERSION, majorOf } from './core-version.js';
import { defineCanonizer } from './define-canonizer.js';
import { defineEstimator } from './define-estimator.js';
import { defineLayer } from './define-layer.js';
import { defineMethod } from './define-method.js';
import { defineMetric } from './define-metric.js';
import type { RuleDefinition } from './define-rule.js';
import { invalidPlugin } from './plugin-errors.js';
import { type Plugin, pluginLabel, type PluginParts } from './plugin.js';

/** A plug-in as its author writes it. */
export interface PluginDefinition extends Partial<PluginParts> {
  readonly name: string;
  readonly version?: string | undefined;
  /** The version of @patternlens/core that it was built for; default: the one whose `definePlugin` this is. */
  readonly core?: string | number | undefined;
}

const PACKAGE = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

const keepRule = (rule: RuleDefinition): RuleDefinition => {
  checkObject('rule', rule);
  checkId('rule', rule.id);
  if (typeof rule.make !== 'function')
    invalidPlugin(`rule "${rule.id}": it was not made with defineRule.`);
  return rule;
};

/** Checks a plug-in whole and freezes it. Nothing is registered: it is handed to what is to use it (option `plugins`, `--plugin`).
 * @throws PatternLensError `invalid-plugin` naming the part at fault. */
export function definePlugin(definition: PluginDefinition): Plugin {
  checkObject('plug-in', definition);
  const { name, version, core = CORE_VERSION } = definition;
  if (typeof name !== 'string' || !PACKAGE.test(name))
    invalidPlugin(
      `plug-in: its name must be that of a package (patternlens-lrp-relative), got ${shown(name)}.`,
    );
  if (version !== undefined && (typeof version !== 'string' || majorOf(version) === undefined))
    invalidPlugin(
      `plug-in "${name}": its version must be one such as 1.2.3, got ${shown(version)}.`,
      name,
    );
  if (majorOf(core) === undefined)
    invalidPlugin(
      `plug-in "${name}": core must be the version of @patternlens/core that it was built for (${CORE_VERSION}), got ${shown(core)}.`,
      name,
    );
  const label = pluginLabel({ name, version });
  const each = <P>(field: keyof PluginParts, check: (part: never) => P): readonly P[] => {
    const parts: unknown = definition[field] ?? [];
    if (!Array.isArray(parts))
      return invalidPlugin(
        `plug-in "${label}": ${field} must be a list, got ${shown(parts)}.`,
        label,
      );
    return Object.freeze((parts as never[]).map((part) => inPlugin(label, () => check(part))));
  };
  return Object.freeze({
    name,
    version,
    core: String(core),
    rules: each('rules', keepRule),
    methods: each('methods', defineMethod),
    estimators: each('estimators', defineEstimator),
    layers: each('layers', defineLayer),
    canonizers: each('canonizers', defineCanonizer),
    metrics: each('metrics', defineMetric),
  });
}

function inPlugin<T>(label: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof PatternLensError)) throw cause;
    return invalidPlugin(`plug-in "${label}": ${messageOf(cause)}`, label);
  }
}
