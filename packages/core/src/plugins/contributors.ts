import type { Method } from '../methods/method.js';
import type { Network } from '../network/network.js';
import type { Rule } from '../rules/rule.js';
import type { Extensions } from './extensions.js';
import { estimatorParameters } from './plugin-method.js';

/** The plug-ins, `NAME@VERSION`, that a traced method owes something to: itself, its rules, its estimator, what read or changed the network. */
export function contributors(
  method: Method,
  rules: Iterable<Rule>,
  network: Network,
  { methods, estimators }: Extensions,
): string[] {
  const definition = methods.find(({ id }) => id === method.id);
  const chosen = definition
    ? estimatorParameters(definition).map((name) => estimators.get(String(method.parameters[name])))
    : [];
  const named = [
    method.plugin,
    ...[...rules].map(({ plugin }) => plugin),
    ...chosen.map((estimator) => estimator?.plugin),
    ...(network.plugins ?? []),
  ];
  return [...new Set(named.filter((plugin) => plugin !== undefined))];
}
