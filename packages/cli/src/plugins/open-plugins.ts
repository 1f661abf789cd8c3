import { pathToFileURL } from 'node:url';
import { checkedPlugins, messageOf, PatternLensError, type Plugin } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';
import { findModule } from './find-module.js';

const oneOf = (values: readonly unknown[]): unknown => values.find((own) => own !== undefined);

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
  const found = oneOf([module['default'], module['plugin'], module['plugins']]);
  const plugins = (Array.isArray(found) ? found : [found]) as Plugin[];
  if (plugins.length === 0 || plugins.some((own) => typeof own !== 'object'))
    throw new PatternLensError(
      'cli',
      'invalid-plugin',
      `--plugin "${name}": it is not a plug-in. Its default export, or its export "plugin", must be what definePlugin returns.`,
      { plugin: name },
    );
  try {
    checkedPlugins(plugins);
  } catch (cause) {
    if (!(cause instanceof PatternLensError)) throw cause;
    throw new PatternLensError(
      'cli',
      cause.code,
      `--plugin "${name}": ${messageOf(cause)}`,
      cause.subject,
      cause,
    );
  }
  return plugins;
}

/** The plug-ins that a command was given: packages as Node finds them from the current folder, or paths. All of their problems are told at once.
 * @throws PatternLensError where one is not there, is none, or they clash. */
export async function openPlugins(names: readonly string[] = []): Promise<readonly Plugin[]> {
  const outcomes = await Promise.allSettled(names.map(pluginsOf));
  const failures = outcomes.flatMap((own) =>
    own.status === 'rejected' ? [own.reason as PatternLensError] : [],
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
  const plugins = outcomes.flatMap((own) => (own.status === 'fulfilled' ? own.value : []));
  checkedPlugins(plugins);
  return plugins;
}
