import type { Composite, Matcher } from '../composites/composite.js';
import { suggestion } from '../errors/nearest-name.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { Rule } from '../rules/rule.js';
import type { RuleDefinition } from './define-rule.js';
import { guarded, invalidPlugin } from './plugin-errors.js';

/** A rule by its name, or by its name with parameters. */
export type RuleChoice = string | ({ readonly id: string } & Readonly<Record<string, unknown>>);

/** A composite whose rules may be named, where plug-ins bring them. */
export type RuleChoices = readonly (readonly [Matcher, Rule | RuleChoice])[];

/** The rule under the name of the plug-in that it comes from: its errors name both. */
function pluginRule(plugin: string, rule: Rule): Rule {
  const what = `rule "${rule.name}"`;
  const { refuses, holds, note, backward } = rule;
  return {
    ...rule,
    plugin,
    ...(refuses && { refuses: guarded(plugin, what, refuses) }),
    ...(holds && { holds: guarded(plugin, what, holds) }),
    ...(note && { note: guarded(plugin, what, note) }),
    backward: guarded(plugin, what, (scope, r) => {
      const back: unknown = backward(scope, r);
      if (Array.isArray(back)) return back as ReturnType<Rule['backward']>;
      throw new TypeError(
        `it must return a list with one value for each of the layer's inputs, and returned ${back === undefined ? 'nothing' : 'something else'}.`,
      );
    }),
  };
}

const isRule = (value: unknown): value is Rule => {
  const rule = value as Partial<Rule> | undefined;
  return typeof rule?.name === 'string' && typeof rule.backward === 'function';
};

/** What a plug-in's method gave for a composite, checked, under the plug-in's name. */
export function pluginComposite(plugin: string, method: string, given: unknown): Composite {
  const what = `plug-in "${plugin}": method "${method}": its composite`;
  if (!Array.isArray(given))
    return invalidPlugin(`${what} must be a list of [matcher, rule], got none.`, plugin);
  return (given as unknown[]).map((entry, at) => {
    const [matcher, rule] = (Array.isArray(entry) ? entry : []) as [unknown, unknown];
    if (typeof matcher !== 'function')
      return invalidPlugin(
        `${what}: entry ${at + 1} has no matcher (kinds('dense'), a function).`,
        plugin,
      );
    if (!isRule(rule))
      return invalidPlugin(
        `${what}: entry ${at + 1} has no rule. A rule has a name and a function backward; one of defineRule is made by its make().`,
        plugin,
      );
    const matches = guarded(plugin, `a matcher of method "${method}"`, matcher as Matcher);
    return [matches, pluginRule(plugin, rule)] as const;
  });
}

/** A composite with the rules that are named in it.
 * @throws PatternLensError `invalid-argument` for a rule that no plug-in brings, with the nearest name. */
export function namedRules(
  choices: RuleChoices,
  rules: ReadonlyMap<string, { readonly plugin: string; readonly rule: RuleDefinition }>,
): Composite {
  return choices.map(([matcher, choice]) => {
    if (isRule(choice)) return [matcher, choice] as const;
    const { id, ...given } = typeof choice === 'string' ? { id: choice } : choice;
    const found = rules.get(id);
    if (!found)
      throw new PatternLensError(
        'core',
        'invalid-argument',
        `composite: there is no rule "${id}". ${rules.size === 0 ? 'Hand over the plug-in that brings it (option plugins).' : suggestion(id, [...rules.keys()])}`,
      );
    return [matcher, pluginRule(found.plugin, found.rule.make(given as MethodParameters))] as const;
  });
}
