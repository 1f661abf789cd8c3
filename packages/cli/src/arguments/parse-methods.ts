import {
  extensionsOf,
  resolveMethod,
  suggestion,
  type Method,
  type MethodChoice,
  type MethodDefinition,
  type Plugin,
} from '@patternlens/core';
import { UsageError } from './usage-error.js';

/** Methods as they are typed: `gradient,lrp-epsilon:epsilon=0.01,pattern-net:estimator=linear`. A comma starts a new method only before a known id;
 * `all` stands for every method.
 * @throws UsageError for unknown names, with the nearest right one. */
export function parseMethods(text: string, plugins: readonly Plugin[] = []): Method[] {
  const { methods } = extensionsOf(plugins);
  const ids = methods.map(({ id }) => id);
  if (text === 'all') return ids.map((id) => resolveMethod(id, methods));
  const parts: string[] = [];
  for (const piece of text.split(',')) {
    const [name] = piece.split(':') as [string];
    const before = parts.at(-1);
    const continues =
      before !== undefined && !ids.includes(name) && piece.includes('=') && !piece.includes(':');
    if (continues && before.includes(':')) parts[parts.length - 1] = `${before},${piece}`;
    else parts.push(piece);
  }
  return parts.map((part) => parseMethod(part, methods));
}

function parseMethod(text: string, methods: readonly MethodDefinition[]): Method {
  const ids = methods.map(({ id }) => id);
  const colon = text.indexOf(':');
  const id = colon < 0 ? text : text.slice(0, colon);
  if (id === '')
    throw new UsageError('--method: a method is missing. Known: ' + ids.join(', ') + '.');
  if (!ids.includes(id))
    throw new UsageError(`--method: there is no method "${id}". ${suggestion(id, ids)}`);
  const parameters: Record<string, string> = {};
  for (const setting of colon < 0 ? [] : text.slice(colon + 1).split(',')) {
    const equals = setting.indexOf('=');
    if (equals < 1)
      throw new UsageError(
        `--method ${id}: expected NAME=VALUE behind the colon, got "${setting}".`,
      );
    parameters[setting.slice(0, equals)] = setting.slice(equals + 1);
  }
  return resolveMethod({ id, ...parameters }, methods);
}

/** A method as it is handed to the core. */
export const asChoice = ({ id, parameters }: Method): MethodChoice => ({ id, ...parameters });
