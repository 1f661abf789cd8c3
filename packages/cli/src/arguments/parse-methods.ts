import {
  chooseMethod,
  suggestion,
  type MethodChoice,
  type MethodDefinition,
} from '@patternlens/core';
import { requiredParameters, resolveMethod, type Method } from '@patternlens/core/tracing';
import { asTyped, withRange, type InputRange } from './input-range.js';
import { UsageError } from './usage-error.js';

export interface MethodContext {
  /** Every method that there is, those of plug-ins too. */
  readonly methods: readonly MethodDefinition[];
  /** What the inputs lie between, where that is known: for methods that need bounds and were given none. */
  readonly range?: InputRange | undefined;
  /** Told which bounds were taken, and which methods were left out. */
  readonly say?: ((line: string) => void) | undefined;
}

/** Every method; where the range of the inputs is not known, without those that need it. */
function everyMethod({ methods, range, say }: MethodContext): readonly MethodDefinition[] {
  const needing = methods.filter(({ parameters }) => requiredParameters(parameters).length > 0);
  if (range !== undefined || needing.length === 0) return methods;
  const left = needing.map(({ id }) => id);
  say?.(
    `left out ${left.join(' and ')}: nothing tells what the inputs lie between. Name them with low and high, as in ${left[0]!}:low=-1,high=1.`,
  );
  return methods.filter((method) => !needing.includes(method));
}

/** Methods as they are typed: `gradient,lrp-epsilon:epsilon=0.01,pattern-net:estimator=linear`. A comma starts a new method only before a known id;
 * `all` stands for every method.
 * @throws UsageError for unknown names, with the nearest right one. */
export function parseMethods(text: string, context: MethodContext): Method[] {
  const ids = context.methods.map(({ id }) => id);
  if (text === 'all') return everyMethod(context).map(({ id }) => parseMethod(id, context));
  const parts: string[] = [];
  for (const piece of text.split(',')) {
    const [name] = piece.split(':') as [string];
    const before = parts.at(-1);
    const continues =
      before !== undefined && !ids.includes(name) && piece.includes('=') && !piece.includes(':');
    if (continues && before.includes(':')) parts[parts.length - 1] = `${before},${piece}`;
    else parts.push(piece);
  }
  return parts.map((part) => parseMethod(part, context));
}

function parseMethod(text: string, { methods, range, say }: MethodContext): Method {
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
  const definition = methods.find((method) => method.id === id)!;
  const bounded = withRange(definition, parameters, range);
  if (bounded !== parameters)
    say?.(
      `${id}: low ${asTyped(bounded['low']!)}, high ${asTyped(bounded['high']!)}, from the preprocessing of the pixels`,
    );
  return resolveMethod(chooseMethod(id, bounded), methods);
}

/** One method as it is typed.
 * @throws UsageError `several` where more than one is. */
export function parseOneMethod(text: string, context: MethodContext, several: string): Method {
  const [method, another] = parseMethods(text, context);
  if (another) throw new UsageError(several);
  return method!;
}

/** Checks methods before it is known what the inputs lie between.
 * @throws UsageError as `parseMethods` does. */
export function checkMethods(text: string, methods: readonly MethodDefinition[]): void {
  parseMethods(text, { methods, range: { low: -1, high: 1 } });
}

/** A method as it is handed to the core. */
export const asChoice = ({ id, parameters }: Method): MethodChoice => chooseMethod(id, parameters);
