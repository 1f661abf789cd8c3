import { pathToFileURL } from 'node:url';
import { messageOf, PatternLensError, type MethodDefinition, type Plugin } from '@patternlens/core';
import { checkedPlugins, methodsWith, pluginEstimators } from '@patternlens/core/rules';
import { UsageError } from '../arguments/usage-error.js';
import { findModule } from './find-module.js';

/** The plug-ins that a command was given, and what there is with them. */
export interface OpenedPlugins {
  readonly plugins: readonly Plugin[];
  /** Every method, theirs too. */
  readonly methods: readonly MethodDefinition[];
  /** Their estimators, by name. */
  readonly estimators: ReturnType<typeof pluginEstimators>;
}

const firstOf = (values: readonly unknown[]): unknown =>
  values.find((value) => value !== undefined);

/** Plug-ins of a module, checked; what is wrong with them names it. */
function checked(plugins: readonly Plugin[], module: string): readonly Plugin[] {
  try {
    return checkedPlugins(plugins);
  } catch (cause) {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw new PatternLensError(
      'cli',
      cause.code,
      `--plugin "${module}": ${messageOf(cause)}`,
      cause.subject,
      cause,
    );
  }
}

/** The plug-ins of one module: its default export, or what it exports as `plugin` or `plugins`.
 * @throws PatternLensError naming the module, with what is wrong with it. */
async function pluginsOf(name: string): Promise<readonly Plugin[]> {
  const file = findModule(name);
  if (file === undefined)
    throw new UsageError(
      `--plugin "${name}": no such package or file. Install it (npm install ${name}), or give a path that starts with ./`,
    );
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new PatternLensError(
      'cli',
      'invalid-plugin',
      `--plugin "${name}": it cannot be loaded: ${messageOf(cause)}`,
      { plugin: name },
      cause,
    );
  }
  const found = firstOf([module['default'], module['plugin'], module['plugins']]);
  const plugins = (Array.isArray(found) ? found : [found]) as Plugin[];
  if (plugins.length === 0 || plugins.some((plugin) => typeof plugin !== 'object'))
    throw new PatternLensError(
      'cli',
      'invalid-plugin',
      `--plugin "${name}": it is not a plug-in. Its default export, or its export "plugin", must be what definePlugin returns.`,
      { plugin: name },
    );
  return checked(plugins, name);
}

/** The plug-ins that a command was given: packages as Node finds them from the current folder, or paths. All of their problems are told at once.
 * @throws PatternLensError where one is not there, is none, or they clash. */
export async function openPlugins(names: readonly string[]): Promise<OpenedPlugins> {
  const outcomes = await Promise.allSettled(names.map(pluginsOf));
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as PatternLensError] : [],
  );
  const [first, ...others] = failures;
  if (first && others.length === 0) throw first;
  if (first)
    throw new PatternLensError(
      'cli',
      first.code,
      failures.map(messageOf).join('\n  '),
      first.subject,
      first,
    );
  const plugins = checkedPlugins(
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : [])),
  );
  return { plugins, methods: methodsWith(plugins), estimators: pluginEstimators(plugins) };
}
