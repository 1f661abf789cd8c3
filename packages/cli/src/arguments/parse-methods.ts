import {
  chooseMethod,
  PatternLensError,
  suggestion,
  type MethodChoice,
  type MethodDefinition,
  type ParameterValue,
} from '@patternlens/core';
import { requiredParameters, resolveMethod, type Method } from '@patternlens/core/tracing';
import { type InputRange, withRange } from '@patternlens/explain/node';
import { UsageError } from './usage-error.js';

/** Every method. */
const ALL = 'all';

export interface MethodContext {
  /** Every method that there is, those of plug-ins too. */
  readonly methods: readonly MethodDefinition[];
  /** What the inputs lie between, where that is known: for methods that need bounds and were given none. */
  readonly range?: InputRange | undefined;
  /** Throws for a method that can't explain the network, where that is known. Of many methods, such a one is left out. */
  readonly check?: ((method: Method) => void) | undefined;
  /** Told which bounds were taken, and which methods were left out. */
  readonly say?: ((line: string) => void) | undefined;
}

const NO_BOUNDS = 'nothing tells what the inputs lie between.';

/** Why a method is left out of many; undefined where it is not.
 * @throws what is wrong with all of them. */
function reasonAgainst(id: string, context: MethodContext): unknown {
  const { parameters } = context.methods.find((method) => method.id === id)!;
  if (context.range === undefined && requiredParameters(parameters).length > 0)
    return new UsageError(NO_BOUNDS);
  try {
    context.check?.(parseMethod(id, { ...context, say: undefined }));
    return undefined;
  } catch (cause) {
    if (cause instanceof PatternLensError && cause.subject.method === id) return cause;
    throw cause;
  }
}

/** What is said of one method, said of several. */
const ofSeveral = (reason: string): string =>
  reason.replace(/^it needs /, 'they need ').replace(/^it cannot /, 'they cannot ');

/** Says which methods are left out and why, those with the same reason together. */
function sayLeftOut(against: ReadonlyMap<string, unknown>, say: (line: string) => void): void {
  const byReason = new Map<string, string[]>();
  for (const [id, cause] of against) {
    const { sentence } = cause as PatternLensError;
    const reason = sentence.startsWith(`${id}: `) ? sentence.slice(id.length + 2) : sentence;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  for (const [reason, ids] of byReason) {
    const names =
      ids.length > 2 ? `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)!}` : ids.join(' and ');
    const remedy =
      reason === NO_BOUNDS ? ` Name them with low and high, as in ${ids[0]!}:low=-1,high=1.` : '';
    say(`left out ${names}: ${ids.length > 1 ? ofSeveral(reason) : reason}${remedy}`);
  }
}

/** Those of many methods that can explain the network; the others are left out, each by name with the reason.
 * @throws the reason against the first where none can. */
export function applicableMethods(ids: readonly string[], context: MethodContext): Method[] {
  const against = new Map<string, unknown>();
  for (const id of ids) {
    const reason = reasonAgainst(id, context);
    if (reason !== undefined) against.set(id, reason);
  }
  const [first] = against.values();
  if (against.size === ids.length) throw first;
  if (context.say) sayLeftOut(against, context.say);
  return ids.filter((id) => !against.has(id)).map((id) => parseMethod(id, context));
}

/** Methods as they are typed: `gradient,lrp-epsilon:epsilon=0.01,pattern-net:estimator=linear`. A comma starts a new method only before a known id;
 * `all` stands for every method that can explain the network.
 * @throws UsageError for unknown names, with the nearest right one. */
export function parseMethods(text: string, context: MethodContext): Method[] {
  const ids = context.methods.map(({ id }) => id);
  if (text === ALL) return applicableMethods(ids, context);
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

/** A bound as it is typed. */
const asTyped = (bound: ParameterValue): string =>
  typeof bound === 'object' ? bound.join('/') : String(bound);

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
