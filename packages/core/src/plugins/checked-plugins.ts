import { checkClashes } from './check-clashes.js';
import { shown } from './check-part.js';
import { CORE_VERSION, majorOf } from './core-version.js';
import { definePlugin } from './define-plugin.js';
import { invalidPlugin } from './plugin-errors.js';
import { type Plugin, pluginLabel } from './plugin.js';

function checked(plugin: unknown, at: number): Plugin {
  const given = plugin as Partial<Plugin> | null | undefined;
  if (typeof given !== 'object' || given === null || typeof given.core !== 'string')
    invalidPlugin(
      `plugins: that at place ${at + 1} was not made with definePlugin, it is ${shown(plugin)}.`,
    );
  const checked = definePlugin(given as Plugin);
  const [builtFor, ours] = [majorOf(checked.core), majorOf(CORE_VERSION)!];
  if (builtFor !== ours) {
    const label = pluginLabel(checked);
    invalidPlugin(
      `plug-in "${label}" was built for version ${builtFor} of @patternlens/core (${checked.core}), and this is ${CORE_VERSION}. Install a version of the plug-in for ${ours}.x, or PatternLens ${builtFor}.x.`,
      label,
    );
  }
  return checked;
}

/** Plug-ins as they were handed in, each checked whole, and all of them together.
 * @throws PatternLensError `invalid-plugin` where one is none, was built for another major version, or clashes with another by name. */
export function checkedPlugins(given: readonly Plugin[] | undefined): readonly Plugin[] {
  if (given === undefined || given.length === 0) return [];
  if (!Array.isArray(given)) invalidPlugin(`plugins: expected a list, got ${shown(given)}.`);
  const plugins = given.map(checked);
  checkClashes(plugins);
  return plugins;
}

/** What a part of each plug-in becomes, with the plug-in's `NAME@VERSION`. */
export const partsOf = <P, R>(
  plugins: readonly Plugin[],
  of: (plugin: Plugin) => readonly P[],
  make: (label: string, part: P) => R,
): R[] => plugins.flatMap((plugin) => of(plugin).map((part) => make(pluginLabel(plugin), part)));
