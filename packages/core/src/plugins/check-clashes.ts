import { BUILT_IN_CANONIZERS } from '../canonizers/built-in-canonizers.js';
import { exampleOf } from '../methods/method-choice.js';
import { METHODS } from '../methods/methods.js';
import { resolveMethod } from '../methods/resolve-method.js';
import { ESTIMATOR_IDS } from '../patterns/estimators/estimator.js';
import { invalidPlugin } from './plugin-errors.js';
import { type Plugin, pluginLabel } from './plugin.js';

/** Words of pattern files that no estimator may go by. */
const KEPT_ESTIMATORS = [...ESTIMATOR_IDS, 'positive', 'negative', 'count', 'moments'];

/** Names of the rules that methods come with, by default. */
function builtInRules(): string[] {
  return METHODS.flatMap((definition) =>
    resolveMethod(exampleOf(definition)).composite.map(([, rule]) => rule.name),
  );
}

/** @throws PatternLensError `invalid-plugin` where two plug-ins, or one and PatternLens itself, have a part of one name: it names both. */
export function checkClash(
  what: string,
  builtIn: readonly string[],
  plugins: readonly Plugin[],
  namesOf: (plugin: Plugin) => readonly string[],
): void {
  const owners = new Map<string, string>();
  for (const plugin of plugins) {
    const label = pluginLabel(plugin);
    for (const name of namesOf(plugin)) {
      if (builtIn.includes(name))
        invalidPlugin(
          `plug-in "${label}" brings the ${what} "${name}", and so does PatternLens itself. Rename it in the plug-in, or leave the plug-in out.`,
          label,
        );
      const other = owners.get(name);
      if (other !== undefined)
        invalidPlugin(
          other === label
            ? `plug-in "${label}" brings the ${what} "${name}" twice. Rename one of them.`
            : `plug-ins "${other}" and "${label}" both bring the ${what} "${name}". Leave one of them out.`,
          label,
        );
      owners.set(name, label);
    }
  }
}

/** @throws PatternLensError `invalid-plugin` naming both sides of the first clash. */
export function checkClashes(plugins: readonly Plugin[]): void {
  const names = plugins.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    const both = plugins.filter(({ name }) => name === twice).map(pluginLabel);
    invalidPlugin(
      `plug-ins "${both[0]!}" and "${both[1]!}" have one name. Leave one of them out.`,
      twice,
    );
  }
  const check = (
    what: string,
    builtIn: readonly string[],
    namesOf: (plugin: Plugin) => readonly string[],
  ): void => {
    checkClash(what, builtIn, plugins, namesOf);
  };
  const rules = plugins.some((plugin) => plugin.rules.length > 0) ? builtInRules() : [];
  check(
    'method',
    METHODS.map(({ id }) => id),
    ({ methods }) => methods.map(({ id }) => id),
  );
  check('estimator', KEPT_ESTIMATORS, ({ estimators }) => estimators.map(({ id }) => id));
  check('rule', rules, (plugin) => plugin.rules.map(({ id }) => id));
  check('operator', [], ({ layers }) => layers.flatMap(({ operators }) => operators));
  check(
    'canonizer',
    BUILT_IN_CANONIZERS.map(({ name }) => name),
    ({ canonizers }) => canonizers.map(({ name }) => name),
  );
  check('metric', [], ({ metrics }) => metrics.map(({ id }) => id));
}
